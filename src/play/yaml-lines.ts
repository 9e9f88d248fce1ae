/**
 * Parts of a YAML file, taken out by its lines: promtool reads what is left exactly as it stands in the file, and names
 * the same lines in what it says. Only plain block style is understood; of anything else nothing is taken.
 */
import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  parseDocument,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";

export interface Yaml {
  readonly lines: readonly string[];
  /** The outermost map. */
  readonly root: YAMLMap;
  /** Number of the line, from 0, that a character is in. */
  readonly lineAt: (offset: number) => number;
}

/** From the first line to the one before `to`. */
export interface Lines {
  readonly from: number;
  readonly to: number;
}

/** Every scalar is text, as it is written. Undefined where it is no map in block style, or its lines may not be its parts. */
export function readYaml(text: string): Yaml | undefined {
  if (OTHER_BREAKS.test(text)) return undefined;
  const document = parseDocument(text, { schema: "failsafe", keepSourceTokens: true });
  const root = document.contents;
  if (document.errors.length + document.warnings.length > 0 || !isBlockMap(root) || isShared(root)) return undefined;
  return { lines: text.split("\n"), root, lineAt: lineFinder(text) };
}

/** Characters that end a line for one reader and not for another. */
const OTHER_BREAKS = /\r(?!\n)|[\u0085\u2028\u2029]/;

export function isBlockMap(node: unknown): node is YAMLMap {
  return isMap(node) && node.flow !== true;
}

export function isBlockSeq(node: unknown): node is YAMLSeq {
  return isSeq(node) && node.flow !== true;
}

/** Whether a part says what another one is. */
function isShared(root: Node): boolean {
  let found = false;
  visit(root, (_key, node) => {
    if (isAlias(node) || (isNode(node) && "anchor" in node && node.anchor !== undefined)) found = true;
  });
  return found;
}

function lineFinder(text: string): Yaml["lineAt"] {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  return (offset) => {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low;
  };
}

/** The lines of an item of a list in block style, its dash included. */
export function linesOfItem({ lineAt }: Yaml, list: YAMLSeq, index: number): Lines {
  const token = list.srcToken;
  const item = token?.type === "block-seq" ? token.items[index] : undefined;
  const dash = item?.start.find(({ type }) => type === "seq-item-ind");
  const node = list.items[index] as Node | null;
  const [start, end] = node?.range ?? [0, 0];
  return { from: lineAt(dash?.offset ?? start), to: lineAt(Math.max(start, end - 1)) + 1 };
}

/** The lines of a key and its value; undefined where the map has no such key. */
export function linesOfPair({ lineAt }: Yaml, map: YAMLMap, name: string): Lines | undefined {
  const pair = map.items.find(({ key }) => isScalar(key) && key.value === name);
  if (!pair || !isNode(pair.key)) return undefined;
  const { range: key } = pair.key;
  const range = isNode(pair.value) ? pair.value.range : undefined;
  return { from: lineAt(key?.[0] ?? 0), to: lineAt(Math.max(key?.[0] ?? 0, (range?.[1] ?? key?.[1] ?? 0) - 1)) + 1 };
}

/** The lines below a key, as far as its value goes. */
export function linesBelow(yaml: Yaml, map: YAMLMap, name: string): Lines {
  const { from, to } = linesOfPair(yaml, map, name) ?? { from: 0, to: 1 };
  return { from: from + 1, to };
}

/** What is left between parts of some lines, in any order. */
export function gaps({ from, to }: Lines, parts: readonly Lines[]): Lines[] {
  const sorted = [...parts].sort((one, other) => one.from - other.from);
  const edges = [{ from, to: from }, ...sorted, { from: to, to }];
  return edges
    .slice(1)
    .map((next, index) => ({ from: edges[index]?.to ?? from, to: next.from }))
    .filter((gap) => gap.from < gap.to);
}

/** The text with comments for these lines; a comment also ends whatever text stands above it. */
export function without(lines: readonly string[], taken: readonly Lines[]): string[] {
  const left = [...lines];
  for (const { from, to } of taken) left.fill("#", from, to);
  return left;
}
