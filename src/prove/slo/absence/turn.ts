/** When an alert fires on something that begins and ends, and what is expected of it. */
import { type Expected, fires, firesWith, notYet, silent } from "../../alerts.ts";
import type { Expectation } from "../../proof.ts";
import type { Labels } from "../../raw-series.ts";

/** When an alert begins that waits for something that is seen late, and when it ends. */
interface Turn {
  /** When it begins to be so. */
  readonly from: number;
  /** How long until it can be known, at least. */
  readonly after?: number;
  readonly forSeconds: number;
  readonly late: number;
  readonly every: number;
}

/** The last evaluation that is silent and the first that fires, each with two evaluations to spare. */
export function turnOf({ from, after = 0, forSeconds, late, every }: Turn): {
  before: number;
  first: number;
  back: number;
} {
  const up = (seconds: number): number => Math.ceil(seconds / every) * every;
  const earliest = from + after + forSeconds;
  const first = up(earliest + late + 2 * every);
  return { before: Math.floor(earliest / every - 2) * every, first, back: first + 4 * every };
}

/** What is expected of an alert that fires for a time. */
export function turnExpectations(
  expected: Expected,
  groups: readonly Labels[],
  { before, first, back }: ReturnType<typeof turnOf>,
  endSeconds: number,
): Expectation[] {
  return [
    notYet(expected, before),
    firesWith(expected, groups, first),
    fires(expected, groups.length, back),
    silent(expected, endSeconds),
  ];
}
