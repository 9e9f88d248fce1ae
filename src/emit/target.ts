/** A target: one kind of output. A new one is a file here and a line in `index.ts`. */
import type { Plan } from "../compile/plan.ts";
import type { Emitted } from "./artifact.ts";

/** Prose templates by name, such as `runbook.md`: their text is read by the shells, so that emitting stays pure. */
export type Templates = Readonly<Record<string, string>>;

/** In place of names of targets: no file, and everything that all of them would report. */
export const NO_FILES: readonly string[] = ["no files"];

export interface Target {
  readonly name: string;
  /** The paths of its files and of no other target's: a build of some targets leaves the others' files alone. */
  readonly files: RegExp;
  readonly emit: (plan: Plan, templates: Templates) => readonly Emitted[];
}
