/** Sums of windows, as rules have them: over the base, or over tiles of it. */
import type { Recorded } from "./recorded.ts";

/** What happened in every evaluation before the first; without it there were no rules. */
export interface Past {
  readonly total: number;
  readonly bad: number;
}

/** Sums over evaluations. Counts are whole, so no order of adding them gives another sum. */
export class Sums {
  readonly #total: Float64Array;
  readonly #bad: Float64Array;
  readonly #past: Past;

  constructor({ total, bad }: Recorded, past: Past) {
    this.#total = runningOf(total);
    this.#bad = runningOf(bad);
    this.#past = past;
  }

  /** Of the evaluations from the first up to, and without, the second. */
  total(from: number, to: number): number {
    return at(this.#total, to, this.#past.total) - at(this.#total, from, this.#past.total);
  }

  bad(from: number, to: number): number {
    return at(this.#bad, to, this.#past.bad) - at(this.#bad, from, this.#past.bad);
  }
}

function at(running: Float64Array, index: number, before: number): number {
  return index < 0 ? index * before : (running[index] as number);
}

function runningOf(counts: Float64Array): Float64Array {
  const running = new Float64Array(counts.length + 1);
  for (let index = 0; index < counts.length; index++)
    running[index + 1] = (running[index] as number) + (counts[index] as number);
  return running;
}

/** Evaluations that a window sums: from the first up to, and without, the second. */
export type Span = readonly [from: number, to: number];

/** A window of so many evaluations that ends with this one. Windows are open on the left. */
export function baseSpan(index: number, evaluations: number): Span {
  return [Math.floor(index - evaluations) + 1, index + 1];
}

/**
 * The same over tiles: each holds the evaluations up to the one before it is written.
 *
 * @param written - Whether a tile that is written at this evaluation can be read already.
 */
export function tileSpan(index: number, evaluations: number, tile: number, written: boolean): Span {
  const first = Math.floor((index - evaluations) / tile) + 1;
  const last = Math.floor((written ? index : index - 1) / tile);
  return last < first ? [0, 0] : [(first - 1) * tile, last * tile];
}
