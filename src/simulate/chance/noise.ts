/**
 * Noise: a year in which a service fails evenly, by chance alone. Two models, by the index of dispersion of the failures:
 * 1 is Poisson, each event fails by itself; above it failures come in clusters of geometric size (Pólya–Aeppli).
 */

import { emptyRecord, type Recorded } from "../recorded.ts";
import { around, type Random, randomFrom, triesOf, waitOf } from "./random.ts";

export interface Noise {
  readonly evaluations: number;
  /** Events per evaluation, on average. */
  readonly total: number;
  /** Of them, the share that fails. */
  readonly badShare: number;
  /** Variance over mean of how many fail within some time: 1 or more. */
  readonly dispersion: number;
  /** Slices of so many evaluations, each of which is bad or good; undefined: events are counted. */
  readonly slice?: number;
  readonly seed: number;
  /** What happens, where that was drawn before: see `noisyTotals`. */
  readonly totals?: Float64Array;
}

export function noisyRecord(noise: Noise): Recorded {
  const recorded = emptyRecord(noise.evaluations);
  const random = randomFrom(noise.seed);
  if (noise.slice !== undefined) writeSlices(recorded, noise, noise.slice, random);
  else writeEvents(recorded, noise, random);
  return recorded;
}

/** From so many on in one evaluation, chance is drawn for all of them together. */
const MANY = 20;
/** From so many on, a count is its mean: it varies by a twentieth at most. */
const STEADY = 400;

/** How much happens in each evaluation. */
export function noisyTotals(evaluations: number, mean: number, seed: number): Float64Array {
  const totals = new Float64Array(evaluations);
  writeTotals(totals, mean, randomFrom(seed));
  return totals;
}

function writeEvents({ total, bad }: Recorded, noise: Noise, random: Random): void {
  const { total: mean, badShare, dispersion, totals } = noise;
  if (totals) total.set(totals);
  else writeTotals(total, mean, random);
  const failures = mean * badShare;
  const size = (dispersion + 1) / 2;
  if (failures >= MANY * size) {
    for (let index = 0; index < bad.length; index++) bad[index] = around(failures, failures * dispersion, random);
  } else {
    arrivals(bad.length, failures / size, random, (index) => {
      bad[index] = (bad[index] as number) + triesOf(1 / size, random);
    });
  }
  // What fails has happened.
  for (let index = 0; index < bad.length; index++)
    if ((bad[index] as number) > (total[index] as number)) total[index] = bad[index] as number;
}

function writeTotals(total: Float64Array, mean: number, random: Random): void {
  if (mean >= STEADY) total.fill(Math.round(mean));
  else if (mean >= MANY) for (let index = 0; index < total.length; index++) total[index] = around(mean, mean, random);
  else
    arrivals(total.length, mean, random, (index) => {
      total[index] = (total[index] as number) + 1;
    });
}

/** Bad slices follow each other in runs of geometric length: clusters in time. */
function writeSlices({ total, bad }: Recorded, { badShare, dispersion }: Noise, slice: number, random: Random): void {
  for (let index = 0; index < total.length; index += slice) total[index] = 1;
  const length = (dispersion + 1) / 2;
  const slices = Math.floor(total.length / slice);
  arrivals(slices, badShare / length, random, (first) => {
    const end = Math.min(slices, first + triesOf(1 / length, random));
    for (let at = first; at < end; at++) bad[at * slice] = 1;
  });
}

function arrivals(length: number, rate: number, random: Random, at: (index: number) => void): void {
  if (rate <= 0) return;
  for (let time = waitOf(rate, random); time < length; time += waitOf(rate, random)) at(Math.floor(time));
}
