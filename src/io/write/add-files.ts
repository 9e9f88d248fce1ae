/** Adds files to a folder of a user: all of them or none, and none of the user's is replaced. */
import { chmodSync, statSync } from "node:fs";
import { type Issue, issue } from "../../issue.ts";
import { lookAt } from "./look-at.ts";
import { commitFiles, discardFiles, stageFiles } from "./stage-files.ts";
import { systemCode, UnusablePath } from "./unusable-path.ts";

export interface FileToAdd {
  readonly path: string;
  readonly text: string;
  /**
   * What becomes of one that is there: `keep`: it stays. A function: it becomes what that gives; undefined where it cannot be read.
   * Neither: it is in the way.
   */
  readonly existing?: "keep" | ((text: string) => string | undefined);
}

/** Paths, by what happened. */
export interface Added {
  readonly created: readonly string[];
  /** They were there, and have what was missing. */
  readonly extended: readonly string[];
  /** They were there, and are as they were. */
  readonly kept: readonly string[];
  /** What is in the way; then nothing was written. */
  readonly issues: readonly Issue[];
}

/**
 * Adds them.
 *
 * @throws {UnusablePath} where the folder cannot be written.
 */
export function addFiles(directory: string, files: readonly FileToAdd[]): Added {
  const steps = files.map((file) => stepFor(directory, file));
  const issues = steps.flatMap((step) => (step.kind === "blocked" ? [step.issue] : []));
  if (issues.length > 0) return { created: [], extended: [], kept: [], issues };
  write(
    directory,
    steps.flatMap((step) => (step.kind === "create" || step.kind === "extend" ? [step] : [])),
  );
  const of = (kind: Step["kind"]): string[] => steps.filter((step) => step.kind === kind).map(({ path }) => path);
  return { created: of("create"), extended: of("extend"), kept: of("keep"), issues };
}

type Step = { readonly path: string } & (
  | { readonly kind: "create" | "extend"; readonly text: string }
  | { readonly kind: "keep" }
  | { readonly kind: "blocked"; readonly issue: Issue }
);

function stepFor(directory: string, { path, text, existing }: FileToAdd): Step {
  const found = lookAt(directory, path);
  if (found.kind === "nothing") return { kind: "create", path, text };
  if (existing === "keep") return { kind: "keep", path };
  const what = found.kind === "blocked" ? `${found.what} at ${found.at}` : `a ${found.kind}`;
  if (found.kind !== "file" || existing === undefined) return inTheWay(path, `${what} is in the way`, AWAY);
  const before = found.content.toString("utf8");
  const after = existing(before);
  if (after === undefined) return inTheWay(path, "its content cannot be parsed", "Correct it first.");
  return after === before ? { kind: "keep", path } : { kind: "extend", path, text: after };
}

const AWAY = "Move it away, or begin in another folder: no file of yours is replaced.";

function inTheWay(path: string, fact: string, hint: string): Step {
  return { kind: "blocked", path, issue: issue("foreign-file", [path], `${fact}, and nothing was written.`, hint) };
}

function write(directory: string, texts: readonly FileToAdd[]): void {
  const files = texts.map(({ path, text }) => ({ path, bytes: Buffer.from(text) }));
  try {
    const staged = stageFiles(directory, files);
    try {
      for (const { temporary, target } of staged) keepMode(temporary, target);
      commitFiles(staged);
    } catch (error) {
      discardFiles(staged);
      throw error;
    }
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    throw new UnusablePath(`${directory} cannot be written (${code}).`, "Name a folder that you may write to.", error);
  }
}

/** Of a file that is extended: it stays as private as it was. */
function keepMode(temporary: string, target: string): void {
  const stats = statSync(target, { throwIfNoEntry: false });
  if (stats) chmodSync(temporary, stats.mode & 0o7777);
}
