/** What an expression holds without its having happened: zeros for what is missing, floors, additions. */
import type { SyntaxNode } from "@lezer/common";
import { textOf } from "../grammar/nodes.ts";
import { argumentsOf, functionOf, numberOf, sidesOf, unwrapped } from "./syntax.ts";

/** The number of `vector(0)`. */
export function filledBy(node: SyntaxNode, text: string): number | undefined {
  const inner = unwrapped(node);
  if (inner.name !== "FunctionCall" || functionOf(inner, text) !== "vector") return undefined;
  const [argument] = argumentsOf(inner);
  return argument?.name === "NumberDurationLiteral" ? Number(textOf(argument, text)) : Number.NaN;
}

/** The numbers of `or vector(…)` below the outermost operands. */
export function filledInside(operand: SyntaxNode, text: string): number[] {
  const found: number[] = [];
  operand.cursor().iterate(({ node }) => {
    if (node.name !== "BinaryExpr" || !node.getChild("Or")) return;
    found.push(...sidesOf(node).flatMap((side) => (side ? (filledBy(side, text) ?? []) : [])));
  });
  return found;
}

/** Numbers that are added, floors, and what is there where nothing else is. */
export function addedTo(node: SyntaxNode, text: string): string[] {
  const inner = unwrapped(node);
  if (inner.name === "FunctionCall") return addedByCall(inner, text);
  if (inner.name !== "BinaryExpr" || !inner.getChild("Add")) return [];
  const [left, right] = sidesOf(inner);
  if (!left || !right) return [];
  const [ours, theirs] = [numberOf(left, text), numberOf(right, text)];
  return (ours ?? theirs ?? 0) > 0 ? [`+ ${ours ?? theirs}`] : [];
}

function addedByCall(call: SyntaxNode, text: string): string[] {
  const name = functionOf(call, text);
  const [, least] = argumentsOf(call);
  if (name === "clamp_min" && least && (numberOf(least, text) ?? 0) > 0) return ["clamp_min"];
  return /^absent(_over_time)?$/.test(name) ? [name] : [];
}
