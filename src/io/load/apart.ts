/**
 * Commands run in a process of their own, because what declarations do while they load is anybody's guess: they may end
 * the process, print, or never end. This is that process's side; `run-apart.ts` is the other.
 */
import { writeSync } from "node:fs";
import type { Source } from "../../issue.ts";

/** What the process reports to the one that started it, a line of JSON each. */
export type Report =
  | { readonly kind: "loading" | "loaded" }
  /** Where declarations still were when their time was up, the innermost place first. */
  | { readonly kind: "stuck"; readonly frames: readonly Source[] }
  /** It ends before its work does; where it was asked to. */
  | { readonly kind: "ending"; readonly source: Source | undefined }
  | { readonly kind: "done"; readonly code: number; readonly output: string };

/** What it has to know from the start. */
export interface Setting {
  readonly limitSeconds: number;
  /** Whether results may be coloured: they are printed by the other process. */
  readonly colour: boolean;
  /** Whether they go to a terminal. */
  readonly isScreen: boolean;
}

/** Holds the setting as JSON. */
export const VARIABLE = "FIREBREAK_APART";

/** Beside the three that everyone has. Whatever else writes to stdout writes to stderr: it was started so. */
export const REPORTS = 3;

/** The setting; undefined in a process that was not started so. */
export const setting = readSetting();

/** Sends a report at once, also from a process that is ending. */
export function report(fact: Report): void {
  writeSync(REPORTS, `${JSON.stringify(fact)}\n`);
}

// Processes that declarations start are none of ours.
function readSetting(): Setting | undefined {
  const text = process.env[VARIABLE];
  delete process.env[VARIABLE];
  return text === undefined ? undefined : (JSON.parse(text) as Setting);
}
