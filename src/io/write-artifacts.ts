/**
 * Writes artifacts into an output directory that firebreak shares with people.
 * First everything is looked at and compared (`planWrite`), then everything is written (`applyWrite`), or nothing.
 */
import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Artifact, render } from "../emit/artifact.ts";
import { type Issue, issue } from "../issue.ts";
import { type Found, lookAt } from "./look-at.ts";
import { isInside, LIST, type OwnedPaths, printList, readOwnedPaths, sumOf } from "./owned-paths.ts";
import { commitFiles, discardFiles, type NewFile, removeIfEmpty, stageFiles } from "./stage-files.ts";
import { systemCode, UnusablePath } from "./unusable-path.ts";
import { withoutInterruption } from "./without-interruption.ts";

export interface WriteRequest {
  readonly directory: string;
  readonly artifacts: readonly Artifact[];
  /** Paths that are still made, though not by this build: it is partial, and leaves them alone. */
  readonly alsoMade?: readonly string[];
}

/** What writing would do. All paths are relative to the directory and sorted. */
export interface WritePlan {
  readonly directory: string;
  readonly created: readonly NewFile[];
  readonly changed: readonly NewFile[];
  readonly unchanged: readonly string[];
  readonly deleted: readonly string[];
  /** The list of owned paths before the first file is replaced, and after the last; empty where it need not change. */
  readonly lists: { readonly before: readonly NewFile[]; readonly after: readonly NewFile[] };
  /** `foreign-file` and `edited-by-hand`. */
  readonly issues: readonly Issue[];
}

/**
 * Compares artifacts with what is in the directory. Writes nothing.
 *
 * @throws {UnusablePath} where the directory cannot be read.
 */
export function planWrite(request: WriteRequest): WritePlan {
  return usingDirectory(request.directory, "read", () => compare(request));
}

/**
 * Does what was planned. Every file is replaced in one step, and only after all of them could be written.
 *
 * @throws {UnusablePath} where the directory cannot be written.
 */
export function applyWrite(plan: WritePlan): void {
  usingDirectory(plan.directory, "write to", () => withoutInterruption(() => replaceAll(plan)));
}

function compare({ directory, artifacts, alsoMade = [] }: WriteRequest): WritePlan {
  requireDirectory(directory);
  const files = artifacts.map((artifact) => ({ path: artifact.path, text: render(artifact) })).sort(byPath);
  requireSoundPaths(files);
  const made = new Set([...files.map((file) => file.path), ...alsoMade]);
  const owned = readOwnedPaths(directory, [...made]);
  const compared = files.map((file) => compareFile(directory, file, owned));
  const dropped = [...owned.keys()].filter((path) => !made.has(path)).sort();
  const deleted = dropped.filter((path) => lookAt(directory, path).kind === "file");
  const pick = (change: Compared["change"]) =>
    compared.filter((item) => item.change === change).map((item) => item.file);
  return {
    directory,
    created: pick("created"),
    changed: pick("changed"),
    unchanged: pick("unchanged").map((file) => file.path),
    deleted,
    lists: planLists(directory, files, owned, dropped),
    issues: [
      ...listIssues(directory),
      ...compared.flatMap((item) => item.issues),
      ...deleted.flatMap((path) => editedIssues(directory, path, owned)),
    ],
  };
}

function byPath(a: NewFile, b: NewFile): number {
  return a.path < b.path ? -1 : 1;
}

function requireDirectory(directory: string): void {
  const stats = statSync(directory, { throwIfNoEntry: false });
  if (stats && !stats.isDirectory())
    throw new UnusablePath(`${directory} is a file, not a directory.`, "Name another directory with --out.");
}

// Paths come from ids that were validated: anything else is a bug of ours, and must never reach a disk.
function requireSoundPaths(files: readonly NewFile[]): void {
  const paths = files.map((file) => file.path);
  const unsound = paths.find((path, index) => !isInside(path) || path === paths[index - 1]);
  if (unsound !== undefined) throw new Error(`Unsound artifact path: ${unsound}`);
}

interface Compared {
  readonly file: NewFile;
  readonly change: "created" | "changed" | "unchanged" | "refused";
  readonly issues: readonly Issue[];
}

function compareFile(directory: string, file: NewFile, owned: OwnedPaths): Compared {
  const found = lookAt(directory, file.path);
  if (found.kind === "nothing") return { file, change: "created", issues: [] };
  // The same bytes are ours, whoever put them there.
  if (found.kind === "file" && found.content.equals(Buffer.from(file.text)))
    return { file, change: "unchanged", issues: [] };
  if (found.kind === "file" && owned.has(file.path))
    return { file, change: "changed", issues: editedIssues(directory, file.path, owned) };
  return { file, change: "refused", issues: [foreignFile(directory, file.path, found)] };
}

function foreignFile(directory: string, path: string, found: Found): Issue {
  const place = join(directory, found.kind === "blocked" ? found.at : path);
  const what = found.kind === "blocked" ? found.what : `a ${found.kind}`;
  const message = `${what} that firebreak did not make is in the way. Nothing was written.`;
  return issue("foreign-file", [place], message, "Move it, delete it, or build into another directory with --out.");
}

function editedIssues(directory: string, path: string, owned: OwnedPaths): Issue[] {
  const found = lookAt(directory, path);
  const sum = owned.get(path);
  if (found.kind !== "file" || sum === undefined || sum === sumOf(found.content)) return [];
  const message = "it was changed since firebreak wrote it; a build takes that back.";
  return [
    issue(
      "edited-by-hand",
      [join(directory, path)],
      message,
      "Make the change in the declarations; `git diff` shows what was edited.",
    ),
  ];
}

function listIssues(directory: string): Issue[] {
  const found = lookAt(directory, LIST);
  return found.kind === "nothing" || found.kind === "file" ? [] : [foreignFile(directory, LIST, found)];
}

// A build that stops in between must not leave files that the next one takes for somebody else's.
function planLists(
  directory: string,
  files: readonly NewFile[],
  owned: OwnedPaths,
  dropped: readonly string[],
): WritePlan["lists"] {
  const now = files.map(({ path, text }): [string, string] => [path, sumOf(text)]);
  const after = new Map([...owned, ...now]);
  for (const path of dropped) after.delete(path);
  const before = files.some(({ path }) => !owned.has(path)) ? [listFile(new Map([...now, ...owned]))] : [];
  return { before, after: isWritten(directory, listFile(after)) && before.length === 0 ? [] : [listFile(after)] };
}

function listFile(owned: OwnedPaths): NewFile {
  return { path: LIST, text: printList(owned) };
}

function isWritten(directory: string, { path, text }: NewFile): boolean {
  const found = lookAt(directory, path);
  return found.kind === "file" && found.content.equals(Buffer.from(text));
}

function replaceAll({ directory, lists, created, changed, deleted }: WritePlan): void {
  const first = [...lists.before, ...created, ...changed];
  const staged = stageFiles(directory, [...first, ...lists.after]);
  try {
    commitFiles(staged.slice(0, first.length));
    for (const path of deleted) deleteFile(directory, path);
    commitFiles(staged.slice(first.length));
  } catch (error) {
    discardFiles(staged);
    throw error;
  }
}

// Folders that are empty then go too: git does not keep them either.
function deleteFile(directory: string, path: string): void {
  rmSync(join(directory, path), { force: true });
  const parents = path.split("/").slice(0, -1);
  const folders = parents.map((_part, index) => join(directory, ...parents.slice(0, index + 1)));
  folders.reverse().every(removeIfEmpty);
}

function usingDirectory<T>(directory: string, verb: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    const reason = REASONS[code] ?? (error as Error).message;
    throw new UnusablePath(
      `Cannot ${verb} ${directory}: ${reason} (${code}). Nothing was written.`,
      "Name another directory with --out.",
      error,
    );
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "not permitted",
  EROFS: "the file system is read-only",
  ENOTDIR: "a part of its path is a file",
  ENOENT: "it cannot be created",
  ENOSPC: "no space is left",
};
