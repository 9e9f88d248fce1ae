/** Markdown from declared text: what was written is what is read, in paragraphs, table cells, code and links alike. */

/** Text on one line: nothing in it formats, links, ends a table cell, starts a list or is HTML. */
export function escapeMarkdown(text: string): string {
  return oneLine(text)
    .replaceAll(/[\\`*_{}[\]|~$]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/^(?:[-+=#]|\d+(?=[.)](?:\s|$)))/, startEscaped);
}

/** The same for text whose back-ticks mark code, as in "events of `x_total`". Not for table cells. */
export function escapeWords(text: string): string {
  const parts = oneLine(text).split("`");
  if (parts.length % 2 === 0) return escapeMarkdown(text);
  return parts.map((part, index) => (index % 2 === 1 ? codeSpan(part) : escapeInside(part))).join("");
}

/** Code within a line, between more back-ticks than it holds. */
export function codeSpan(code: string): string {
  const inside = oneLine(code);
  const fence = "`".repeat(longestRun(inside) + 1);
  const padding = inside === "" || inside.startsWith("`") || inside.endsWith("`") ? " " : "";
  return `${fence}${padding}${inside}${padding}${fence}`;
}

/** The target of a link: nothing in it ends the link or the cell. */
export function linkTarget(url: string): string {
  return url.replaceAll(/[\s()<>[\]\\"'`|*_$]/g, percentEncoded);
}

/** Control characters and line breaks become spaces: they would end a cell, a heading or a paragraph. */
function oneLine(text: string): string {
  return text.replaceAll(/[\u0000-\u001f\u007f\u0085\u2028\u2029]+/g, " ").trim();
}

/** A digit cannot be escaped, but it can be an entity: `1.` would start a list. */
function startEscaped(start: string): string {
  return /\d/.test(start) ? `&#${start.charCodeAt(0)};${start.slice(1)}` : `\\${start}`;
}

/** Spaces next to code matter, so a part is escaped between its own. */
function escapeInside(part: string): string {
  const [, before = "", inside = "", after = ""] = /^(\s*)([\s\S]*?)(\s*)$/.exec(part) ?? [];
  return before + escapeMarkdown(inside) + after;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}

function percentEncoded(char: string): string {
  return [...encoder.encode(char)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join("");
}

const encoder = new TextEncoder();
