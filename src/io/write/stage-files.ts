/**
 * Replaces files in one step each: new content is written beside the old, under a temporary name, and renamed over it.
 * Everything is staged before the first rename, so that a full disk or a missing right changes nothing.
 */
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

/** A file to be, relative to its directory. */
export interface NewFile {
  readonly path: string;
  /** Read no more often than is needed: it may be made each time. */
  readonly bytes: Buffer;
}

/** A file that waits under its temporary name. */
export interface StagedFile {
  readonly temporary: string;
  readonly target: string;
  /** The outermost folder that was made for it. */
  readonly madeFolder: string | undefined;
}

/** Writes all files under temporary names, or none. */
export function stageFiles(directory: string, files: readonly NewFile[]): StagedFile[] {
  const staged: StagedFile[] = [];
  try {
    for (const { path, bytes } of files) {
      const target = join(resolve(directory), path);
      const temporary = join(dirname(target), `.firebreak-${process.pid}-${randomUUID()}.tmp`);
      staged.push({ temporary, target, madeFolder: makeFolder(dirname(target)) });
      // `wx` neither follows a link nor overwrites anything.
      writeFileSync(temporary, bytes, { flag: "wx" });
    }
  } catch (error) {
    discardFiles(staged);
    throw error;
  }
  return staged;
}

/** Puts staged files in their places, in order. */
export function commitFiles(staged: readonly StagedFile[]): void {
  for (const { temporary, target } of staged) renameSync(temporary, target);
}

/** Takes back what was staged and not committed, with the folders that were made for it. */
export function discardFiles(staged: readonly StagedFile[]): void {
  // `force` forgives a file that is missing, but not a folder that turned out to be none.
  for (const { temporary } of staged) if (existsSync(temporary)) rmSync(temporary);
  for (const file of staged.toReversed()) removeFolders(file);
}

/**
 * Whether a path is a temporary file of a build that was killed. In a container every build may have the same number:
 * what this process has staged is not there yet when it looks.
 */
export function isLeftover(path: string): boolean {
  const pid = /^\.firebreak-(\d+)-[\da-f-]+\.tmp$/.exec(basename(path))?.[1];
  return pid !== undefined && (Number(pid) === process.pid || !isRunning(Number(pid)));
}

/** Removes a folder if nothing is in it, and says whether it did. */
export function removeIfEmpty(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

// Not `recursive`: where the system refuses with ENOENT, as below /proc, Node 24 would try for ever.
function makeFolder(folder: string): string | undefined {
  if (existsSync(folder)) return undefined;
  const madeParent = makeFolder(dirname(folder));
  mkdirSync(folder);
  return madeParent ?? folder;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function removeFolders({ target, madeFolder }: StagedFile): void {
  if (madeFolder === undefined) return;
  for (let folder = dirname(target); folder.length >= madeFolder.length && removeIfEmpty(folder); )
    folder = dirname(folder);
}
