/**
 * What users write in PromQL, read with the official grammar. The only file that knows the parser.
 * https://github.com/prometheus/prometheus/tree/main/web/ui/module/lezer-promql
 */
import type { SyntaxNode, Tree } from "@lezer/common";
import { parser } from "@prometheus-io/lezer-promql";
import type { Matcher, MatchOp, Selector } from "../ast.ts";
import { isGroupLabel } from "../group-label.ts";
import { regexMistake } from "../regex.ts";
import { textOf } from "./nodes.ts";
import type { SyntaxProblem } from "./syntax-problem.ts";
import { illTyped } from "./type-check.ts";

export type { SyntaxProblem };

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: SyntaxProblem };

/** Reads an instant vector selector. A range, an offset or an expression around it is a problem. */
export function parseSelector(text: string): Parsed<Selector> {
  const tree = parser.parse(text);
  const mistake = firstMistake(tree, text) ?? notASelector(tree);
  if (mistake) return { ok: false, problem: mistake };
  return readSelector(tree.topNode.getChild("VectorSelector") as SyntaxNode, text);
}

/** Checks an expression, which must give an instant vector; gives it back as it stands. */
export function parseExpression(text: string): Parsed<string> {
  const tree = parser.parse(text);
  const problem = firstMistake(tree, text) ?? illTyped(tree, text);
  return problem ? { ok: false, problem } : { ok: true, value: text };
}

/** The tree of a text that parses, for those who look at its form. */
export function parseTree(text: string): SyntaxNode {
  return parser.parse(text).topNode;
}

/** The selector at a node of such a tree. */
export function selectorAt(node: SyntaxNode, text: string): Selector | undefined {
  const read = readSelector(node, text);
  return read.ok ? read.value : undefined;
}

/** The names in `by (…)`, quoted or not. */
export function labelNames(modifier: SyntaxNode, text: string): string[] {
  return listedLabels(modifier.getChild("GroupingLabels"), text);
}

/** The names in one such list; none where there is no list. */
export function listedLabels(listed: SyntaxNode | null, text: string): string[] {
  const plain = listed?.getChildren("LabelName").map((node) => textOf(node, text)) ?? [];
  const quoted = listed?.getChildren("QuotedLabelName").map((node) => unquote(textOf(node, text)) ?? "") ?? [];
  return [...plain, ...quoted];
}

/** The value of a string literal. */
export function stringAt(node: SyntaxNode, text: string): string | undefined {
  return node.name === "StringLiteral" ? unquote(textOf(node, text)) : undefined;
}

/** The line with a caret under the mistake, for messages. */
export function pointAt(text: string, at: number): string {
  const before = text.slice(0, at);
  const lineStart = before.lastIndexOf("\n") + 1;
  const line = text.slice(lineStart).split("\n", 1)[0] ?? "";
  return `${line}\n${" ".repeat(at - lineStart)}^`;
}

function firstMistake(tree: Tree, text: string): SyntaxProblem | undefined {
  if (text.trim() === "") return { message: "it is empty", at: 0 };
  const broken = text.search(NOT_UTF8);
  if (broken >= 0) return { message: `PromQL does not read the character at ${broken + 1} (U+FFFD)`, at: broken };
  let at: number | undefined;
  tree.iterate({
    enter: (node) => {
      if (node.type.isError && at === undefined) at = node.from;
    },
  });
  if (at === undefined) return wordAsLabel(tree, text);
  if (at >= text.length) return { message: `it ends too early, at character ${at + 1}`, at };
  return { message: `unexpected ${JSON.stringify(text.charAt(at))} at character ${at + 1}`, at };
}

/** The grammar here takes any word for a label where Prometheus' own does not. */
function wordAsLabel(tree: Tree, text: string): SyntaxProblem | undefined {
  let at: number | undefined;
  tree.iterate({
    enter: (node) => {
      const listed = node.name === "LabelName" && node.matchContext(["GroupingLabels"]);
      if (listed && at === undefined && !isGroupLabel(text.slice(node.from, node.to))) at = node.from;
    },
  });
  return at === undefined ? undefined : { message: `no label can have this name here, at character ${at + 1}`, at };
}

/** The sign for what could not be decoded, and half a character, which is written as that sign. In a string there is `\\ufffd`. */
const NOT_UTF8 = /[\ufffd\ud800-\udfff]/u;

function notASelector(tree: Tree): SyntaxProblem | undefined {
  const node = tree.topNode.firstChild;
  if (node?.name === "VectorSelector" && !tree.topNode.getChild("LineComment")) return undefined;
  return { message: `it is not a plain selector but ${describe(node?.name ?? "")}`, at: 0 };
}

const NODE_WORDS: Readonly<Record<string, string>> = {
  MatrixSelector: "has a range",
  OffsetExpr: "an offset",
  AggregateExpr: "an aggregation",
  BinaryExpr: "an operation",
  FunctionCall: "a function call",
  ParenExpr: "an expression in parentheses",
  NumberDurationLiteral: "a number",
  VectorSelector: "one with a comment",
};

function describe(name: string): string {
  return NODE_WORDS[name] ?? "an expression";
}

function readSelector(node: SyntaxNode, text: string): Parsed<Selector> {
  const matchers: Matcher[] = [];
  const quoted = node.getChild("LabelMatchers")?.getChildren("QuotedLabelName") ?? [];
  const names = [node.getChild("Identifier"), ...quoted].filter((name) => name !== null);
  for (const child of matcherNodes(node)) {
    const matcher = readMatcher(child, text);
    if (!matcher.ok) return matcher;
    matchers.push(matcher.value);
  }
  const named = matchers.filter(({ label, op }) => label === "__name__" && op === "=").length + names.length;
  if (named > 1) return { ok: false, problem: { message: "it names two metrics", at: names[1]?.from ?? node.from } };
  const metric = nameOf(names[0], text);
  if (metric === undefined) return { ok: false, problem: { message: "a string has a bad escape", at: node.from } };
  return { ok: true, value: { node: "selector", metric, matchers } };
}

/** Empty where the selector names none, or does so by a matcher. */
function nameOf(node: SyntaxNode | undefined, text: string): string | undefined {
  const name = textOf(node ?? null, text);
  return node?.name === "QuotedLabelName" ? unquote(name) : name;
}

function matcherNodes(node: SyntaxNode): SyntaxNode[] {
  const list = node.getChild("LabelMatchers");
  if (!list) return [];
  return [...list.getChildren("UnquotedLabelMatcher"), ...list.getChildren("QuotedLabelMatcher")].sort(
    (a, b) => a.from - b.from,
  );
}

function readMatcher(node: SyntaxNode, text: string): Parsed<Matcher> {
  const quoted = node.getChild("QuotedLabelName");
  const label = quoted ? unquote(textOf(quoted, text)) : textOf(node.getChild("LabelName"), text);
  const op = textOf(node.getChild("MatchOp"), text) as MatchOp;
  const literal = node.getChildren("StringLiteral").at(-1) ?? null;
  const value = unquote(textOf(literal, text));
  const at = literal?.from ?? node.from;
  if (label === undefined || value === undefined)
    return { ok: false, problem: { message: "a string has a bad escape", at } };
  const mistake = op.endsWith("~") ? regexMistake(value) : undefined;
  if (mistake) return { ok: false, problem: { message: mistake, at } };
  return { ok: true, value: { label, op, value } };
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  '"': '"',
  "'": "'",
};
const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|([\s\S]?))/g;

/** The value of a Go string literal, or undefined where an escape is unknown. */
function unquote(literal: string): string | undefined {
  const body = literal.slice(1, -1);
  if (literal.startsWith("`")) return body;
  let valid = true;
  const value = body.replace(ESCAPE, (_all, x, u, long, octal, simple) => {
    const code = octal === undefined ? Number.parseInt(x ?? u ?? long, 16) : Number.parseInt(octal, 8);
    const char = Number.isNaN(code) ? ESCAPES[simple] : character(code);
    if (char === undefined) valid = false;
    return char ?? "";
  });
  return valid ? value : undefined;
}

/** Undefined for what is not a character: half of a surrogate pair, or beyond Unicode. */
function character(code: number): string | undefined {
  return code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? undefined : String.fromCodePoint(code);
}
