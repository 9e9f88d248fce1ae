/** The parts of PromQL that stand on one line: selectors, matchers, labels, texts. */
import type { Matcher, Matching, Selector } from "./ast.ts";
import { printDuration } from "./duration.ts";

const LEGACY_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
/** Words that the grammar takes for something else where a metric's name may stand. */
const KEYWORD = /^(?:on|ignoring|bool|offset|group_left|group_right|atan2|inf|nan)$/i;
const LEGACY_LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

export function printSelector(selector: Selector): string {
  const legacy = LEGACY_NAME.test(selector.metric) && !KEYWORD.test(selector.metric);
  const named = legacy || selector.metric === "" ? [] : [quote(selector.metric)];
  const inside = [...named, ...selector.matchers.map(printMatcher)].join(", ");
  const braces = inside === "" ? "" : `{${inside}}`;
  const range = selector.rangeMs === undefined ? "" : `[${printDuration(selector.rangeMs)}]`;
  const offset = selector.offsetMs === undefined ? "" : ` offset ${printDuration(selector.offsetMs)}`;
  return `${legacy ? selector.metric : ""}${braces}${range}${offset}`;
}

/** One matcher as it stands between braces. */
export function printMatcher(matcher: Matcher): string {
  return `${printLabel(matcher.label)}${matcher.op}${quote(matcher.value)}`;
}

/** The name of a label as PromQL has it: in quotes where it has dots. */
export function printLabel(label: string): string {
  return LEGACY_LABEL.test(label) ? label : quote(label);
}

export function printMatching(matching: Matching | undefined): string {
  if (!matching) return "";
  const labels = `${matching.type} (${matching.labels.map(printLabel).join(", ")})`;
  if (!matching.group) return labels;
  return `${labels} group_${matching.group} (${(matching.include ?? []).map(printLabel).join(", ")})`;
}

/** A Go string literal in double quotes: safe for every value. */
export function quote(value: string): string {
  return SPECIAL.test(value) ? `"${escaped(value)}"` : `"${value}"`;
}

/** Nearly no text has one, and every matcher is quoted. */
const SPECIAL = /[\\"\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffd-\uffff]/;

function escaped(value: string): string {
  return value
    .replaceAll(/[\\"]/g, "\\$&")
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r")
    .replaceAll("\t", "\\t")
    .replaceAll(UNSEEN, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Control characters, what YAML takes for a line break or refuses, and what PromQL takes for a broken text (U+FFFD). */
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffd-\uffff]/g;
