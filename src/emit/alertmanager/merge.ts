/**
 * Puts firebreak's routes, receivers and rules into an Alertmanager configuration that exists. They stand between two
 * comments; everything outside these stays as it is, byte for byte. What was put there before is replaced.
 */
import { isMap, isSeq, type LineCounter, LineCounter as Lines, type ParsedNode, type YAMLMap } from "yaml";
import { type Issue, issue } from "../../issue.ts";
import type { Matcher } from "../../promql/ast.ts";
import { render } from "../artifact.ts";
import type { AlertmanagerConfig } from "./config.ts";
import { parseForeign, routeless, unreadable } from "./foreign-yaml.ts";
import { clashesWith, type Lists, ownLists } from "./own-lists.ts";

/** How many items of a list are firebreak's, and how many of others. */
export interface ItemCount {
  readonly list: string;
  readonly ours: number;
  readonly theirs: number;
}

interface Whole {
  readonly text: string;
  readonly items: readonly ItemCount[];
  readonly issues: readonly [];
}

/** The new text with what is in it, or why there is none. */
type Merged = Whole | { readonly issues: readonly Issue[] };

/** @param file - What the text is called in issues. */
export function mergeInto(text: string, config: AlertmanagerConfig<Matcher>, file: string): Merged {
  // A mark of the byte order is read only where it is the first character: nothing may come to stand before it.
  if (!text.startsWith(BYTE_ORDER_MARK)) return mergeBehindMark(text, config, file);
  const merged = mergeBehindMark(text.slice(1), config, file);
  return "text" in merged ? { ...merged, text: BYTE_ORDER_MARK + merged.text } : merged;
}

const BYTE_ORDER_MARK = "\ufeff";

function mergeBehindMark(text: string, config: AlertmanagerConfig<Matcher>, file: string): Merged {
  if (text.startsWith(OURS)) return { issues: [refused(file, [], "firebreak has made all of it", OURS_HINT)] };
  const foreign = withoutOurs(text);
  if (foreign === undefined)
    return { issues: [refused(file, [], "a block of firebreak's begins and does not end", END_HINT)] };
  const lines = new Lines();
  const document = parseForeign(foreign, lines);
  const broken = unreadable(document);
  if (broken) return { issues: [refused(file, [], broken.fact, broken.hint)] };
  const theirs: unknown = document.toJS();
  const root: unknown = document.contents;
  const route = isMap(root) ? root.get("route", true) : undefined;
  if (!isBlockMap(root) || !isBlockMap(route)) {
    const { fact, hint } = routeless(theirs);
    return { issues: [refused(file, ["route"], fact, hint)] };
  }
  const lists = ownLists(config);
  const issues = [...clashesWith(theirs, lists, file), ...placesRefused(root, route, file)];
  if (issues.length > 0) return { issues };
  const merged = inserted(foreign, blocksOf(lists, { root, route, text: foreign, lines }));
  if (!isComplete(merged, theirs, lists))
    return { issues: [refused(file, [], "it is written in a way that leaves no line for more", LINES_HINT)] };
  return { text: merged, items: itemCounts(theirs, lists), issues: [] };
}

const BEGIN = "# firebreak: begin (made by firebreak merge, which replaces it)";
const END = "# firebreak: end";
const OURS = "# Made by firebreak";
const OURS_HINT = "Name the configuration of others that it is to join; this one is whole.";
const LINES_HINT = "Write every key at the beginning of a line of its own, with its colon behind it.";
const END_HINT = `Add the line "${END}" after it, or delete the block.`;

/** The text as it was before; undefined where a block has no end. */
export function withoutOurs(text: string): string | undefined {
  let inside = false;
  const kept = text.split(/(?<=\n)/).filter((line) => {
    const mark = line.trim();
    if (mark === BEGIN) inside = true;
    const keep = !inside;
    if (mark === END) inside = false;
    return keep;
  });
  return inside ? undefined : kept.join("");
}

/** Where, and which list under which key. */
const PLACES = ["routes", "receivers", "inhibit_rules", "time_intervals", "templates"] as const;

interface Foreign {
  readonly root: YAMLMap.Parsed;
  readonly route: YAMLMap.Parsed;
  readonly text: string;
  readonly lines: LineCounter;
}

interface Block {
  /** At the beginning of a line. */
  readonly offset: number;
  readonly text: string;
}

function isBlockMap(node: unknown): node is YAMLMap.Parsed {
  return isMap(node) && !node.flow && node.items.length > 0;
}

/** A list in brackets, or a key without a list, has no line for ours. */
function placesRefused(root: YAMLMap.Parsed, route: YAMLMap.Parsed, file: string): Issue[] {
  return PLACES.flatMap((key) => {
    const node = (key === "routes" ? route : root).get(key, true) as ParsedNode | undefined;
    if (node === undefined || (isSeq(node) && !node.flow)) return [];
    const hint = `Write its items on lines of their own, or remove ${key} where it has none.`;
    return [refused(file, [key], `${key} is not a list with a line for each item`, hint)];
  });
}

function blocksOf(lists: Lists, foreign: Foreign): Block[] {
  return PLACES.flatMap((key) => {
    const items = lists[key];
    return items.length === 0 ? [] : [blockOf(key, items, foreign)];
  });
}

/** Before the first item of the list and the comments above it; where there is none, as a list before the first key of its map. */
function blockOf(
  key: (typeof PLACES)[number],
  items: readonly unknown[],
  { root, route, text, lines }: Foreign,
): Block {
  const map = key === "routes" ? route : root;
  const list = map.get(key, true) as ParsedNode | undefined;
  const at = list === undefined ? (map.items[0]?.key?.range[0] ?? 0) : (list.range?.[0] ?? 0);
  const { col } = lines.linePos(at);
  const value = list === undefined ? { [key]: items } : items;
  const body = [BEGIN, ...render({ path: "", format: "yaml", value }).trimEnd().split("\n"), END];
  const end = text.includes("\r\n") ? "\r\n" : "\n";
  const line = at - (col - 1);
  // What stands above the first key of all is about the file, not about that key.
  const offset = list === undefined && map === root ? line : aboveComments(text, line);
  return { offset, text: body.map((line) => `${" ".repeat(col - 1)}${line}${end}`).join("") };
}

/** Lines of comments right above a line belong to it. */
function aboveComments(text: string, line: number): number {
  const [comments = ""] = /(?:(?<=^|\n)[ \t]*#[^\n]*\n)*$/.exec(text.slice(0, line)) ?? [];
  return line - comments.length;
}

/** From the last place to the first, so that offsets stay. */
function inserted(text: string, blocks: readonly Block[]): string {
  const ordered = [...blocks].reverse().sort((a, b) => b.offset - a.offset);
  return ordered.reduce((all, { offset, text: block }) => all.slice(0, offset) + block + all.slice(offset), text);
}

/** Whether what was written reads back as theirs and ours: YAML has more forms than are thought of here. */
function isComplete(text: string, theirs: unknown, lists: Lists): boolean {
  const document = parseForeign(text);
  if (document.errors.length > 0) return false;
  const all: unknown = document.toJS();
  return PLACES.every((key) => itemsIn(all, key) === itemsIn(theirs, key) + lists[key].length);
}

function itemCounts(theirs: unknown, lists: Lists): ItemCount[] {
  return PLACES.map((list) => ({ list, ours: lists[list].length, theirs: itemsIn(theirs, list) }));
}

function itemsIn(configuration: unknown, key: (typeof PLACES)[number]): number {
  const { route, ...others } = configuration as { readonly route?: object };
  const list = (key === "routes" ? route : others) as Readonly<Record<string, unknown>> | undefined;
  const items = list?.[key];
  return Array.isArray(items) ? items.length : 0;
}

function refused(file: string, path: readonly string[], fact: string, hint: string): Issue {
  return issue("bad-value", [file, ...path], `${fact}.`, hint);
}
