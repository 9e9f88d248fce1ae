/**
 * Writes artifacts into an output directory that firebreak shares with people.
 * First everything is looked at and compared (`planWrite`), then everything is written (`applyWrite`), or nothing.
 */
import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Artifact, render } from "../../emit/artifact.ts";
import { isSealed } from "../../emit/seal.ts";
import { hasErrors } from "../../issue.ts";
import { type Comparison, compareOutput, type Output, requireSound } from "./compare-output.ts";
import { commitFiles, discardFiles, type NewFile, removeIfEmpty, stageFiles } from "./stage-files.ts";
import { systemCode, UnusablePath } from "./unusable-path.ts";
import { waitingRoom } from "./waiting.ts";
import { withoutInterruption } from "./without-interruption.ts";

export interface WriteRequest extends Omit<Output, "files"> {
  readonly artifacts: readonly Artifact[];
}

/** What writing would do. */
export interface WritePlan extends Comparison {
  readonly output: Output;
}

/**
 * Compares artifacts with what is in the directory. Writes nothing.
 *
 * @throws {UnusablePath} where the directory cannot be read.
 */
export function planWrite({ artifacts, ...output }: WriteRequest): WritePlan {
  const wait = waitingRoom();
  const files = artifacts.map((artifact) => wait(artifact.path, sealedText(artifact))).sort(byPath);
  requireSound(files, output.folders);
  const { directory } = output;
  return usingDirectory({ directory, verb: "read", so: NOTHING }, () => compare({ ...output, files }));
}

/**
 * Does what was planned. Every file is replaced in one step, and only after all of them could be written.
 *
 * @throws {UnusablePath} where the directory cannot be written, or another build goes on writing to it.
 */
export function applyWrite(plan: WritePlan): void {
  withoutInterruption(() => writeUntilSettled(plan));
}

/** Every emitter gives a head: without one no later build would know the file again. */
function sealedText(artifact: Artifact): string {
  const text = render(artifact);
  if (!isSealed(text)) throw new Error(`Unsound artifact: ${artifact.path}`);
  return text;
}

function byPath(a: NewFile, b: NewFile): number {
  return a.path < b.path ? -1 : 1;
}

function compare(output: Output): WritePlan {
  requireDirectory(output.directory);
  return { output, ...compareOutput(output) };
}

function requireDirectory(directory: string): void {
  const stats = statSync(directory, { throwIfNoEntry: false });
  if (stats && !stats.isDirectory())
    throw new UnusablePath(`${directory} is a file, not a directory.`, "Name another directory with --out.");
}

// Of two builds that write at once, the one that ends last sees the other's files and replaces them: no lock, which a
// build that is killed would leave behind.
function writeUntilSettled(plan: WritePlan): void {
  const { directory } = plan.output;
  const again = () => usingDirectory({ directory, verb: "read", so: PARTLY }, () => compare(plan.output));
  let next = plan;
  for (let round = 0; round < ROUNDS; round++) {
    replaceAll(next);
    if (isSettled(again())) return;
    pause(round);
    next = again();
  }
  throw new UnusablePath(
    `Something else writes to ${directory} at the same time, so it may hold files of both.`,
    "Let one build end before the next one, then build again.",
  );
}

const ROUNDS = 6;

/** By chance, and longer each time, so that one of them ends while the other waits. */
function pause(round: number): void {
  const milliseconds = Math.random() * 25 * 2 ** round;
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

function isSettled({ created, changed, deleted, issues }: WritePlan): boolean {
  return created.length + changed.length + deleted.length === 0 && !hasErrors(issues);
}

function replaceAll({ output: { directory }, created, changed, deleted, leftovers }: WritePlan): void {
  const staging = { directory, verb: "write to", so: NOTHING };
  const staged = usingDirectory(staging, () => stageFiles(directory, [...created, ...changed]));
  usingDirectory({ ...staging, so: PARTLY }, () => {
    try {
      commitFiles(staged);
      for (const path of [...deleted, ...leftovers]) deleteFile(directory, path);
    } catch (error) {
      discardFiles(staged);
      throw error;
    }
  });
}

// Folders that are empty then go too: git does not keep them either.
function deleteFile(directory: string, path: string): void {
  rmSync(join(directory, path), { force: true });
  const parents = path.split("/").slice(0, -1);
  const folders = parents.map((_part, index) => join(directory, ...parents.slice(0, index + 1)));
  folders.reverse().every(removeIfEmpty);
}

interface Use {
  readonly directory: string;
  readonly verb: string;
  /** What a failure means for the files. */
  readonly so: string;
}

const NOTHING = "Nothing was written.";
const PARTLY = "Some files may be written: build again.";

function usingDirectory<T>({ directory, verb, so }: Use, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    const reason = REASONS[code] ?? (error as Error).message;
    throw new UnusablePath(
      `Cannot ${verb} ${directory}: ${reason} (${code}). ${so}`,
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
