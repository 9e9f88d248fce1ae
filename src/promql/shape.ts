/** What an expression amounts to, as far as its form tells: rates or counts, by which labels, of which series. */
import type { SyntaxNode } from "@lezer/common";
import type { Selector } from "./ast.ts";
import { labelNames, parseTree, selectorAt, stringAt } from "./parse.ts";

/** Where a value comes from: the outermost function over a range decides. */
export type Reading =
  | { readonly type: "rate" }
  /** A function such as `increase`, that gives no rate. */
  | { readonly type: "range"; readonly name: string; readonly scaled: boolean }
  /** Values as they stand. */
  | { readonly type: "instant"; readonly metric: string; readonly scaled: boolean }
  /** A rate by a rate. */
  | { readonly type: "share" };

export interface Shape {
  readonly readings: readonly Reading[];
  /** Labels of each operand of `or`, where its outermost aggregation says them: undefined where it does not. */
  readonly labels: readonly (readonly string[] | undefined)[];
  /** What `or vector(…)` fills in. */
  readonly filled: readonly number[];
  readonly selectors: readonly Selector[];
}

/** The shape of an expression that parses. */
export function shapeOf(text: string): Shape {
  const top = parseTree(text).firstChild;
  if (!top) return { readings: [], labels: [], filled: [], selectors: [] };
  const operands = operandsOf(top);
  return {
    readings: operands.flatMap((operand) => readingsOf(operand, text, false)),
    labels: operands.filter((operand) => filledBy(operand, text) === undefined).map((each) => labelsOf(each, text)),
    filled: operands.length < 2 ? [] : operands.flatMap((operand) => filledBy(operand, text) ?? []),
    selectors: selectorsIn(top, text),
  };
}

/** What stands between the outermost `or`s. */
function operandsOf(node: SyntaxNode): SyntaxNode[] {
  const inner = unwrapped(node);
  if (inner.name !== "BinaryExpr" || !inner.getChild("Or")) return [inner];
  const [left, right] = sidesOf(inner);
  return [left, right].flatMap((side) => (side ? operandsOf(side) : []));
}

function unwrapped(node: SyntaxNode): SyntaxNode {
  const inner = WRAPPERS.includes(node.name) ? expressionsIn(node)[0] : undefined;
  return inner ? unwrapped(inner) : node;
}

const WRAPPERS = ["ParenExpr", "UnaryExpr", "StepInvariantExpr", "OffsetExpr"];
const EXPRESSION = /(Expr|Selector|Literal|Call)$/;
const NO_EXPRESSION = ["DurationExpr", "OffsetDurationExpr"];

function expressionsIn(node: SyntaxNode | null): SyntaxNode[] {
  return childrenOf(node).filter(({ name }) => EXPRESSION.test(name) && !NO_EXPRESSION.includes(name));
}

function childrenOf(node: SyntaxNode | null): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node?.firstChild ?? null; child; child = child.nextSibling) children.push(child);
  return children;
}

function sidesOf(binary: SyntaxNode): [left: SyntaxNode | undefined, right: SyntaxNode | undefined] {
  const sides = expressionsIn(binary);
  return [sides[0], sides[1]];
}

/** The number of `vector(0)`. */
function filledBy(node: SyntaxNode, text: string): number | undefined {
  const inner = unwrapped(node);
  if (inner.name !== "FunctionCall" || functionOf(inner, text) !== "vector") return undefined;
  const [argument] = argumentsOf(inner);
  return argument?.name === "NumberDurationLiteral" ? Number(textOf(argument, text)) : Number.NaN;
}

function functionOf(call: SyntaxNode, text: string): string {
  return textOf(call.getChild("FunctionIdentifier"), text);
}

function argumentsOf(node: SyntaxNode): SyntaxNode[] {
  return expressionsIn(node.getChild("FunctionCallBody"));
}

function textOf(node: SyntaxNode | null, text: string): string {
  return node ? text.slice(node.from, node.to) : "";
}

/** @param scaled - Whether it is multiplied or divided by a number further out. */
function readingsOf(node: SyntaxNode, text: string, scaled: boolean): Reading[] {
  const inner = unwrapped(node);
  switch (inner.name) {
    case "VectorSelector":
      return [{ type: "instant", metric: selectorAt(inner, text)?.metric ?? "", scaled }];
    case "AggregateExpr":
      return ofAggregation(inner, text, scaled);
    case "FunctionCall":
      return ofCall(inner, text, scaled);
    case "BinaryExpr":
      return ofBinary(inner, text, scaled);
    default:
      return [];
  }
}

/** How many series there are is a count of its own. */
function ofAggregation(node: SyntaxNode, text: string, scaled: boolean): Reading[] {
  const op = textOf(node.getChild("AggregateOp"), text);
  const operand = argumentsOf(node).at(-1);
  return !operand || /^(count|group|count_values)$/.test(op) ? [] : readingsOf(operand, text, scaled);
}

const ON_RANGES =
  /^(increase|delta|idelta|predict_linear|resets|changes|double_exponential_smoothing|holt_winters|.*_over_time)$/;
const RATES = /^(rate|irate|deriv)$/;
/** What a mean or an extreme of rates is, is a rate. */
const KEEPS_UNIT = /^(avg|min|max|last|quantile)_over_time$/;

function ofCall(node: SyntaxNode, text: string, scaled: boolean): Reading[] {
  const name = functionOf(node, text);
  const operands = argumentsOf(node);
  if (RATES.test(name)) return [{ type: "rate" }];
  const range = operands.find((each) => each.name === "SubqueryExpr");
  if (range && KEEPS_UNIT.test(name))
    return expressionsIn(range)
      .slice(0, 1)
      .flatMap((each) => readingsOf(each, text, scaled));
  if (ON_RANGES.test(name)) return [{ type: "range", name, scaled }];
  return operands.flatMap((each) => readingsOf(each, text, scaled));
}

function ofBinary(node: SyntaxNode, text: string, scaled: boolean): Reading[] {
  const [left, right] = sidesOf(node);
  if (!left || !right) return [];
  if (node.getChild("And") || node.getChild("Unless")) return readingsOf(left, text, scaled);
  const isProduct = node.getChild("Div") ?? node.getChild("Mul");
  const isNumeric = isNumber(left) || isNumber(right);
  const [ours, theirs] = [left, right].map((side) =>
    readingsOf(side, text, scaled || (isProduct !== null && isNumeric)),
  );
  return joined(ours ?? [], theirs ?? [], node);
}

function isNumber(node: SyntaxNode): boolean {
  const inner = unwrapped(node);
  return (
    inner.name === "NumberDurationLiteral" || (inner.name === "BinaryExpr" && expressionsIn(inner).every(isNumber))
  );
}

function joined(left: readonly Reading[], right: readonly Reading[], node: SyntaxNode): Reading[] {
  if (node.getChild("Div")) return isFlow(left) && isFlow(right) ? [{ type: "share" }] : [...left];
  const isComparison = ["Eql", "Neq", "Lss", "Lte", "Gtr", "Gte", "EqlC"].some((op) => node.getChild(op));
  if (isComparison) return [...(left.length > 0 ? left : right)];
  // A factor, such as an info metric that is joined for its labels.
  if (node.getChild("Mul")) return [...(isFlow(right) ? right : left)];
  return [...left, ...right];
}

function isFlow(readings: readonly Reading[]): boolean {
  return readings.some(({ type }) => type === "rate" || type === "range");
}

/** The labels that its outermost aggregation leaves, and those that are put on. */
function labelsOf(node: SyntaxNode, text: string): readonly string[] | undefined {
  const inner = unwrapped(node);
  if (inner.name === "AggregateExpr") return labelsOfAggregation(inner, text);
  if (inner.name === "FunctionCall") return labelsOfCall(inner, text);
  if (inner.name !== "BinaryExpr") return undefined;
  const [left, right] = sidesOf(inner);
  if (!left || !right) return undefined;
  const [ours, theirs] = [labelsOf(left, text), labelsOf(right, text)];
  const matching = inner.getChild("MatchingModifierClause");
  if (matching?.getChild("GroupLeft") || matching?.getChild("GroupRight")) return undefined;
  return isNumber(left) ? theirs : ours;
}

function labelsOfAggregation(node: SyntaxNode, text: string): readonly string[] | undefined {
  const op = textOf(node.getChild("AggregateOp"), text);
  if (/^(topk|bottomk|limitk|limit_ratio|count_values)$/.test(op)) return undefined;
  const modifier = node.getChild("AggregateModifier");
  if (modifier?.getChild("Without")) return undefined;
  return modifier ? labelNames(modifier, text) : [];
}

function labelsOfCall(node: SyntaxNode, text: string): readonly string[] | undefined {
  const [operand, put] = argumentsOf(node);
  const name = functionOf(node, text);
  if (!/^(label_replace|label_join)$/.test(name)) {
    const known = argumentsOf(node).map((each) => labelsOf(each, text));
    return known.find((labels) => labels !== undefined);
  }
  const own = operand && labelsOf(operand, text);
  const label = put && stringAt(put, text);
  return own && label !== undefined ? [...own, label] : undefined;
}

function selectorsIn(top: SyntaxNode, text: string): Selector[] {
  const found: Selector[] = [];
  top.cursor().iterate(({ node }) => {
    const selector = node.name === "VectorSelector" ? selectorAt(node, text) : undefined;
    if (selector) found.push(selector);
  });
  return found;
}
