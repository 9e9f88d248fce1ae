/** Builders: one short function per PromQL form that this project writes. */
import type {
  Aggregation,
  Binary,
  BinaryOp,
  Call,
  Expr,
  Matcher,
  Matching,
  NumberLiteral,
  Selector,
  StringLiteral,
  Subquery,
} from "./ast.ts";

export function number(value: number): NumberLiteral {
  return { node: "number", value };
}

export function text(value: string): StringLiteral {
  return { node: "string", value };
}

/** A selector with equality matchers, in the order given. */
export function selector(metric: string, labels: Readonly<Record<string, string>> = {}): Selector {
  const matchers = Object.entries(labels).map(([label, value]): Matcher => ({ label, op: "=", value }));
  return { node: "selector", metric, matchers };
}

/** The same selector over the last `rangeMs` milliseconds. */
export function over(base: Selector, rangeMs: number): Selector {
  return { ...base, rangeMs };
}

/** The same selector, `offsetMs` milliseconds ago. An offset of zero is left out. */
export function offset(base: Selector, offsetMs: number): Selector {
  return offsetMs === 0 ? base : { ...base, offsetMs };
}

export function call(name: string, ...args: readonly Expr[]): Call {
  return { node: "call", name, args };
}

export function sumBy(by: readonly string[], expr: Expr): Aggregation {
  return aggregate("sum", by, expr);
}

export function aggregate(op: string, by: readonly string[], expr: Expr): Aggregation {
  return { node: "aggregation", op, by, expr };
}

/** `max without (instance) (x)`: every other label stays. */
export function aggregateWithout(op: string, without: readonly string[], expr: Expr): Aggregation {
  return { node: "aggregation", op, by: [], without, expr };
}

export function binary(op: BinaryOp, left: Expr, right: Expr, matching?: Matching): Binary {
  return matching ? { node: "binary", op, left, right, matching } : { node: "binary", op, left, right };
}

/** A comparison that gives 0 or 1. */
export function isTrue(op: BinaryOp, left: Expr, right: Expr): Binary {
  return { node: "binary", op, left, right, bool: true };
}

/** `a op b op c`. */
export function chain(op: BinaryOp, ...parts: readonly Expr[]): Expr {
  const [first, ...rest] = parts;
  if (!first) throw new Error("chain needs at least one part");
  return rest.reduce((left, right) => binary(op, left, right), first);
}

/** The same samples with one label set; an empty value takes it off. */
export function withLabel(expr: Expr, label: string, value: string): Call {
  return call("label_replace", expr, text(label), text(value), text(""), text(""));
}

export function on(...labels: readonly string[]): Matching {
  return { type: "on", labels };
}

export function subquery(expr: Expr, rangeMs: number, stepMs: number): Subquery {
  return { node: "subquery", expr, rangeMs, stepMs };
}
