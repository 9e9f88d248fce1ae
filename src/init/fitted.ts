/** What of a preset's own numbers and labels does not fit what is there, as options that do. */
import { isSame, knownBuckets } from "../buckets/registry.ts";
import type { Connection } from "../doctor/ask/no-answer.ts";
import { sampleOf, valuesOf } from "../doctor/ask/queries.ts";
import { print } from "../promql/print.ts";
import { classicHistogramOf } from "../sli/index.ts";
import type { ClassicHistogram } from "../sli/kind.ts";
import { thresholdOf } from "../sli/kinds/latency.ts";
import type { Options, Proposed } from "./candidate.ts";

/** `thresholds` and `buckets` of histograms with other boundaries, and `overrides` where a label is missing. */
export async function fitted(found: readonly Proposed[], to: Connection): Promise<Options> {
  const all = await Promise.all(found.map((proposed) => fitOne(proposed, to)));
  return merged(all.flat());
}

/** One option of one SLO. */
interface Fit {
  readonly option: "thresholds" | "buckets" | "overrides";
  readonly slo: string;
  readonly value: unknown;
}

async function fitOne(proposed: Proposed, to: Connection): Promise<Fit[]> {
  return [...(await fitBoundary(proposed, to)), ...(await fitLabels(proposed, to))];
}

async function fitBoundary({ plan: { slo } }: Proposed, to: Connection): Promise<Fit[]> {
  const read = classicHistogramOf(slo.sli);
  if (!read) return [];
  const boundaries = await boundariesOf(read, to);
  const threshold = nearestBoundary(thresholdOf(read), boundaries);
  if (threshold === undefined) return [];
  const fits = (option: Fit["option"], value: unknown): Fit => ({ option, slo: slo.name, value });
  return [
    ...(isSame(threshold, thresholdOf(read)) ? [] : [fits("thresholds", threshold)]),
    ...(isKnown(read, threshold) ? [] : [fits("buckets", boundaries)]),
  ];
}

/** Those that a threshold can be, rising: as numbers, since `1` and `1.0` are one. */
async function boundariesOf({ histogram }: ClassicHistogram, to: Connection): Promise<number[]> {
  const values = await valuesOf(to, "le", { ...histogram, metric: `${histogram.metric}_bucket` });
  return [...new Set(values.map(Number))].filter(isBoundary).sort((one, other) => one - other);
}

function isBoundary(value: number): boolean {
  return Number.isFinite(value) && value > 0;
}

/** At or above what is wanted; beyond the last one there is only the last. */
function nearestBoundary(wanted: number, boundaries: readonly number[]): number | undefined {
  return boundaries.find((boundary) => boundary >= wanted || isSame(boundary, wanted)) ?? boundaries.at(-1);
}

/** Whether every list that is known for the histogram has it. */
function isKnown({ histogram }: ClassicHistogram, threshold: number): boolean {
  const lists = knownBuckets(histogram.metric);
  return lists.length > 0 && lists.every(({ boundaries }) => boundaries.some((each) => isSame(each, threshold)));
}

async function fitLabels({ plan: { slo, groupLabels }, readings }: Proposed, to: Connection): Promise<Fit[]> {
  const selectors = readings.flatMap(({ selector }) => selector ?? []);
  const lacks = (label: string): Promise<boolean>[] =>
    selectors.map(async (selector) => {
      const without = { ...selector, matchers: [...selector.matchers, { label, op: "=" as const, value: "" }] };
      return (await sampleOf(to, `count(${print(without)})`)) !== undefined;
    });
  const answers = await Promise.all(groupLabels.map(async (label) => (await Promise.all(lacks(label))).includes(true)));
  const kept = groupLabels.filter((_, index) => !answers[index]);
  return kept.length === groupLabels.length ? [] : [{ option: "overrides", slo: slo.name, value: { groupBy: kept } }];
}

function merged(fits: readonly Fit[]): Options {
  const options: Record<string, Record<string, unknown>> = {};
  for (const { option, slo, value } of fits) options[option] = { ...options[option], [slo]: value };
  return options;
}
