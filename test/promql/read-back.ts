/** Printed PromQL back to the AST, by the official grammar: what the printer's tests compare with. */
import type { SyntaxNode } from "@lezer/common";
import { parser } from "@prometheus-io/lezer-promql";
import type { BinaryOp, Expr, Matching, Selector } from "../../src/promql/ast.ts";
import { parseSelector } from "../../src/promql/grammar/parse.ts";

/** Whether the grammar has nothing to complain about. */
export function isSound(text: string): boolean {
  let sound = true;
  parser.parse(text).iterate({
    enter: (node) => {
      if (node.type.isError) sound = false;
    },
  });
  return sound && parser.parse(text).topNode.firstChild !== null;
}

/** The expression that the text means. Parentheses leave no trace. */
export function readBack(text: string): Expr {
  return read(parser.parse(text).topNode.firstChild as SyntaxNode, text);
}

function read(node: SyntaxNode, text: string): Expr {
  const parts = children(node);
  const [first] = parts as [SyntaxNode];
  switch (node.name) {
    case "ParenExpr":
      return read(first, text);
    // The grammar reads `-1` either way.
    case "UnaryExpr":
      return { node: "number", value: numberOf(slice(node, text).replaceAll(/\s/g, "")) };
    case "NumberDurationLiteral":
      return { node: "number", value: numberOf(slice(node, text)) };
    case "StringLiteral":
      return { node: "string", value: stringOf(slice(node, text)) };
    case "VectorSelector":
      return selectorOf(slice(node, text));
    case "MatrixSelector":
      return { ...(read(first, text) as Selector), rangeMs: durationOf(parts[1], text) };
    case "OffsetExpr":
      return { ...(read(first, text) as Selector), offsetMs: durationOf(parts.at(-1), text) };
    case "SubqueryExpr":
      return {
        node: "subquery",
        expr: read(first, text),
        rangeMs: durationOf(parts[1], text),
        stepMs: durationOf(parts[2], text),
      };
    case "FunctionCall":
      return {
        node: "call",
        name: slice(first, text),
        args: children(parts[1] as SyntaxNode).map((arg) => read(arg, text)),
      };
    case "AggregateExpr":
      return aggregationOf(parts, text);
    case "BinaryExpr":
      return binaryOf(parts, text);
    default:
      throw new Error(`${node.name} is never printed: ${text}`);
  }
}

function aggregationOf(parts: readonly SyntaxNode[], text: string): Expr {
  const by = parts.find((part) => part.name === "AggregateModifier");
  const body = parts.at(-1) as SyntaxNode;
  return {
    node: "aggregation",
    op: slice(parts[0] as SyntaxNode, text),
    by: by ? labelsOf(by.lastChild as SyntaxNode, text) : [],
    expr: read(children(body)[0] as SyntaxNode, text),
  };
}

function binaryOf(parts: readonly SyntaxNode[], text: string): Expr {
  const [left, op, ...rest] = parts as [SyntaxNode, SyntaxNode, ...SyntaxNode[]];
  const clause = rest.find((part) => part.name === "MatchingModifierClause");
  return {
    node: "binary",
    op: slice(op, text) as BinaryOp,
    left: read(left, text),
    right: read(rest.at(-1) as SyntaxNode, text),
    ...(rest.some((part) => part.name === "BoolModifier") ? { bool: true } : {}),
    ...(clause ? { matching: matchingOf(clause, text) } : {}),
  };
}

function matchingOf(clause: SyntaxNode, text: string): Matching {
  const [kind, labels, group, include] = children(clause) as [
    SyntaxNode,
    SyntaxNode,
    SyntaxNode | undefined,
    SyntaxNode | undefined,
  ];
  const matching = { type: slice(kind, text) as "on" | "ignoring", labels: labelsOf(labels, text) };
  if (!group) return matching;
  return {
    ...matching,
    group: group.name === "GroupLeft" ? "left" : "right",
    include: include ? labelsOf(include, text) : [],
  };
}

function labelsOf(list: SyntaxNode, text: string): string[] {
  return children(list).map((label) =>
    label.name === "QuotedLabelName" ? stringOf(slice(label, text)) : slice(label, text),
  );
}

function selectorOf(text: string): Selector {
  const parsed = parseSelector(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.problem.message}`);
  return parsed.value;
}

/** The string as `parseSelector` reads one. */
function stringOf(literal: string): string {
  return selectorOf(`x{a=${literal}}`).matchers[0]?.value ?? "";
}

function numberOf(text: string): number {
  return Number(text.replace("Inf", "Infinity"));
}

function durationOf(node: SyntaxNode | undefined, text: string): number {
  const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
  const parts = [...(node ? slice(node, text) : "").matchAll(/(\d+)([a-z]+)/g)];
  return parts.reduce((sum, [, count, unit = ""]) => sum + Number(count) * (units[unit] ?? Number.NaN), 0);
}

function children(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) found.push(child);
  return found;
}

function slice(node: SyntaxNode, text: string): string {
  return text.slice(node.from, node.to);
}
