/** Whether a pattern is written where text is compared, or text where a pattern is: `code="5.."` selects nothing. */
import { type Issue, issue } from "../../issue.ts";
import type { Matcher } from "../../promql/ast.ts";
import { printMatcher } from "../../promql/print-selector.ts";
import { shapeOf } from "../../promql/shape/shape.ts";
import type { Check } from "../check.ts";
import { type Use, usesOf } from "../metrics/uses.ts";
import { type Meant, textsMeant } from "./literal-texts.ts";

export const literalMatchers: Check = {
  name: "literal-matchers",
  check: (plan) => usesOf(plan).flatMap(checkMatchers),
};

function checkMatchers({ metric, path, source }: Use): Issue[] {
  const selectors =
    metric.type === "selector" ? [metric.selector] : shapeOf(metric.text.replaceAll("$window", "1h")).selectors;
  return selectors
    .flatMap(({ matchers }) => matchers)
    .flatMap((matcher) => {
      const meant = meantBy(matcher);
      if (!meant) return [];
      const message = `\`${printMatcher(matcher)}\` matches ${meant.selects ?? `the literal text ${JSON.stringify(matcher.value)}`}, not ${meant.example}.`;
      return [issue("matcher-literal", path, message, meant.hint, source)];
    });
}

function meantBy(matcher: Matcher): Meant | undefined {
  return codesMeant(matcher) ?? textsMeant(matcher);
}

/** Codes by their first digit: `5..` is a pattern, `5xx` is a text that few systems have. */
function codesMeant({ label, op, value }: Matcher): Meant | undefined {
  const [, digits = ""] = /^(\[?[1-5]+\]?)(?:\.\.|\.\*|\\d\\d|\.\+)$/.exec(value) ?? [];
  const negation = op.startsWith("!") ? "!" : "";
  const pattern = (of: string) => `\`${label}${negation || "="}~"${of}"\``;
  if (digits !== "" && !op.endsWith("~")) return { example: exampleOf(digits), hint: `Write ${pattern(value)}.` };
  const [, first = ""] = /^\^?([1-5])[*+]?\$?$/.exec(value) ?? [];
  if (first !== "" && op.endsWith("~") && /(^|_|\.)(code|status|status_code)$/.test(label))
    return { example: exampleOf(first), hint: `Write ${pattern(`${first}..`)}.`, selects: WHOLE };
  const [, letters = ""] = /^(\[?[1-5]+\]?)xx$/i.exec(value) ?? [];
  if (letters === "" || !op.endsWith("~")) return undefined;
  const text = `\`${label}${negation}="${value}"\``;
  return {
    example: exampleOf(letters),
    hint: `Write ${pattern(`${letters}..`)}; where the label's values are such texts, ${text}.`,
  };
}

/** Patterns are anchored at both ends. */
const WHOLE = "values that are that digit from end to end";

function exampleOf(digits: string): string {
  return `${/[1-5]/.exec(digits)?.[0] ?? "5"}00`;
}
