/** Tiles: some minutes of what a base recorded in one sample, so that windows of hours and days read few. */

const LONGEST_TILE = 240;

/** A whole number of intervals, no more than 4m: beyond that series would vanish between evaluations. In seconds. */
export function tileLength(intervalSeconds: number): number {
  return Math.max(1, Math.floor(LONGEST_TILE / intervalSeconds)) * intervalSeconds;
}
