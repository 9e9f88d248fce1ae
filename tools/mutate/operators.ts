/** What a mutant changes: one comparison, operator, number, word, condition, element or call. */
import ts from "typescript";

/** A piece of a file, and what stands there instead. Types may refuse it. */
export interface Change {
  readonly start: number;
  readonly end: number;
  readonly to: string;
}

/** All changes of one node, without those of the nodes within. */
export function changesOf(node: ts.Node, file: ts.SourceFile): Change[] {
  if (ts.isBinaryExpression(node)) return operator(node, file);
  if (ts.isNumericLiteral(node)) return numbers(node, file);
  if (ts.isStringLiteral(node)) return words(node, file);
  if (ts.isArrayLiteralExpression(node)) return without(node.elements, file);
  if (ts.isObjectLiteralExpression(node)) return without(node.properties, file);
  if (ts.isCallExpression(node)) return calls(node, file);
  if (ts.isConditionalExpression(node)) return [negated(node.condition, file)];
  if (ts.isIfStatement(node)) return [negated(node.expression, file)];
  if (node.kind === ts.SyntaxKind.TrueKeyword) return [instead(node, "false", file)];
  if (node.kind === ts.SyntaxKind.FalseKeyword) return [instead(node, "true", file)];
  return [];
}

const OPERATORS: Readonly<Record<string, readonly string[]>> = {
  "<": ["<=", ">"],
  "<=": ["<", ">"],
  ">": [">=", "<"],
  ">=": [">", "<"],
  "===": ["!=="],
  "!==": ["==="],
  "+": ["-"],
  "-": ["+"],
  "*": ["/"],
  "/": ["*"],
  "%": ["*"],
  "**": ["*"],
  "&&": ["||"],
  "||": ["&&"],
};

function operator({ operatorToken }: ts.BinaryExpression, file: ts.SourceFile): Change[] {
  const others = OPERATORS[operatorToken.getText(file)] ?? [];
  return others.map((other) => instead(operatorToken, other, file));
}

function numbers(node: ts.NumericLiteral, file: ts.SourceFile): Change[] {
  const value = Number(node.text);
  return [...new Set([value + 1, value * 2])]
    .filter((other) => other !== value)
    .map((other) => instead(node, String(other), file));
}

/** Words of PromQL by others of the same grammar. */
const PROMQL: Readonly<Record<string, readonly string[]>> = {
  "<": ["<=", ">"],
  "<=": ["<", ">"],
  ">": [">=", "<"],
  ">=": [">", "<"],
  "==": ["!="],
  "!=": ["=="],
  "=": ["!="],
  "=~": ["!~"],
  "!~": ["=~"],
  "+": ["-"],
  "-": ["+"],
  "*": ["/"],
  "/": ["*"],
  "%": ["*"],
  and: ["or", "unless"],
  or: ["and", "unless"],
  unless: ["and", "or"],
  on: ["ignoring"],
  ignoring: ["on"],
  left: ["right"],
  right: ["left"],
  sum: ["max"],
  max: ["min", "sum"],
  min: ["max"],
  count: ["sum"],
  avg: ["max"],
  group: ["count"],
  sum_over_time: ["max_over_time", "count_over_time"],
  count_over_time: ["sum_over_time"],
  last_over_time: ["max_over_time"],
  max_over_time: ["min_over_time"],
  min_over_time: ["max_over_time"],
  avg_over_time: ["max_over_time"],
  increase: ["rate"],
  rate: ["increase"],
  resets: ["changes"],
  changes: ["resets"],
  clamp_max: ["clamp_min"],
  clamp_min: ["clamp_max"],
};

/** Words of PromQL, times, and names of labels and tiers. Prose is not what is tried here. */
function words(node: ts.StringLiteral, file: ts.SourceFile): Change[] {
  const { text } = node;
  const known = Object.hasOwn(PROMQL, text) ? PROMQL[text] : undefined;
  const others =
    known ?? (/^\d+(ms|[smhdw])$/.test(text) ? [twice(text)] : /^[\w:.-]+$/.test(text) ? [`${text}x`] : []);
  return others.map((other) => instead(node, JSON.stringify(other), file));
}

function twice(duration: string): string {
  return duration.replace(/^\d+/, (digits) => String(2 * Number(digits)));
}

/** One of them less. */
function without(parts: ts.NodeArray<ts.Node>, file: ts.SourceFile): Change[] {
  return parts.map((part, index) => {
    const next = parts[index + 1];
    const previous = parts[index - 1];
    if (next) return { start: part.getStart(file), end: next.getStart(file), to: "" };
    return { start: previous?.end ?? part.getStart(file), end: part.end, to: "" };
  });
}

/** The call gone and one of its arguments, or what it was called on, left in its place; or the last argument gone. */
function calls(node: ts.CallExpression, file: ts.SourceFile): Change[] {
  const { arguments: args, expression } = node;
  const on = ts.isPropertyAccessExpression(expression) ? [expression.expression] : [];
  const inPlace = [...on, ...args.filter((arg) => !ts.isFunctionLike(arg) && !ts.isSpreadElement(arg))];
  return [
    ...inPlace.map((left) => instead(node, left.getText(file), file)),
    ...(args.length > 1 ? without(args, file).slice(-1) : []),
  ];
}

function negated(condition: ts.Expression, file: ts.SourceFile): Change {
  return instead(condition, `!(${condition.getText(file)})`, file);
}

function instead(node: ts.Node, to: string, file: ts.SourceFile): Change {
  return { start: node.getStart(file), end: node.end, to };
}
