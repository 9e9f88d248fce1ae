/** Series as promtool reads them: `0+30x10` is 0, 30, … 300. */

import { selector } from "../promql/build.ts";
import { printNumber } from "../promql/number.ts";
import { print } from "../promql/print.ts";

export interface InputSeries {
  readonly series: string;
  readonly values: string;
}

/** `metric{a="1"}`. */
export function seriesName(metric: string, labels: Readonly<Record<string, string>>): string {
  const present = Object.entries(labels).filter(([, value]) => value !== "");
  return print(selector(metric, Object.fromEntries(present.sort(([a], [b]) => (a < b ? -1 : 1)))));
}

/** Values in runs of one difference. `undefined` is no sample, the first one after samples a stale marker. */
export function runs(values: readonly (number | undefined)[]): string {
  const parts: string[] = [];
  let index = 0;
  while (index < values.length) {
    const length = runLength(values, index);
    parts.push(runText(values, index, length));
    index += length;
  }
  return parts.join(" ");
}

function runLength(values: readonly (number | undefined)[], from: number): number {
  const [first, second] = [values[from], values[from + 1]];
  let end = from + 1;
  if (first === undefined) {
    while (end < values.length && values[end] === undefined) end++;
    return end - from;
  }
  if (second === undefined) return 1;
  const step = second - first;
  while (
    end < values.length &&
    values[end] !== undefined &&
    sameStep((values[end] as number) - (values[end - 1] as number), step)
  )
    end++;
  // One step alone is written out: promtool would add it up, with the dust of binary fractions.
  return end - from === 2 && step !== 0 ? 1 : end - from;
}

function sameStep(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b));
}

function runText(values: readonly (number | undefined)[], from: number, length: number): string {
  const first = values[from];
  if (first === undefined) return missing(from > 0, length);
  if (length === 1) return printNumber(first);
  const step = (values[from + 1] as number) - first;
  if (step === 0) return `${printNumber(first)}x${length - 1}`;
  return `${printNumber(first)}${step < 0 ? "-" : "+"}${printNumber(Math.abs(step))}x${length - 1}`;
}

/** So many scrapes without a sample: after samples, the first of them is a stale marker. */
export function missing(afterSamples: boolean, length: number): string {
  const rest = afterSamples ? length - 1 : length;
  return [...(afterSamples ? ["stale"] : []), ...(rest > 0 ? [`_x${rest}`] : [])].join(" ");
}
