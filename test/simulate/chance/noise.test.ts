/** Noise has the mean and the spread that it says. */
import { expect, test } from "vitest";
import { noisyRecord } from "../../../src/simulate/chance/noise.ts";

const even = { evaluations: 200_000, total: 100, badShare: 0.02, dispersion: 1, seed: 7 };

/** Mean, and variance over mean, of the sums of so many evaluations. */
function spread(counts: Float64Array, evaluations = 1): [number, number] {
  const sums: number[] = [];
  for (let from = 0; from + evaluations <= counts.length; from += evaluations)
    sums.push(counts.subarray(from, from + evaluations).reduce((sum, count) => sum + count, 0));
  const mean = sums.reduce((sum, count) => sum + count, 0) / sums.length;
  return [mean, sums.reduce((sum, count) => sum + (count - mean) ** 2, 0) / sums.length / mean];
}

function expectSpread([mean, dispersion]: [number, number], [wantedMean, wanted]: [number, number]): void {
  expect(mean / wantedMean).toBeCloseTo(1, 1);
  expect(dispersion / wanted).toBeCloseTo(1, 1);
}

test("independent failures vary as a Poisson process does", () => {
  const { total, bad } = noisyRecord(even);
  expectSpread(spread(bad), [2, 1]);
  expectSpread(spread(total), [100, 1]);
});

test("clustered failures vary ten times as much", () => {
  expectSpread(spread(noisyRecord({ ...even, dispersion: 10 }).bad), [2, 10]);
});

test("many failures are drawn together, with the same spread", () => {
  expectSpread(spread(noisyRecord({ ...even, total: 100_000, dispersion: 10 }).bad), [2000, 10]);
});

test("so do slices, over a day", () => {
  const slices = noisyRecord({ ...even, evaluations: 6_000_000, dispersion: 10, slice: 2 });
  expectSpread(spread(slices.bad, 2880), [28.8, 10]);
});

test("the same seed gives the same year, and another one another", () => {
  expect(noisyRecord(even)).toEqual(noisyRecord(even));
  expect(noisyRecord({ ...even, seed: 8 })).not.toEqual(noisyRecord(even));
});

test("nothing fails that did not happen", () => {
  const { total, bad } = noisyRecord({ ...even, total: 0.05, badShare: 0.5, dispersion: 10 });
  expect(total.every((count, index) => count >= (bad[index] ?? 0))).toBe(true);
});
