/** A history as phases, and the same history scrape by scrape. */

/** Some time in which nothing changes. */
export interface Phase {
  readonly seconds: number;
  /** The share of what happens that is bad, 0 to 1. */
  readonly bad: number;
  /** Events per scrape; 0: nothing happens, and slices have no reading. */
  readonly units: number;
  /** `false`: there are no series at all. Default `true`. */
  readonly there?: boolean;
  /** Bad slices come in blocks of so many, so far from each other that the share is right. */
  readonly blocks?: number;
}

/** What one scrape adds to what the one before saw. */
export interface Step {
  readonly good: number;
  readonly bad: number;
  readonly badShare: number;
  /** Whether counters are exposed. */
  readonly there: boolean;
  /** Whether there is something to read from a gauge. */
  readonly measured: boolean;
}

/**
 * Steps at `scrapeSeconds`; the first is the start, at which nothing has happened yet. The last phase goes on to the end.
 *
 * @param sliceSeconds - Where slices are judged: a spread phase has whole slices that are bad.
 */
export function steps(
  phases: readonly Phase[],
  scrapeSeconds: number,
  untilSeconds: number,
  sliceSeconds: number,
): Step[] {
  const count = Math.ceil(untilSeconds / scrapeSeconds);
  const all: Step[] = [];
  const even = phases.map((phase) => (phase.blocks === undefined ? stepOf(phase, 0, 1) : undefined));
  let [index, end] = [0, phases[0]?.seconds ?? 0];
  for (let step = 0; step <= count; step++) {
    while (index < phases.length - 1 && step * scrapeSeconds > end) end += phases[++index]?.seconds ?? 0;
    const phase = phases[index] as Phase;
    all.push(step === 0 ? firstStep(phase) : (even[index] ?? stepOf(phase, step * scrapeSeconds, sliceSeconds)));
  }
  return all;
}

/** Seconds of a whole history. */
export function lengthOf(phases: readonly Phase[]): number {
  return phases.reduce((sum, { seconds }) => sum + seconds, 0);
}

function firstStep(phase: Phase): Step {
  return { ...stepOf(phase, 0, 1), good: 0, bad: 0 };
}

function stepOf({ bad, units, blocks, there = true }: Phase, time: number, sliceSeconds: number): Step {
  const badUnits = Math.round(units * bad);
  const badShare = blocks === undefined ? bad : Number(isInBlock(Math.floor(time / sliceSeconds), blocks, bad));
  return { good: units - badUnits, bad: badUnits, badShare, there, measured: there && units > 0 };
}

/** The last slices of every period. */
function isInBlock(slice: number, blocks: number, share: number): boolean {
  const period = Math.max(blocks + 1, Math.round(blocks / share));
  return slice % period >= period - blocks;
}
