/** A node of the syntax tree, and its text. */
import type { SyntaxNode } from "@lezer/common";

/** As it is written; empty where there is none. */
export function textOf(node: SyntaxNode | null, text: string): string {
  return node ? text.slice(node.from, node.to) : "";
}

/** All of them, in order. */
export function childrenOf(node: SyntaxNode | null): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node?.firstChild ?? null; child; child = child.nextSibling) children.push(child);
  return children;
}
