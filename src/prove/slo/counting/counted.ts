/** What a history amounts to, evaluation by evaluation: counted here from the history itself, and not from any rule. */
import type { GaugeSeries, History } from "../../../sli/kind.ts";
import { HOUR } from "../../../time/units.ts";
import type { Step } from "../timeline.ts";

/** Per evaluation, from time 0. */
export interface Counted {
  readonly total: readonly number[];
  readonly bad: readonly number[];
}

/** How a history is measured. Times in seconds. */
export interface Pace {
  readonly every: number;
  readonly scrape: number;
  /** How old a reading is before it is looked at. */
  readonly settle: number;
  readonly slice: number;
  readonly noTraffic: "ignore" | "bad" | "good";
  /** Whether there are groups: nobody knows one before it has a reading, or an hour after its last. */
  readonly grouped: boolean;
  /** How much later it counts than it is recorded: where that are two things. */
  readonly later: number;
}

/** Events as they happened, or slices as they end. */
export function countedOf(history: History, steps: readonly Step[], pace: Pace): Counted {
  const last = Math.floor(((steps.length - 1) * pace.scrape) / pace.every);
  const times = Array.from({ length: last + 1 }, (_, index) => index * pace.every);
  const at = history.type === "gauge" ? sliceAt(history.series[0] as GaugeSeries, steps, pace) : eventsAt(steps, pace);
  const counts = times.map(at);
  return { total: counts.map(({ total }) => total), bad: counts.map(({ bad }) => bad) };
}

interface Count {
  readonly total: number;
  readonly bad: number;
}

const NOTHING: Count = { total: 0, bad: 0 };

function eventsAt(steps: readonly Step[], { every, scrape }: Pace): (time: number) => Count {
  return (time) => {
    let [good, bad] = [0, 0];
    for (const step of within(steps, time - every, time, scrape)) {
      good += step.good;
      bad += step.bad;
    }
    return { total: good + bad, bad };
  };
}

/** A slice is judged when it ends, by its readings. */
function sliceAt(series: GaugeSeries, steps: readonly Step[], pace: Pace): (time: number) => Count {
  const { every, scrape } = pace;
  const length = Math.max(pace.slice, every);
  const end = series.as === "value" ? pace.settle : 0;
  const back = series.overSeconds === 0 ? scrape : Math.max(series.overSeconds, scrape);
  return (time) => {
    if (time % length >= every) return NOTHING;
    const readings = within(steps, time - end - back, time - end, scrape).filter(({ measured }) => measured);
    const used = series.as === "rate" ? readings.slice(1) : readings;
    if (used.length > 0) return { total: 1, bad: series.judge(used.map((step) => shown(series, step))) };
    return without(within(steps, time - HOUR, time - end, scrape), pace);
  };
}

/** A slice without a reading, after an hour with these. */
function without(lately: readonly Step[], { noTraffic, grouped }: Pace): Count {
  if (noTraffic === "ignore" || (grouped && !lately.some(({ measured }) => measured))) return NOTHING;
  return { total: 1, bad: noTraffic === "bad" ? 1 : 0 };
}

function shown({ good, bad }: GaugeSeries, { badShare }: Step): number {
  return good + (bad - good) * badShare;
}

/** Steps in (from, to]. */
function within(steps: readonly Step[], from: number, to: number, scrape: number): readonly Step[] {
  return steps.slice(Math.max(0, Math.floor(from / scrape) + 1), Math.max(0, Math.floor(to / scrape) + 1));
}
