/**
 * Artifacts: what the emitters produce, as values. `render` is the only place that makes YAML or JSON text.
 */
import { Document, isMap, isNode, isScalar, isSeq, type Pair, Scalar, stringify, visit } from "yaml";
import { seal } from "./seal.ts";

/** A file of the output, relative to the output directory, with `/` between its parts. */
export type Artifact =
  | YamlArtifact
  | JsonArtifact
  | { readonly path: string; readonly format: "text"; readonly value: string };

/** What a file is for: shells name and sort what they deploy by it, and never by its path. */
export interface Identity {
  readonly kind:
    | "rules"
    | "tests"
    | "routes"
    | "template"
    | "route-tests"
    | "dashboard"
    | "runbook"
    /** Of a cluster. */
    | "object";
  /** The service that it belongs to; none where it belongs to all of them. */
  readonly service?: string;
  /** What tells it from others of its kind and service, such as the SLO of a runbook. Empty where there is only one. */
  readonly name: string;
}

/** A file that a target made. */
export type Emitted = Artifact & Identity;

/** JSON knows no comments: what it says of itself is its first property, `firebreak`. */
interface JsonArtifact {
  readonly path: string;
  readonly format: "json";
  readonly value: unknown;
  readonly header?: string;
}

/** YAML with its comments. */
export interface YamlArtifact {
  readonly path: string;
  readonly format: "yaml";
  readonly value: unknown;
  /** Stands above everything. */
  readonly header?: string;
  /** Text above the nodes at these paths, each behind an empty line. */
  readonly comments?: readonly Comment[];
  /** Keys whose maps stand on one line, where they fit; maps of a list under such a key do so whatever their length. */
  readonly inline?: readonly string[];
  /** Keys of lists whose items stand apart from each other. */
  readonly apart?: readonly string[];
}

export interface Comment {
  readonly at: readonly (string | number)[];
  readonly text: string;
}

/** The exact bytes of an artifact, ending in one newline. A head that says "Made by firebreak" gets the sum of the rest. */
export function render(artifact: Artifact): string {
  return seal(print(artifact));
}

/** JSON that no person reads, on one line: an object holds it, and half of it would be space. */
export function renderCompact({ value }: Artifact): string {
  return JSON.stringify(value);
}

function print(artifact: Artifact): string {
  switch (artifact.format) {
    case "yaml":
      return comment(artifact.header) + renderYaml(artifact);
    case "json":
      return `${JSON.stringify(withHeader(artifact), null, 2)}\n`;
    case "text":
      return artifact.value.endsWith("\n") ? artifact.value : `${artifact.value}\n`;
  }
}

function withHeader({ value, header }: JsonArtifact): unknown {
  return header === undefined ? value : { firebreak: header, ...(value as object) };
}

function renderYaml({ value, comments = [], inline = [], apart = [] }: YamlArtifact): string {
  const document = new Document(value, { aliasDuplicateObjects: false, version: "1.1" });
  visit(document, {
    Scalar: (_key, node, path) => styleText(node, path.some(isInline)),
    Pair: (_key, pair) => arrange(pair, inline, apart),
  });
  for (const { at, text } of comments) putAbove(document, at, text);
  return document.toString({ lineWidth: 0 }).replaceAll(UNSEEN, escaped);
}

function escaped(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** A longer map stands on lines of its own: with its key and what it is indented by it would be over 160. */
const INLINE_UP_TO = 144;

function arrange(pair: Pair, inline: readonly string[], apart: readonly string[]): void {
  putInline(pair, inline);
  if (!isSeq(pair.value) || !isScalar(pair.key) || !apart.includes(String(pair.key.value))) return;
  for (const item of pair.value.items.slice(1)) if (isNode(item)) item.spaceBefore = true;
}

function putInline({ key, value }: Pair, keys: readonly string[]): void {
  if (!isScalar(key) || !keys.includes(String(key.value))) return;
  if (isSeq(value)) for (const item of value.items) if (isMap(item)) item.flow = true;
  if (!isMap(value)) return;
  const entries = Object.entries(value.toJSON() as object).map(
    ([name, text]) => `${name}: ${stringify(text).trimEnd()}`,
  );
  value.flow = `{ ${entries.join(", ")} }`.length <= INLINE_UP_TO;
}

function isInline(node: unknown): boolean {
  return isMap(node) && node.flow === true;
}

function putAbove(document: Document, at: Comment["at"], text: string): void {
  const node = document.getIn(at, true);
  if (!isNode(node)) return;
  node.commentBefore = commentLines(text)
    .map((line) => ` ${line}`)
    .join("\n");
  node.spaceBefore = at.at(-1) !== 0;
}

/** Only a line feed ends a line of a comment: what else a reader takes for one, or refuses, is shown as its escape. */
function commentLines(text: string): string[] {
  return text.replaceAll(HALF_PAIR, "\ufffd").replaceAll(UNSEEN, escaped).replaceAll(CONTROL, escaped).split("\n");
}

/** Multi-line text reads as a block; everything else stays on its line. */
function styleText(node: unknown, inline: boolean): void {
  if (!isScalar(node) || typeof node.value !== "string") return;
  node.value = node.value.replaceAll(HALF_PAIR, "\ufffd");
  const quoted = inline ? [...QUOTED, NOT_INLINE] : QUOTED;
  if (quoted.some((pattern) => pattern.test(node.value as string))) node.type = Scalar.QUOTE_DOUBLE;
  else if (/\S\n/.test(node.value as string)) node.type = Scalar.BLOCK_LITERAL;
}

/** What other readers of YAML take for a line break or refuse, and our printer leaves as it is: escaped in double quotes. */
const UNSEEN = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;
const UNSEEN_ANYWHERE = new RegExp(UNSEEN.source);

const CONTROL = /(?![\t\n])\p{Cc}/gu;

/** A number in YAML 1.2, and not in the 1.1 that we print. */
const OCTAL = /^[-+]?0o[0-7]+$/;

/** A tab that begins a line of a block would be taken for its indentation. */
const TAB_INDENT = /(?:^|\n) *\t/;

/** In a map on one line Prometheus' reader of YAML takes these for the sign of a key or of a value. */
const NOT_INLINE = /\?|^:/;

const QUOTED = [UNSEEN_ANYWHERE, OCTAL, TAB_INDENT];

/** Half of a surrogate pair is no character: in UTF-8 it cannot be written. */
const HALF_PAIR = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function comment(header: string | undefined): string {
  if (header === undefined) return "";
  return `${commentLines(header)
    .map((line) => `# ${line}`.trimEnd())
    .join("\n")}\n`;
}
