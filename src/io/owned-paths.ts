/**
 * Which files of an output directory are firebreak's own: `.firebreak` lists them with their SHA-256,
 * one a line, sorted by path, in the form that `sha256sum --check .firebreak` reads.
 * The sum tells a file that somebody edited from one that an older build wrote.
 */
import { hash } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { lookAt } from "./look-at.ts";

export const LIST = ".firebreak";

/** Path to the SHA-256 of what was written there. */
export type OwnedPaths = ReadonlyMap<string, string>;

/** The list as text. */
export function printList(owned: OwnedPaths): string {
  const lines = [...owned].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, sum]) => `${sum}  ${path}\n`);
  return `# Made by firebreak. These files are its own: it overwrites them, and deletes what is no longer made.\n${lines.join("")}`;
}

/** SHA-256 in hexadecimal. */
export function sumOf(content: string | Buffer): string {
  return hash("sha256", content);
}

/**
 * What is owned in the directory. Without a list, the files that say themselves that firebreak made them.
 *
 * @param made - Paths that are made now: a lost list is rebuilt from the folders they are in, and from nowhere else.
 */
export function readOwnedPaths(directory: string, made: readonly string[]): OwnedPaths {
  const list = lookAt(directory, LIST);
  return list.kind === "file" ? parseList(list.content.toString("utf8")) : recognise(directory, made);
}

/** Whether the path stays in the directory: relative, with `/` between its parts, none of them `..`. */
export function isInside(path: string): boolean {
  return (
    path !== LIST &&
    !path.includes("\\") &&
    path.split("/").every((part) => part !== "" && part !== "." && part !== "..")
  );
}

// A list may have been merged by hand: what is no line of ours, or points elsewhere, is nobody's.
function parseList(text: string): OwnedPaths {
  const lines = text.split("\n").map((line) => /^([0-9a-f]{64}) {2}(.+)$/.exec(line.trimEnd()));
  return new Map(
    lines.flatMap((match) => (match?.[1] && match[2] && isInside(match[2]) ? [[match[2], match[1]]] : [])),
  );
}

// Nobody can say any more whether such a file was edited: its sum is that of what is there.
function recognise(directory: string, made: readonly string[]): OwnedPaths {
  const folders = new Set(made.filter((path) => path.includes("/")).map((path) => path.slice(0, path.indexOf("/"))));
  const files = [...folders].flatMap((folder) => filesBelow(directory, folder));
  const candidates = [...files, ...made.filter((path) => !path.includes("/"))];
  return new Map(candidates.flatMap((path) => recogniseFile(directory, path)));
}

function recogniseFile(directory: string, path: string): [string, string][] {
  const found = lookAt(directory, path);
  return found.kind === "file" && saysSo(path, found.content.toString("utf8")) ? [[path, sumOf(found.content)]] : [];
}

function filesBelow(directory: string, folder: string): string[] {
  if (lookAt(directory, folder).kind !== "directory") return [];
  const entries = readdirSync(join(directory, folder), { withFileTypes: true });
  return entries.flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(directory, path) : entry.isFile() ? [path] : [];
  });
}

// A comment near the top; JSON has none, so dashboards carry a tag.
function saysSo(path: string, text: string): boolean {
  return path.endsWith(".json") ? hasTag(text) : /^\W*Made by firebreak\b/m.test(text.slice(0, HEAD_LENGTH));
}

const HEAD_LENGTH = 500;

function hasTag(text: string): boolean {
  try {
    const value = JSON.parse(text) as { tags?: unknown } | null;
    return Array.isArray(value?.tags) && value.tags.includes("firebreak");
  } catch {
    return false;
  }
}
