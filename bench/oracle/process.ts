/** A process: counters that begin at zero, and how much of them a scrape has shown already. */
import type { Scenario } from "./scenario.ts";

export interface Process {
  readonly instance: string;
  readonly startSecond: number;
  readonly total: number[];
  /** By failure, then by route. */
  readonly bad: readonly number[][];
  /** What the last scrape showed of the above. */
  readonly shownTotal: number[];
  readonly shownBad: readonly number[][];
  /** False for a process that is older than the history, until it is scraped: its past is nobody's gain. */
  known: boolean;
}

/** A process that begins now, with nothing counted. */
export function newProcess(scenario: Scenario, instance: string, startSecond: number): Process {
  const perRoute = (): number[] => new Array<number>(scenario.routes).fill(0);
  const perFailure = (): number[][] => scenario.failures.map(() => new Array<number>(scenario.failingRoutes).fill(0));
  return {
    instance,
    startSecond,
    total: perRoute(),
    bad: perFailure(),
    shownTotal: perRoute(),
    shownBad: perFailure(),
    known: true,
  };
}

const PAST_EVENTS = 1_000_000;
const PAST_BAD = 1000;

/** A process that has long been there when the history begins. */
export function oldProcess(scenario: Scenario, instance: string): Process {
  const process = newProcess(scenario, instance, -7 * 86_400);
  process.total.fill(PAST_EVENTS);
  process.bad.forEach((counts, failure) => {
    if (scenario.failures[failure]?.born === "at-start") counts.fill(PAST_BAD);
  });
  return { ...process, known: false };
}
