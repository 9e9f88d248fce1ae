/** One thing that a change takes away, and the kinds of it. */
import type { SubjectType } from "../subject.ts";

/** Every kind of break, the worst first; they are also the words of `--fail-on`. docs/review.md has one row for each. */
export const breakKinds = [
  "unrouted",
  "loosened",
  "removed",
  "demoted",
  "alert-gone",
  "still-read",
  "rerouted",
  "raised",
  "renamed",
  "recounted",
  "alert-renamed",
  "unproven",
] as const;

export type BreakKind = (typeof breakKinds)[number];

export interface Break {
  readonly kind: BreakKind;
  readonly type: SubjectType;
  readonly id: string;
  /** What is taken away, as a sentence. Text that was declared stands between back-ticks. */
  readonly message: string;
  /** What to do about it, as a sentence or a command, where there is something. */
  readonly remedy?: string;
  /** Why it was agreed on, as it is declared: then it is not a reason to fail. */
  readonly accepted?: string;
  /** How long windows are young after the deployment, where history is lost; undefined also where the calendar ends that. */
  readonly youngSeconds?: number;
}
