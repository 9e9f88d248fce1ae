/** Whatever an expression reads, or that this is not certain: for those who may not overlook anything. */
import type { Selector } from "../ast.ts";
import { textOf } from "../grammar/nodes.ts";
import { parseTree, selectorAt } from "../grammar/parse.ts";

/** Every selector in it; undefined where a part of it is not understood, or reads what it does not name. */
export function allSelectors(text: string): readonly Selector[] | undefined {
  const found: Selector[] = [];
  let isClear = true;
  parseTree(text)
    .cursor()
    .iterate(({ node }) => {
      const selector = node.name === "VectorSelector" ? selectorAt(node, text) : undefined;
      if (selector) found.push(selector);
      // `info()` joins series of `target_info` without naming them.
      const isName = node.name === "FunctionIdentifier" && textOf(node, text) === "info";
      if (node.type.isError || isName || (node.name === "VectorSelector" && !selector)) isClear = false;
    });
  return isClear ? found : undefined;
}
