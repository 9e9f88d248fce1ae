/** AST to PromQL text: deterministic, with the parentheses that precedence needs and no others. */
import type { Aggregation, Binary, Call, Expr, Subquery } from "./ast.ts";
import { printDuration } from "./duration.ts";
import { printNumber } from "./number.ts";
import { isCalled, isChainedSet, isOfSelector, isSetOp, isShort, isWhole, mixes, needsParens } from "./print-kind.ts";
import { fits, indent, opensOn } from "./print-lines.ts";
import { printLabel, printMatching, printSelector, quote } from "./print-selector.ts";

/** No line is longer, where it can be broken. */
const LINE = 110;

/** The expression as text: on one line where it fits, else broken where a reader would pause. */
export function print(expr: Expr, width = LINE): string {
  const text = printIn(expr, width);
  lines.clear();
  return text;
}

/** Of the expression that is being printed, and of its parts: what is around a part asks for its line again and again. */
const lines = new Map<Expr, string>();

/** Within so many characters, if it can be. */
function printIn(expr: Expr, width: number): string {
  switch (expr.node) {
    case "number":
      return printNumber(expr.value);
    case "string":
      return quote(expr.value);
    case "selector":
      return printSelector(expr);
    case "call":
      return printCall(expr, width);
    case "aggregation":
      return printAggregation(expr, width);
    case "binary":
      return printBinary(expr, width);
    case "subquery":
      return printSubquery(expr, width);
    case "raw":
      return printRaw(expr.text);
  }
}

/** A comment would swallow the parenthesis on its line. */
function printRaw(text: string): string {
  return text.includes("#") ? `(\n${text}\n)` : `(${text})`;
}

/** @param around - How many characters stand around it on its line. */
function printCall({ name, args }: Call, width: number, around = 0): string {
  const [only] = args;
  // `scalar(clamp_max(…))` opens and closes on the same lines.
  if (args.length === 1 && only?.node === "call" && !fits(`${name}(${oneLine(only)})`, width - around))
    return `${name}(${printCall(only, width, around + name.length + 2)})`;
  return `${name}${inParens(args, width, around + name.length)}`;
}

function printAggregation({ op, by, without, expr }: Aggregation, width: number): string {
  const labels = without ?? by;
  const clause = labels.length === 0 ? "" : ` ${without ? "without" : "by"} (${labels.map(printLabel).join(", ")}) `;
  const before = op.length + clause.length;
  // `sum by (model) (rate(…))` too.
  if (isOfSelector(expr) && expr.node === "call" && !fits(`(${oneLine(expr)})`, width - before))
    return `${op}${clause}(${printCall(expr, width, before + 2)})`;
  return `${op}${clause}${inParens([expr], width, before)}`;
}

function printBinary(expr: Binary, width: number): string {
  const line = width === Infinity ? printOperands(expr) : oneLine(expr);
  if (fits(line, width)) return line;
  if (isSetOp(expr.op) || (expr.op === "/" && !isShort(expr.right)) || isTooWide(expr, width))
    return printOnLines(expr, width);
  return printIndented(expr, width);
}

/** `+ on (sli) group_left () x` may be too much for one line, where `x` cannot be broken. */
function isTooWide(expr: Binary, width: number): boolean {
  const right = printSide(expr, expr.right, "right", Infinity);
  return isWhole(expr.right) && !fits(`  ${operator(expr)} ${right}`, width);
}

/** Operands and operators on lines of their own; `1 / (` is no line's worth. */
function printOnLines(expr: Binary, width: number): string {
  if (expr.left.node === "number" && expr.right.node === "binary")
    return `${printSide(expr, expr.left, "left", width)} ${operator(expr)} ${printSide(expr, expr.right, "right", width)}`;
  return `${printOperandIn(expr, expr.left, "left", width)}\n${operator(expr)}\n${printOperandIn(expr, expr.right, "right", width)}`;
}

/** What is one operand of an `or` stands together: its further lines are indented. */
function printOperandIn(parent: Binary, side: Expr, place: "left" | "right", width: number): string {
  if (parent.op !== "or" || !isChainedSet(side)) return printSide(parent, side, place, width);
  const line = oneLine(side);
  return fits(line, width) ? line : printIndented(side, width);
}

/** `a` and, on the next line and indented, `- b`; `0 *` and a short end such as `>= 0` need no lines of their own. */
function printIndented(expr: Binary, width: number): string {
  if (expr.left.node === "number") return printAfterNumber(expr, width);
  const left = printLeft(expr, width);
  const right = printSide(expr, expr.right, "right", width - 2 - operator(expr).length - 1);
  if (isWideSum(expr.left, width)) return `${left}\n${operator(expr)} ${right}`;
  return goesOn(expr, left, width) ?? `${left}\n${indent(`${operator(expr)} ${right}`)}`;
}

function printLeft(expr: Binary, width: number): string {
  if (mixes(expr, expr.left) && fits(`(${oneLine(expr.left)})`, width)) return `(${oneLine(expr.left)})`;
  return isSetOp(expr.op) && isChainedSet(expr.left)
    ? printNested(expr.left, width)
    : printSide(expr, expr.left, "left", width);
}

/** With its end on the last line of what is before it, where it is short or follows a closing parenthesis, and fits. */
function goesOn(expr: Binary, left: string, width: number): string | undefined {
  const last = left.slice(left.lastIndexOf("\n") + 1);
  if (!isShort(expr.right) && (isSetOp(expr.op) || last !== ")")) return undefined;
  const right = printSide(expr, expr.right, "right", width - last.length - operator(expr).length - 2);
  // What is too long by itself is not made shorter by a line for its end.
  const long = expr.left.node === "selector" || hangs(expr.left, left);
  const fitting = (isShort(expr.right) && long) || opensOn(`${last} ${operator(expr)} ${right}`, width);
  return fitting ? `${left} ${operator(expr)} ${right}` : undefined;
}

/** A sum whose parts have lines of their own: what is compared is the sum, and not its last part. */
function isWideSum(side: Expr, width: number): boolean {
  return side.node === "binary" && !isSetOp(side.op) && side.op !== "/" && isTooWide(side, width);
}

/** `0 * count by (model) (` opens on the number's line; what is an expression of its own begins on the next. */
function printAfterNumber(expr: Binary, width: number): string {
  const before = `${printSide(expr, expr.left, "left", Infinity)} ${operator(expr)}`;
  if (isCalled(expr.right)) return `${before} ${printSide(expr, expr.right, "right", width - before.length - 1)}`;
  return `${before}\n${indent(printSide(expr, expr.right, "right", width - 2))}`;
}

function printNested(side: Binary, width: number): string {
  const line = oneLine(side);
  return fits(line, width) ? line : printIndented(side, width);
}

/** Whether an expression ends in a selector that took a line of its own. */
function hangs(expr: Expr, printed: string): boolean {
  const end = expr.node === "binary" ? expr.right : expr;
  return isOfSelector(end) && printed.split("\n").at(-2)?.endsWith("(") === true;
}

function operator(expr: Binary): string {
  const op = expr.bool ? `${expr.op} bool` : expr.op;
  return expr.matching ? `${op} ${printMatching(expr.matching)}` : op;
}

/**
 * `-` and `/` bind to the left, `^` to the right: the other side needs parentheses at equal strength.
 */
function printSide(parent: Binary, side: Expr, place: "left" | "right", width: number): string {
  const printed = width === Infinity ? oneLine(side) : printIn(side, width);
  // `-1 ^ 2` is −(1 ^ 2).
  if (side.node === "number" && /^[+-]/.test(printed) && parent.op === "^" && place === "left") return `(${printed})`;
  if (side.node !== "binary") return printed;
  return needsParens(parent, side, place) ? inParens([side], width) : printed;
}

function printSubquery({ expr, rangeMs, stepMs, offsetMs }: Subquery, width: number): string {
  const offset = offsetMs === undefined ? "" : ` offset ${printDuration(offsetMs)}`;
  const operand = expr.node === "binary" ? inParens([expr], width) : printIn(expr, width);
  return `${operand}[${printDuration(rangeMs)}:${printDuration(stepMs)}]${offset}`;
}

/** @param before - How many characters stand before it on its line. */
function inParens(args: readonly Expr[], width: number, before = 0): string {
  const inside = args.map(oneLine).join(", ");
  if (fits(`(${inside})`, width - before)) return `(${inside})`;
  // A long selector needs a line of its own, and its end none.
  if (args.length === 1 && args[0]?.node === "selector") return `(\n${indent(inside)})`;
  if (args.length > 1 && fits(inside, width - 2)) return `(\n${indent(inside)}\n)`;
  const own = width - 2 - (args.length > 1 ? 1 : 0);
  return `(\n${argumentLines(args, own).map(indent).join(",\n")}\n)`;
}

/** Strings, as `label_replace` has at its end, share a line. */
function argumentLines(args: readonly Expr[], width: number): string[] {
  const first = args.findIndex(({ node }) => node === "string");
  const strings = first < 0 ? [] : args.slice(first);
  const line = strings.map(oneLine).join(", ");
  if (strings.length < 2 || strings.some(({ node }) => node !== "string") || !fits(line, width))
    return args.map((arg) => printIn(arg, width));
  return [...args.slice(0, first).map((arg) => printIn(arg, width)), line];
}

function oneLine(expr: Expr): string {
  const known = lines.get(expr);
  if (known !== undefined) return known;
  const line = printIn(expr, Infinity);
  lines.set(expr, line);
  return line;
}

function printOperands(expr: Binary): string {
  return `${printSide(expr, expr.left, "left", Infinity)} ${operator(expr)} ${printSide(expr, expr.right, "right", Infinity)}`;
}
