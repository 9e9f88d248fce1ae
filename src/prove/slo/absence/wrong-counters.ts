/** Histories of counters that are wrong: two that do not count the same, and one that falls. */
import type { CounterSeries } from "../../../sli/kind.ts";
import { MINUTE } from "../../../time/units.ts";
import type { Labels } from "../../raw-series.ts";
import { type InputSeries, runs, seriesName } from "../../series-text.ts";
import { totalAndPart } from "../counting/total-and-part.ts";
import { lateSeconds, type Stage, targetOf, upSeries } from "../stage.ts";
import { turnOf } from "./turn.ts";

const UNITS = 1000;

/** What is wrong, and when it ends. */
export interface Wrong {
  readonly scenario: string;
  readonly story: string;
  readonly turn: ReturnType<typeof turnOf>;
  readonly endSeconds: number;
  readonly groups: readonly Labels[];
  readonly series: (untilSeconds: number) => readonly InputSeries[];
  readonly alike?: boolean;
}

/** The two metrics count the same, and then one of them counts twice. */
export function tooMuch(reason: string, stage: Stage): Wrong | string {
  const { history, pace, groups } = stage;
  if (history.type !== "counters") return "its slices and histograms never hold more of one sort than of all";
  const counted = totalAndPart(history);
  if (!counted) return "one sort is counted among all: there are never more";
  const { total, part, perUnit } = counted;
  const same = 20 * MINUTE;
  const late = lateSeconds(stage, true);
  const turn = turnOf({ from: same, forSeconds: 15 * MINUTE, late, every: pace.every });
  const one = UNITS * perUnit;
  const all: Gains = [
    [turn.back, UNITS],
    [Number.POSITIVE_INFINITY, 1000 * UNITS],
  ];
  const some: Gains = [
    [same, one],
    [turn.back, 2 * one],
    [Number.POSITIVE_INFINITY, 0],
  ];
  return {
    scenario: `${reason}, then right again`,
    story: `15m after ${reason.slice(0, reason.indexOf("-"))} is twice as much as there is, not while it is all, and ends when it is less`,
    turn,
    endSeconds: seenBy(turn.back, stage, true),
    groups,
    series: (until) =>
      groups.flatMap((group) => [
        growing(total, group, valuesOf(all, until, pace.scrape), stage),
        growing(part, group, valuesOf(some, until, pace.scrape), stage),
      ]),
  };
}

/** So much per scrape up to a time, one after the other. */
type Gains = readonly (readonly [untilSeconds: number, gain: number])[];

/** The values of a counter that gains so much. */
function valuesOf(gains: Gains, until: number, scrape: number): number[] {
  let value = 0;
  return Array.from({ length: Math.ceil(until / scrape) + 1 }, (_, index) => {
    const [, gain = 0] = gains.find(([end]) => index * scrape <= end) ?? [];
    value += index === 0 ? 0 : gain;
    return value;
  });
}

function growing({ metric, labels }: CounterSeries, group: Labels, values: number[], stage: Stage): InputSeries {
  return { series: seriesName(metric, { ...targetOf(stage, group), ...group, ...labels }), values: runs(values) };
}

/** Falls of a counter: twice in a quarter of an hour, then more often. */
export function countersFall(stage: Stage): Wrong | string {
  const { history, pace, groups, identity } = stage;
  const [total] = history.series;
  const [group = {}] = groups;
  const { every, scrape } = pace;
  if (!total || history.type !== "counters" || scrape > 2 * MINUTE) return "its counters are scraped too seldom";
  const falls = [8, 16, 24, 28, 32, 36, 40, 44, 48].map((minutes) => Math.round((minutes * MINUTE) / scrape));
  // Three of them within 15 minutes: from the fifth on.
  const turn = turnOf({ from: 32 * MINUTE, forSeconds: 15 * MINUTE, late: 0, every });
  const target = targetOf(stage, group);
  return {
    scenario: "counters fall while their targets are up, then no longer",
    story:
      "15m after a counter has fallen for the third time in 15m, not while it fell twice, and ends when that is over",
    turn: { ...turn, back: turn.first },
    endSeconds: 48 * MINUTE + 15 * MINUTE + 2 * every,
    groups: [Object.fromEntries(identity.map((label) => [label, target[label] ?? ""]))],
    series: (until) => {
      const length = Math.ceil(until / scrape) + 1;
      const since = (index: number): number => index - Math.max(0, ...falls.filter((fall) => fall <= index));
      return [
        upSeries(Array<number>(length).fill(1), target),
        {
          series: seriesName(total.metric, { ...target, ...group, ...total.labels }),
          values: runs(Array.from({ length }, (_, index) => UNITS * since(index))),
        },
      ];
    },
  };
}

/** When everybody has seen that something is over. */
export function seenBy(seconds: number, stage: Stage, slow = false): number {
  const { every } = stage.pace;
  return seconds + Math.ceil(lateSeconds(stage, slow) / every + 2) * every;
}
