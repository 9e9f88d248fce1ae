/** What kind of expression stands where: whether it needs parentheses, and whether a line may end beside it. */
import type { Binary, BinaryOp, Expr } from "./ast.ts";

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

export function needsParens(parent: Binary, side: Binary, place: "left" | "right"): boolean {
  const outer = PRECEDENCE[parent.op];
  const inner = PRECEDENCE[side.op];
  const associative = (parent.op === "^") === (place === "right");
  // `(a > 1) >= bool 2` says what `a > 1 >= bool 2` hides.
  return inner < outer || (inner === outer && (!associative || outer === PRECEDENCE["=="]));
}

export function isSetOp(op: BinaryOp): boolean {
  return op === "or" || op === "and" || op === "unless";
}

export function isChainedSet(side: Expr): side is Binary {
  return side.node === "binary" && (side.op === "and" || side.op === "unless");
}

/** `(a unless b) and c`: nobody has to know that they bind alike, and from the left. */
export function mixes(parent: Binary, side: Expr): boolean {
  return isChainedSet(side) && parent.op !== side.op && isChainedSet(parent);
}

export function isShort(side: Expr): boolean {
  return (
    side.node === "number" || (side.node === "binary" && side.left.node === "number" && side.right.node === "number")
  );
}

/** A selector, or one with a number: `1 / x`, `x >= 500`. */
export function isWhole(expr: Expr): boolean {
  if (expr.node !== "binary") return expr.node === "selector";
  const [left, right] = [expr.left.node, expr.right.node];
  return (left === "number" && right === "selector") || (left === "selector" && right === "number");
}

export function isCalled({ node }: Expr): boolean {
  return node === "call" || node === "aggregation";
}

/** `last_over_time(x)`, `count by (a) (x)`. */
export function isOfSelector(expr: Expr): boolean {
  if (expr.node === "aggregation") return expr.expr.node === "selector";
  return expr.node === "call" && expr.args.length === 1 && isLookedAt(expr.args[0]);
}

/** A selector, at once or in steps. */
function isLookedAt(expr: Expr | undefined): boolean {
  return expr?.node === "selector" || (expr?.node === "subquery" && expr.expr.node === "selector");
}
