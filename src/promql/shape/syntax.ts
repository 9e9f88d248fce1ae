/** Ways through a parsed expression. */
import type { SyntaxNode } from "@lezer/common";
import type { Selector } from "../ast.ts";
import { parseDuration } from "../duration.ts";
import { childrenOf, textOf } from "../grammar/nodes.ts";
import { selectorAt } from "../grammar/parse.ts";

/** Without parentheses, signs and offsets. */
export function unwrapped(node: SyntaxNode): SyntaxNode {
  const inner = WRAPPERS.includes(node.name) ? expressionsIn(node)[0] : undefined;
  return inner ? unwrapped(inner) : node;
}

const WRAPPERS = ["ParenExpr", "UnaryExpr", "StepInvariantExpr", "OffsetExpr"];
const EXPRESSION = /(Expr|Selector|Literal|Call)$/;
const NO_EXPRESSION = ["DurationExpr", "OffsetDurationExpr"];

/** The expressions right below a node. */
export function expressionsIn(node: SyntaxNode | null): SyntaxNode[] {
  return childrenOf(node).filter(({ name }) => EXPRESSION.test(name) && !NO_EXPRESSION.includes(name));
}

/** Both sides of an operator. */
export function sidesOf(binary: SyntaxNode): [left: SyntaxNode | undefined, right: SyntaxNode | undefined] {
  const sides = expressionsIn(binary);
  return [sides[0], sides[1]];
}

/** The name of the function that is called. */
export function functionOf(call: SyntaxNode, text: string): string {
  return textOf(call.getChild("FunctionIdentifier"), text);
}

/** What a function or an aggregation is called with. */
export function argumentsOf(node: SyntaxNode): SyntaxNode[] {
  return expressionsIn(node.getChild("FunctionCallBody"));
}

/** Whether it is a number, or made of numbers alone. */
export function isNumber(node: SyntaxNode): boolean {
  const inner = unwrapped(node);
  return (
    inner.name === "NumberDurationLiteral" || (inner.name === "BinaryExpr" && expressionsIn(inner).every(isNumber))
  );
}

/** The number that it is; a duration is its seconds. */
export function numberOf(node: SyntaxNode, text: string): number | undefined {
  if (!isNumber(node)) return undefined;
  const inner = unwrapped(node);
  const [left, right] = sidesOf(inner);
  if (inner.name === "NumberDurationLiteral" || !left || !right) return literal(textOf(inner, text));
  const [a = 1, b = 1] = [numberOf(left, text), numberOf(right, text)];
  if (inner.getChild("Mul")) return a * b;
  return inner.getChild("Div") ? a / b : Number.NaN;
}

/** A duration is its seconds. */
function literal(text: string): number {
  const milliseconds = parseDuration(text);
  return milliseconds === undefined ? Number(text) : milliseconds / 1000;
}

/** All selectors in an expression. */
export function selectorsIn(top: SyntaxNode, text: string): Selector[] {
  const found: Selector[] = [];
  top.cursor().iterate(({ node }) => {
    const selector = node.name === "VectorSelector" ? selectorAt(node, text) : undefined;
    if (selector) found.push(selector);
  });
  return found;
}
