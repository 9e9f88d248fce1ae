/** What an expression amounts to, as far as its form shows: rates or counts, by which labels, of which series. */
import type { SyntaxNode } from "@lezer/common";
import type { Selector } from "../ast.ts";
import { textOf } from "../grammar/nodes.ts";
import { labelNames, parseTree, stringAt } from "../grammar/parse.ts";
import { addedTo, filledBy, filledInside } from "./invented.ts";
import { type Reading, readingsOf } from "./readings.ts";
import { argumentsOf, functionOf, isNumber, selectorsIn, sidesOf, unwrapped } from "./syntax.ts";

export interface Shape {
  readonly readings: readonly Reading[];
  /** Labels of each operand of `or`, where its outermost aggregation says them: undefined where it does not. */
  readonly labels: readonly (readonly string[] | undefined)[];
  /** Labels that the outermost aggregations take away: `without`. */
  readonly dropped: readonly string[];
  /** What `or vector(…)` fills in, outermost. */
  readonly filled: readonly number[];
  /** What it fills in further inside. */
  readonly filledInside: readonly number[];
  /** What is counted without having happened: `+ 1`, a floor, `absent()`. */
  readonly added: readonly string[];
  readonly selectors: readonly Selector[];
}

/** The shape of an expression that parses. */
export function shapeOf(text: string): Shape {
  const top = parseTree(text).firstChild;
  if (!top) return { readings: [], labels: [], dropped: [], filled: [], filledInside: [], added: [], selectors: [] };
  const operands = operandsOf(top);
  return {
    readings: operands.flatMap((operand) => readingsOf(operand, text, 1)),
    labels: operands.filter((operand) => filledBy(operand, text) === undefined).map((each) => labelsOf(each, text)),
    dropped: operands.flatMap((operand) => droppedBy(operand, text)),
    filled: operands.length < 2 ? [] : operands.flatMap((operand) => filledBy(operand, text) ?? []),
    filledInside: operands.flatMap((operand) => filledInside(operand, text)),
    added: operands.flatMap((operand) => addedTo(operand, text)),
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

/** The labels of an outermost `without`. */
function droppedBy(node: SyntaxNode, text: string): readonly string[] {
  const inner = unwrapped(node);
  const modifier = inner.name === "AggregateExpr" ? inner.getChild("AggregateModifier") : null;
  return modifier?.getChild("Without") ? labelNames(modifier, text) : [];
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
