/** Sums of windows, as rules have them: over the base, or over tiles of it. */
import type { Combine } from "./combine.ts";
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

/** The components of a composite: each has a ratio of its own, and these are made one. */
export class CombinedSums {
  readonly #parts: readonly Sums[];
  readonly #combine: Combine;

  constructor(parts: readonly Sums[], combine: Combine) {
    this.#parts = parts;
    this.#combine = combine;
  }

  total(from: number, to: number): number {
    return this.#parts.reduce((sum, part) => sum + part.total(from, to), 0);
  }

  bad(from: number, to: number): number {
    return this.#parts.reduce((sum, part) => sum + part.bad(from, to), 0);
  }

  ratio(from: number, to: number): number {
    return this.#combine(this.#parts.map((part) => part.bad(from, to) / part.total(from, to)));
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

/** A window as evaluations: from the first up to, and without, the second. Numbers apart, since a year asks for millions. */
export function baseFrom(index: number, evaluations: number): number {
  // Windows are open on the left.
  return Math.floor(index - evaluations) + 1;
}

/** The same over tiles: each holds the evaluations up to the one before it is written. */
export function tilesFrom(index: number, evaluations: number, tile: number): number {
  return Math.floor((index - evaluations) / tile) * tile;
}

/** @param written - Whether a tile that is written at this evaluation can be read already. */
export function tilesTo(index: number, tile: number, written: boolean): number {
  return Math.floor((written ? index : index - 1) / tile) * tile;
}
