/** Times in whole steps, and sums. */

/** The first multiple of a step that is no earlier. */
export function upTo(seconds: number, step: number): number {
  return Math.ceil(seconds / step) * step;
}

/** The last multiple of a step that is no later: of evaluations, the one that an instant shows. */
export function downTo(seconds: number, step: number): number {
  return Math.floor(seconds / step) * step;
}

export function sum(values: readonly number[]): number {
  return values.reduce((so, value) => so + value, 0);
}
