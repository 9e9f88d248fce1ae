/**
 * Values as YAML 1.1, the version that Prometheus' and Kubernetes' readers know. It prints what firebreak makes, plain data,
 * a good deal faster than a library that keeps every node; reading is the library's.
 */
import { isRecord } from "../../parse/read/plain-data.ts";
import { brokenMap, isBreakable, wrapped } from "./broken-map.ts";
import { commentLines, printText } from "./text.ts";

/** How a document is laid out. */
export interface YamlStyle {
  /** Text above the items of lists at these paths, each behind an empty line. */
  readonly comments?: readonly Comment[];
  /** Keys whose maps stand on one line, where they fit; maps of a list under such a key do so whatever their length. */
  readonly inline?: readonly string[];
  /** Keys of lists whose items stand apart from each other. */
  readonly apart?: readonly string[];
  /** Characters of a line of `inline` lists: longer maps are broken. Default: as long as they are. */
  readonly width?: number;
}

export interface Comment {
  readonly at: readonly (string | number)[];
  readonly text: string;
}

/** The document, ending in one newline. What is undefined is left out of a map. */
export function printYaml(value: unknown, style: YamlStyle = {}): string {
  const { comments = [], inline = [], apart = [], width = Number.POSITIVE_INFINITY } = style;
  const above = new Map(comments.map(({ at, text }) => [at.join(STEP), text]));
  return `${block(value, { indent: "", path: "", key: "" }, { above, inline, apart, width })}\n`;
}

interface Layout {
  readonly above: ReadonlyMap<string, string>;
  readonly inline: readonly string[];
  readonly apart: readonly string[];
  readonly width: number;
}

/** Where a value stands. */
interface Place {
  /** Of its further lines. */
  readonly indent: string;
  readonly path: string;
  /** The key that it is the value of; its list's, for an item. */
  readonly key: string;
}

/** Between the steps of a path; no path has it in a step. */
const STEP = "\u0000";

function block(value: unknown, place: Place, layout: Layout): string {
  if (Array.isArray(value)) return value.length === 0 ? "[]" : list(value, place, layout);
  if (!isRecord(value)) return scalar(value, place, layout);
  const entries = entriesOf(value);
  if (entries.length === 0) return "{}";
  return entries.map(([key, item]) => pair(key, item, place, layout)).join(`\n${place.indent}`);
}

function list(items: readonly unknown[], place: Place, layout: Layout): string {
  const inline = layout.inline.includes(place.key);
  return items
    .map((item, index) => {
      const path = place.path + index;
      const above = layout.above.get(path);
      const spaced = above !== undefined || layout.apart.includes(place.key);
      const text =
        inline && isRecord(item) ? flowItem(item, place, layout) : block(item, itemPlace(place, path), layout);
      return `${lineStart(index, spaced, place)}${comment(above, place)}- ${text}`;
    })
    .join("");
}

/** Behind its indentation and its dash. */
function flowItem(item: Readonly<Record<string, unknown>>, { indent }: Place, { width }: Layout): string {
  const line = flow(item);
  if (indent.length + 2 + line.length <= width || entriesOf(item).length === 0) return line;
  const key = (name: string): string => printText(name, INLINE_KEY);
  const entries = (value: unknown) => (isRecord(value) ? entriesOf(value) : undefined);
  return brokenMap(entriesOf(item), entries, { width, indent, flow, key });
}

function itemPlace({ indent }: Place, path: string): Place {
  return { indent: `${indent}  `, path: path + STEP, key: "" };
}

/** The first item begins where its list does. */
function lineStart(index: number, spaced: boolean, { indent }: Place): string {
  if (index === 0) return "";
  return spaced ? `\n\n${indent}` : `\n${indent}`;
}

function comment(text: string | undefined, { indent }: Place): string {
  if (text === undefined) return "";
  return commentLines(text)
    .map((line) => `${line === "" ? "#" : `# ${line}`}\n${indent}`)
    .join("");
}

function pair(key: string, value: unknown, { indent, path }: Place, layout: Layout): string {
  const name = keyText(key, indent);
  const place = { indent: `${indent}  `, path: path + key + STEP, key };
  if (!isFilled(value)) return `${name} ${block(value, place, layout)}`;
  if (layout.inline.includes(key) && !Array.isArray(value)) {
    const line = flow(value);
    if (line.length <= INLINE_UP_TO) return `${name} ${line}`;
  }
  return `${name}\n${place.indent}${block(value, place, layout)}`;
}

/** With its colon. A reader looks no further than 1,024 characters for one, if nothing shows that there is a key. */
function keyText(key: string, indent: string): string {
  const name = printText(key, { inline: false, key: true, indent });
  return name.length > 1024 ? `? ${name}\n${indent}:` : `${name}:`;
}

/** A longer map stands on lines of its own: with its key and what it is indented by it would be over 160. */
const INLINE_UP_TO = 144;

/** On one line, whatever its length. */
function flow(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "[]" : `[ ${value.map(flow).join(", ")} ]`;
  if (!isRecord(value)) return typeof value === "string" ? printText(value, INLINE) : plainScalar(value);
  const entries = entriesOf(value).map(([key, item]) => `${printText(key, INLINE_KEY)}: ${flow(item)}`);
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

const INLINE = { inline: true, key: false, indent: "" };
const INLINE_KEY = { ...INLINE, key: true };

function scalar(value: unknown, { indent }: Place, layout: Layout): string {
  if (typeof value !== "string") return plainScalar(value);
  if (indent !== "" && layout.width !== Number.POSITIVE_INFINITY) {
    const line = printText(value, INLINE);
    if (indent.length + line.length > layout.width && isBreakable(value, line))
      return wrapped(line, indent, layout.width);
  }
  // The empty line above what follows would be taken for one more of the text.
  const inline = value.endsWith("\n\n") && (layout.above.size > 0 || layout.apart.length > 0);
  return printText(value, { inline, key: false, indent });
}

function plainScalar(value: unknown): string {
  return typeof value === "number" ? printNumber(value) : String(value ?? null);
}

function printNumber(value: number): string {
  if (Number.isFinite(value)) return Object.is(value, -0) ? "-0" : String(value);
  return Number.isNaN(value) ? ".nan" : value > 0 ? ".inf" : "-.inf";
}

/** Lists and maps that have anything in them begin on a line of their own. */
function isFilled(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return isRecord(value) && Object.values(value).some((item) => item !== undefined);
}

function entriesOf(map: Readonly<Record<string, unknown>>): [string, unknown][] {
  const all = Object.entries(map);
  return all.some(([, value]) => value === undefined) ? all.filter(([, value]) => value !== undefined) : all;
}
