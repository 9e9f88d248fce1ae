/** One text for an expression however it is written: a server prints rules in its own way. */
import type { SyntaxNode } from "@lezer/common";
import { prometheusSeconds } from "../../time/units.ts";
import type { Selector } from "../ast.ts";
import { childrenOf } from "./nodes.ts";
import { listedLabels, parseTree, selectorAt, stringAt } from "./parse.ts";

/** Equal for two expressions that differ in spaces, comments, quotes, units or the order of labels alone. */
export function canonical(text: string): string {
  return ofNode(parseTree(text), text);
}

function ofNode(node: SyntaxNode, text: string): string {
  switch (node.name) {
    case "VectorSelector":
      return ofSelector(selectorAt(node, text)) ?? text.slice(node.from, node.to);
    case "GroupingLabels":
      return ofLabels(node, text);
    case "StringLiteral":
      return JSON.stringify(stringAt(node, text));
    case "NumberDurationLiteral":
    case "NumberDurationLiteralInDurationContext":
      return ofNumber(text.slice(node.from, node.to));
    default:
      return ofChildren(node, text);
  }
}

/** `group_left ()` is `group_left`, and `sum by ()` is `sum`. */
function ofLabels(node: SyntaxNode, text: string): string {
  const labels = listedLabels(node, text).sort();
  const means = labels.length > 0 || ["On", "Ignoring", "Without"].includes(node.prevSibling?.name ?? "");
  return means ? JSON.stringify(labels) : "";
}

function ofSelector(selector: Selector | undefined): string | undefined {
  if (selector === undefined) return undefined;
  const named = selector.matchers.find(({ label, op }) => label === "__name__" && op === "=");
  const matchers = selector.matchers
    .filter((each) => each !== named)
    .map(({ label, op, value }) => JSON.stringify([label, op, value]));
  return `${JSON.stringify(selector.metric || named?.value || "")}{${matchers.sort().join()}}`;
}

/** What an aggregation is by may stand before or behind what it is of. */
function ofChildren(node: SyntaxNode, text: string): string {
  const children = childrenOf(node).filter(({ name }) => name !== "LineComment");
  if (children.length === 0) return wordOf(node, text);
  const parts = children
    .toSorted((a, b) => Number(b.name === "AggregateModifier") - Number(a.name === "AggregateModifier"))
    .map((child) => ofNode(child, text))
    .filter((part) => part !== "" && part !== "AggregateModifier(by)");
  return `${node.name}(${parts.join(" ")})`;
}

/** Keywords are read in any case. */
function wordOf(node: SyntaxNode, text: string): string {
  const word = text.slice(node.from, node.to);
  return /Identifier|Label/.test(node.name) ? word : word.toLowerCase();
}

/** `90m` is 5400, as `1h30m` is; `1e3` is 1000. */
function ofNumber(text: string): string {
  return String(prometheusSeconds(text) ?? (Number(text.replaceAll("_", "")) || text.toLowerCase()));
}
