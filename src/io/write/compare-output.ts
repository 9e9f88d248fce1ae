/** What is to be made against what is there: which files differ, which are ours and go, and which are in the way. */
import { join } from "node:path";
import { readSeal, type Seal, withoutCarriageReturns } from "../../emit/seal.ts";
import { type Issue, issue } from "../../issue.ts";
import { type Found, lookAt } from "./look-at.ts";
import { isAsListed, isInside, LIST, type OldList, readOldList } from "./old-list.ts";
import type { NewFile } from "./stage-files.ts";
import { walkOutput } from "./walk-output.ts";

export interface Output {
  readonly directory: string;
  /** In the order of their paths, see `requireSound`. */
  readonly files: readonly NewFile[];
  /** Folders that builds write, in the directory: what is ours in them and no longer made goes. */
  readonly folders: readonly string[];
  /** Whether a path is of those that this build makes: a partial one leaves the others alone. Default: all are. */
  readonly makes?: (path: string) => boolean;
}

/** What has to happen. All paths are relative to the directory and sorted, but that an old list is deleted last. */
export interface Comparison {
  readonly created: readonly NewFile[];
  readonly changed: readonly NewFile[];
  readonly unchanged: readonly string[];
  readonly deleted: readonly string[];
  /** Temporary files of builds that were killed; they go too. */
  readonly leftovers: readonly string[];
  /** `foreign-file` and `edited-by-hand`. */
  readonly issues: readonly Issue[];
}

export function compareOutput({ directory, files, folders, makes = () => true }: Output): Comparison {
  const list = readOldList(directory);
  const compared = files.map((file) => compareFile(directory, file, list));
  const made = new Set(files.map((file) => file.path));
  const { sealed, leftovers } = walkOutput(directory, folders, made);
  const known = new Set([...sealed, ...(list?.keys() ?? [])]);
  const dropped = [...known].filter((path) => makes(path) && !made.has(path)).sort();
  const is = (seal: Seal) => dropped.filter((path) => sealAt(directory, path, list) === seal);
  const pick = (change: Compared["change"]) => compared.flatMap((item) => (item.change === change ? [item.file] : []));
  return {
    created: pick("created"),
    changed: pick("changed"),
    unchanged: pick("unchanged").map((file) => file.path),
    deleted: [...is("intact"), ...listToDelete(list, makes)],
    leftovers,
    issues: [
      ...compared.flatMap((item) => item.issues),
      ...is("edited").map((path) => editedIssue(directory, path, KEPT)),
    ],
  };
}

/**
 * Paths come from ids that were validated: anything else is a bug of ours, and must never reach a disk.
 *
 * @throws {Error} for files that are out of order, too.
 */
export function requireSound(files: readonly NewFile[], folders: readonly string[]): void {
  const paths = files.map((file) => file.path);
  const isSound = ({ path }: NewFile, index: number) =>
    isInside(path) &&
    (index === 0 || path > (paths[index - 1] as string)) &&
    folders.some((folder) => path.startsWith(`${folder}/`));
  const unsound = files.find((file, index) => !isSound(file, index));
  if (unsound !== undefined) throw new Error(`Unsound artifact: ${unsound.path}`);
}

interface Compared {
  readonly file: NewFile;
  readonly change: "created" | "changed" | "unchanged" | "refused";
  readonly issues: readonly Issue[];
}

function compareFile(directory: string, file: NewFile, list: OldList): Compared {
  const found = lookAt(directory, file.path);
  if (found.kind === "nothing") return { file, change: "created", issues: [] };
  if (found.kind === "file" && isSame(found.content, file.bytes)) return { file, change: "unchanged", issues: [] };
  switch (sealAt(directory, file.path, list)) {
    case "intact":
      return { file, change: "changed", issues: [] };
    case "edited":
      return { file, change: "changed", issues: [editedIssue(directory, file.path, TAKEN_BACK)] };
    case undefined:
      return { file, change: "refused", issues: [foreignFile(directory, file.path, found)] };
  }
}

/** The same text is ours, whoever put it there and whatever git made of its line ends. */
function isSame(one: Buffer, other: Buffer): boolean {
  const text = (bytes: Buffer) => withoutCarriageReturns(bytes.toString("utf8"));
  return one.equals(other) || text(one) === text(other);
}

/** Whether the file at a path is ours: by its head, or by the list of a time without heads. */
function sealAt(directory: string, path: string, list: OldList): Seal | undefined {
  const found = lookAt(directory, path);
  if (found.kind !== "file") return undefined;
  const text = textOf(found);
  const listed = list?.get(path);
  if (listed === undefined) return readSeal(text);
  return readSeal(text) ?? (isAsListed(listed, text) ? "intact" : "edited");
}

function textOf({ content }: Extract<Found, { kind: "file" }>): string {
  return content.toString("utf8");
}

// A partial build leaves the list to the files that it leaves alone.
function listToDelete(list: OldList, makes: (path: string) => boolean): string[] {
  return list === undefined || ![...list.keys()].every(makes) ? [] : [LIST];
}

function foreignFile(directory: string, path: string, found: Found): Issue {
  const place = join(directory, found.kind === "blocked" ? found.at : path);
  const what = found.kind === "blocked" ? found.what : `a ${found.kind}`;
  const message = `${what} that firebreak did not make is in the way. Nothing was written.`;
  return issue("foreign-file", [place], message, "Move it, delete it, or build into another directory with --out.");
}

interface Advice {
  readonly message: string;
  readonly hint: string;
}

const TAKEN_BACK: Advice = {
  message: "it was changed since firebreak wrote it; a build takes that back.",
  hint: "Make the change in the declarations; `git diff` shows what was edited.",
};

// What was made can be made again; what somebody wrote cannot.
const KEPT: Advice = {
  message: "it was changed since firebreak wrote it, and it is no longer made: it stays.",
  hint: "Delete it; or remove its header, and it is yours.",
};

function editedIssue(directory: string, path: string, { message, hint }: Advice): Issue {
  return issue("edited-by-hand", [join(directory, path)], message, hint);
}
