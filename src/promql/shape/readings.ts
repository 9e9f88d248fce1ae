/** Where the values of an expression come from: rates, counts, or values as they stand. */
import type { SyntaxNode } from "@lezer/common";
import { parseDuration } from "../duration.ts";
import { textOf } from "../grammar/nodes.ts";
import { selectorAt } from "../grammar/parse.ts";
import { argumentsOf, expressionsIn, functionOf, numberOf, selectorsIn, sidesOf, unwrapped } from "./syntax.ts";

/** Where a value comes from: the outermost function over a range decides. */
export type Reading = {
  /** By what it is multiplied further out: 1/60 where it is divided by 60. */
  readonly factor: number;
} & (
  | { readonly type: "rate"; readonly metric: string; readonly seconds: number | undefined }
  /** A function such as `increase`, that gives no rate, over so many seconds. */
  | { readonly type: "range"; readonly name: string; readonly metric: string; readonly seconds: number | undefined }
  /** Values as they stand. */
  | { readonly type: "instant"; readonly metric: string }
  /** A rate by a rate. */
  | { readonly type: "share" }
  /** A rate of what has no restarts of its own: a sum, or a rate. */
  | { readonly type: "rate-of-result" }
  /** A quantile, or a 0 or 1. */
  | { readonly type: "no-count"; readonly by: string }
);

/** @param factor - What it is multiplied by further out. */
export function readingsOf(node: SyntaxNode, text: string, factor: number): Reading[] {
  const inner = unwrapped(node);
  switch (inner.name) {
    case "VectorSelector":
      return [{ type: "instant", metric: selectorAt(inner, text)?.metric ?? "", factor }];
    case "AggregateExpr":
      return ofAggregation(inner, text, factor);
    case "FunctionCall":
      return ofCall(inner, text, factor);
    case "BinaryExpr":
      return ofBinary(inner, text, factor);
    default:
      return [];
  }
}

/** How many series there are is a count of its own. */
function ofAggregation(node: SyntaxNode, text: string, factor: number): Reading[] {
  const op = textOf(node.getChild("AggregateOp"), text);
  const operand = argumentsOf(node).at(-1);
  return !operand || /^(count|group|count_values)$/.test(op) ? [] : readingsOf(operand, text, factor);
}

const ON_RANGES =
  /^(increase|delta|idelta|predict_linear|resets|changes|double_exponential_smoothing|holt_winters|.*_over_time)$/;
const RATES = /^(rate|irate|deriv)$/;
/** What a mean or an extreme of rates is, is a rate. */
const KEEPS_UNIT = /^(avg|min|max|last|quantile)_over_time$/;
const STATISTICS = /^histogram_(quantile|quantiles|fraction|avg|stddev|stdvar)$/;

function ofCall(node: SyntaxNode, text: string, factor: number): Reading[] {
  const name = functionOf(node, text);
  const operands = argumentsOf(node);
  const range = operands.find((each) => each.name === "SubqueryExpr");
  if (RATES.test(name)) return [rateOf(node, range, text, factor)];
  if (range && KEEPS_UNIT.test(name)) return insideOf(range, text, factor);
  if (ON_RANGES.test(name)) return [{ type: "range", name, ...rangeOf(node, text), factor }];
  const inside = operands.flatMap((each) => readingsOf(each, text, factor));
  return STATISTICS.test(name) && inside.length > 0 ? [{ type: "no-count", by: name, factor }] : inside;
}

/** A sum falls when one of its series does, and a rate falls at any time: neither is a restart. */
function rateOf(node: SyntaxNode, range: SyntaxNode | undefined, text: string, factor: number): Reading {
  const isResult = range !== undefined && expressionsIn(range)[0]?.name !== "VectorSelector";
  return isResult ? { type: "rate-of-result", factor } : { type: "rate", ...rangeOf(node, text), factor };
}

function insideOf(range: SyntaxNode, text: string, factor: number): Reading[] {
  return expressionsIn(range)
    .slice(0, 1)
    .flatMap((each) => readingsOf(each, text, factor));
}

/** The metric of a range, and its length. */
function rangeOf(node: SyntaxNode, text: string): { readonly metric: string; readonly seconds: number | undefined } {
  const [, written = ""] = /\[\s*([^\]:\s]+)/.exec(textOf(node, text)) ?? [];
  const milliseconds = parseDuration(written);
  const [first] = selectorsIn(node, text);
  return { metric: first?.metric ?? "", seconds: milliseconds === undefined ? undefined : milliseconds / 1000 };
}

function ofBinary(node: SyntaxNode, text: string, factor: number): Reading[] {
  const [left, right] = sidesOf(node);
  if (!left || !right) return [];
  if (node.getChild("And") || node.getChild("Unless")) return readingsOf(left, text, factor);
  const more = factor * factorOf(node, text);
  const inside = joined(readingsOf(left, text, more), readingsOf(right, text, more), node);
  return node.getChild("BoolModifier") && inside.length > 0 ? [{ type: "no-count", by: "bool", factor }] : inside;
}

/** What a multiplication or division by a number does. */
function factorOf(node: SyntaxNode, text: string): number {
  const [left, right] = sidesOf(node);
  const [ours, theirs] = [left && numberOf(left, text), right && numberOf(right, text)];
  if (node.getChild("Mul")) return ours ?? theirs ?? 1;
  if (!node.getChild("Div")) return 1;
  return ours === undefined ? 1 / (theirs ?? 1) : Number.NaN;
}

function joined(left: readonly Reading[], right: readonly Reading[], node: SyntaxNode): Reading[] {
  const factor = left[0]?.factor ?? 1;
  if (node.getChild("Div")) return isFlow(left) && isFlow(right) ? [{ type: "share", factor }] : [...left];
  const isComparison = ["Eql", "Neq", "Lss", "Lte", "Gtr", "Gte", "EqlC"].some((op) => node.getChild(op));
  if (isComparison) return [...(left.length > 0 ? left : right)];
  // A factor, such as an info metric that is joined for its labels.
  if (node.getChild("Mul")) return [...(isFlow(right) ? right : left)];
  return [...left, ...right];
}

function isFlow(readings: readonly Reading[]): boolean {
  return readings.some(({ type }) => type === "rate" || type === "range");
}
