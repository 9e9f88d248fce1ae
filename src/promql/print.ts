/** AST to PromQL text: deterministic, with the parentheses that precedence needs and no others. */
import type { Aggregation, Binary, BinaryOp, Expr, Matcher, Matching, Selector, Subquery } from "./ast.ts";
import { printDuration } from "./duration.ts";
import { printNumber } from "./number.ts";

const PRECEDENCE: Readonly<Record<BinaryOp, number>> = {
  or: 1,
  and: 2,
  unless: 2,
  "==": 3,
  "!=": 3,
  ">": 3,
  "<": 3,
  ">=": 3,
  "<=": 3,
  "+": 4,
  "-": 4,
  "*": 5,
  "/": 5,
  "%": 5,
  "^": 6,
};

const LEGACY_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
/** Words that the grammar takes for something else where a metric's name may stand. */
const KEYWORD = /^(?:on|ignoring|bool|offset|group_left|group_right|atan2|inf|nan)$/i;
const LEGACY_LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const LINE = 100;

/** The expression as text. Operators that would make a line too long stand on lines of their own. */
export function print(expr: Expr): string {
  switch (expr.node) {
    case "number":
      return printNumber(expr.value);
    case "string":
      return quote(expr.value);
    case "selector":
      return printSelector(expr);
    case "call":
      return `${expr.name}${inParens(expr.args.map(print))}`;
    case "aggregation":
      return printAggregation(expr);
    case "binary":
      return printBinary(expr);
    case "subquery":
      return printSubquery(expr);
    case "raw":
      return printRaw(expr.text);
  }
}

/** A Go string literal in double quotes: safe for every value. */
export function quote(value: string): string {
  return `"${value
    .replaceAll(/[\\"]/g, "\\$&")
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r")
    .replaceAll("\t", "\\t")
    .replaceAll(UNSEEN, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`)}"`;
}

/** Control characters, what YAML takes for a line break or refuses, and what PromQL takes for a broken text (U+FFFD). */
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffd-\uffff]/g;

/** A comment would swallow the parenthesis on its line. */
function printRaw(text: string): string {
  return text.includes("#") ? `(\n${text}\n)` : `(${text})`;
}

function printSelector(selector: Selector): string {
  const legacy = LEGACY_NAME.test(selector.metric) && !KEYWORD.test(selector.metric);
  const named = legacy || selector.metric === "" ? [] : [quote(selector.metric)];
  const inside = [...named, ...selector.matchers.map(printMatcher)].join(", ");
  const braces = inside === "" ? "" : `{${inside}}`;
  const range = selector.rangeMs === undefined ? "" : `[${printDuration(selector.rangeMs)}]`;
  const offset = selector.offsetMs === undefined ? "" : ` offset ${printDuration(selector.offsetMs)}`;
  return `${legacy ? selector.metric : ""}${braces}${range}${offset}`;
}

function printMatcher(matcher: Matcher): string {
  return `${printLabel(matcher.label)}${matcher.op}${quote(matcher.value)}`;
}

function printLabel(label: string): string {
  return LEGACY_LABEL.test(label) ? label : quote(label);
}

function printAggregation({ op, by, without, expr }: Aggregation): string {
  const labels = without ?? by;
  const clause = labels.length === 0 ? "" : ` ${without ? "without" : "by"} (${labels.map(printLabel).join(", ")}) `;
  return `${op}${clause}${inParens([print(expr)])}`;
}

function printBinary(expr: Binary): string {
  const left = printSide(expr, expr.left, "left");
  const right = printSide(expr, expr.right, "right");
  const operator = [expr.op, expr.bool ? "bool" : "", printMatching(expr.matching)].filter(Boolean).join(" ");
  const line = `${left} ${operator} ${right}`;
  if (fits(line) || closes(left, right)) return line;
  return `${left}\n${operator}\n${right}`;
}

/**
 * `-` and `/` bind to the left, `^` to the right: the other side needs parentheses at equal strength.
 * An operand of several lines gets them too, so that nobody has to know the precedence to read it.
 */
function printSide(parent: Binary, side: Expr, place: "left" | "right"): string {
  const printed = print(side);
  // `-1 ^ 2` is −(1 ^ 2).
  if (side.node === "number" && /^[+-]/.test(printed) && parent.op === "^" && place === "left")
    return inParens([printed]);
  if (side.node !== "binary") return printed;
  if (printed.includes("\n") && (side.op !== parent.op || place === "right")) return inParens([printed]);
  const outer = PRECEDENCE[parent.op];
  const inner = PRECEDENCE[side.op];
  const associative = (parent.op === "^") === (place === "right");
  return inner > outer || (inner === outer && associative) ? printed : inParens([printed]);
}

/** `) >= 0` needs no lines of its own. */
function closes(left: string, right: string): boolean {
  return left.endsWith("\n)") && right.length <= 16 && !right.includes("\n");
}

function printSubquery({ expr, rangeMs, stepMs, offsetMs }: Subquery): string {
  const offset = offsetMs === undefined ? "" : ` offset ${printDuration(offsetMs)}`;
  return `${printOperand(expr)}[${printDuration(rangeMs)}:${printDuration(stepMs)}]${offset}`;
}

function printOperand(expr: Expr): string {
  return expr.node === "binary" ? inParens([print(expr)]) : print(expr);
}

function printMatching(matching: Matching | undefined): string {
  if (!matching) return "";
  const labels = `${matching.type} (${matching.labels.map(printLabel).join(", ")})`;
  if (!matching.group) return labels;
  return `${labels} group_${matching.group} (${(matching.include ?? []).map(printLabel).join(", ")})`;
}

function inParens(parts: readonly string[]): string {
  const line = `(${parts.join(", ")})`;
  return fits(line) ? line : `(\n${parts.map(indent).join(",\n")}\n)`;
}

function fits(text: string): boolean {
  return text.length <= LINE && !text.includes("\n");
}

/** A back-quoted string may hold line breaks of its own, which must not move. */
function indent(text: string): string {
  if (text.includes("`")) return text;
  return text
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");
}
