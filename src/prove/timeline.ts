/** A history as phases, and the same history scrape by scrape. */

/** Some time with one error ratio. */
export interface Phase {
  readonly seconds: number;
  /** Bad share of the units, 0 to 1. */
  readonly bad: number;
  /** Units per scrape; slices ignore it. Default `UNITS`. */
  readonly units?: number;
  /** `false`: the targets are dead. */
  readonly alive?: boolean;
}

/** So many that every threshold's tenth is a whole number of units. */
export const UNITS = 1_000_000;

/** What one scrape adds to what the one before saw. */
export interface Step {
  readonly good: number;
  readonly bad: number;
  readonly badShare: number;
  readonly alive: boolean;
}

/** Steps at `everySeconds`; the first is the start, at which nothing has happened yet. */
export function steps(phases: readonly Phase[], everySeconds: number): Step[] {
  const first: Step = { good: 0, bad: 0, badShare: phases[0]?.bad ?? 0, alive: phases[0]?.alive !== false };
  return [
    first,
    ...phases.flatMap((phase) => Array<Step>(Math.round(phase.seconds / everySeconds)).fill(stepOf(phase))),
  ];
}

/** A phase whose share is rounded to what a millionth of the traffic can show. */
export function phase(seconds: number, share: number): Phase {
  return { seconds, bad: Math.round(share * 1e6) / 1e6 };
}

/** Seconds of a whole history. */
export function lengthOf(phases: readonly Phase[]): number {
  return phases.reduce((sum, phase) => sum + phase.seconds, 0);
}

function stepOf({ bad, units = UNITS, alive = true }: Phase): Step {
  const badUnits = Math.round(units * bad * 1e6) / 1e6;
  return { good: units - badUnits, bad: badUnits, badShare: bad, alive };
}
