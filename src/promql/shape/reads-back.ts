/** How far back an expression reads: its ranges and offsets, as they are written. */
import type { SyntaxNode } from "@lezer/common";
import { composedSeconds } from "../duration.ts";
import { childrenOf, textOf } from "../grammar/nodes.ts";
import { parseTree } from "../grammar/parse.ts";

/** In seconds before the evaluation. Where it has an instant of its own (`@`), that is not seen. */
export interface ReadsBack {
  readonly newest: number;
  readonly oldest: number;
}

/** From the newest sample that any of its selectors reads to the oldest one. */
export function readsBack(text: string): ReadsBack {
  const read = selectorsBack(parseTree(text), text, { newest: 0, oldest: 0 });
  if (read.length === 0) return { newest: 0, oldest: 0 };
  return {
    newest: Math.max(0, Math.min(...read.map(({ newest }) => newest))),
    oldest: Math.max(0, ...read.map(({ oldest }) => oldest)),
  };
}

function selectorsBack(node: SyntaxNode, text: string, around: ReadsBack): ReadsBack[] {
  if (node.name === "VectorSelector") return [around];
  const moved = within(node, text, around);
  return childrenOf(node).flatMap((child) => selectorsBack(child, text, moved));
}

/** What an offset moves and a range widens. */
function within(node: SyntaxNode, text: string, { newest, oldest }: ReadsBack): ReadsBack {
  if (node.name === "OffsetExpr") {
    const by = secondsAt(node.getChild("OffsetDurationExpr"), text);
    return { newest: newest + by, oldest: oldest + by };
  }
  const isRange = node.name === "MatrixSelector" || node.name === "SubqueryExpr";
  return { newest, oldest: oldest + (isRange ? secondsAt(node.getChild("DurationExpr"), text) : 0) };
}

/** 0 where it is calculated. */
function secondsAt(duration: SyntaxNode | null, text: string): number {
  const [, sign, written = ""] = /^(-?)\s*(\S+)$/.exec(textOf(duration, text)) ?? [];
  const seconds = composedSeconds(written) ?? (Number(written) || 0);
  return sign === "-" ? -seconds : seconds;
}
