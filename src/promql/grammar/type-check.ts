/** Whether an expression that parses also makes sense: ranges where they belong, and a vector in the end. */
import type { SyntaxNode, Tree } from "@lezer/common";
import { childrenOf, textOf } from "./nodes.ts";
import type { SyntaxProblem } from "./syntax-problem.ts";

/** The commonest mistakes of type: a range where none belongs, or none where one does. Prometheus refuses the rest. */
export function illTyped(tree: Tree, text: string): SyntaxProblem | undefined {
  const top = tree.topNode.firstChild;
  const type = top ? typeOf(top, text) : "vector";
  if (type !== "vector") return { message: `it gives a ${type} and not an instant vector`, at: top?.from ?? 0 };
  let problem: SyntaxProblem | undefined;
  tree.iterate({
    enter: ({ node }) => {
      problem ??= node.name === "FunctionCall" ? wrongArgument(node, text) : undefined;
    },
  });
  return problem;
}

const ON_RANGES =
  /^(rate|increase|irate|delta|idelta|deriv|predict_linear|resets|changes|double_exponential_smoothing|.*_over_time)$/;

function wrongArgument(call: SyntaxNode, text: string): SyntaxProblem | undefined {
  const name = textOf(call.getChild("FunctionIdentifier"), text);
  const types = childrenOf(call.getChild("FunctionCallBody")).map((argument) => typeOf(argument, text));
  const wantsRange = ON_RANGES.test(name);
  if (types.includes("range") === wantsRange) return undefined;
  return { message: wantsRange ? `${name} needs a range, such as [$window]` : `${name} takes no range`, at: call.from };
}

/** What an expression gives. */
function typeOf(node: SyntaxNode, text: string): "vector" | "range" | "scalar" | "string" {
  switch (node.name) {
    case "MatrixSelector":
    case "SubqueryExpr":
      return "range";
    case "NumberDurationLiteral":
      return "scalar";
    case "StringLiteral":
      return "string";
    case "FunctionCall":
      return /^(scalar|time|pi)$/.test(textOf(node.getChild("FunctionIdentifier"), text)) ? "scalar" : "vector";
    case "ParenExpr":
    case "OffsetExpr":
    case "StepInvariantExpr":
      return node.firstChild ? typeOf(node.firstChild, text) : "vector";
    case "BinaryExpr":
      return childrenOf(node).every((side) => !EXPRESSION.test(side.name) || typeOf(side, text) === "scalar")
        ? "scalar"
        : "vector";
    default:
      return "vector";
  }
}

const EXPRESSION = /(Expr|Selector|Literal|Call)$/;
