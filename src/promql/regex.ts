/** Regular expressions of label matchers: RE2 as Go has it, tried in JavaScript. */

/** Why Prometheus would refuse a pattern, or undefined. */
export function regexMistake(pattern: string): string | undefined {
  const escapes = pattern.match(/\\[\s\S]/g) ?? [];
  if (/\(\?<?[=!]/.test(pattern)) return "regular expressions of Prometheus have no look-around";
  if (escapes.some((one) => /[1-9]/.test(one))) return "regular expressions of Prometheus have no back-references";
  const unknown = escapes.find((one) => /[a-zA-Z]/.test(one) && !ESCAPES.includes(one.charAt(1)));
  if (unknown) return `regular expressions of Prometheus have no \`${unknown}\``;
  if (repetitions(pattern).some((times) => times > 1000))
    return "regular expressions of Prometheus repeat at most 1000 times";
  try {
    toRegExp(pattern);
    return undefined;
  } catch {
    return "it is not a valid regular expression";
  }
}

/** A Prometheus pattern as a JavaScript one: anchored on both sides, `.` matches newlines. */
export function toRegExp(pattern: string): RegExp {
  const flags = /^\(\?([ims]+)\)/.exec(pattern);
  const body = flags ? pattern.slice(flags[0].length) : pattern;
  const insensitive = flags?.[1]?.includes("i") ? "i" : "";
  return new RegExp(`^(?:${body.replaceAll("(?P<", "(?<").replaceAll(CLASS, withLiteralBracket)})$`, `s${insensitive}`);
}

/** A pattern that matches this text and no other. */
export function escapeRegex(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

/** https://github.com/google/re2/wiki/Syntax, without what Go leaves out. */
const ESCAPES = "AaBbDdfnPpQErSstvWwxz";

/** An escape, so that its bracket begins nothing, or a class. */
const CLASS = /\\[\s\S]|\[(\^?)(\]?)((?:\\[\s\S]|[^\]\\])*)\]/g;

/** In RE2 a class is never empty: `]` at its start stands for itself. */
function withLiteralBracket(token: string, not = "", bracket = "", rest = ""): string {
  if (token.startsWith("\\")) return token;
  return bracket + rest === "" ? "[" : `[${not}${bracket && "\\]"}${rest}]`;
}

function repetitions(pattern: string): number[] {
  return [...pattern.matchAll(/\{(\d+)(?:,(\d*))?\}/g)].flatMap(([, least, most]) => [
    Number(least),
    Number(most || 0),
  ]);
}
