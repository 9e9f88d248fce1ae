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
  return history.type === "gauge"
    ? slicesCounted(history.series[0] as GaugeSeries, steps, pace, last)
    : eventsCounted(steps, pace, last);
}

/** Of the steps since the evaluation before. */
function eventsCounted(steps: readonly Step[], { every, scrape }: Pace, last: number): Counted {
  const counted = nothingYet();
  let step = 0;
  for (let index = 0; index <= last; index++) {
    let [good, bad] = [0, 0];
    for (; step < steps.length && step * scrape <= index * every; step++) {
      good += (steps[step] as Step).good;
      bad += (steps[step] as Step).bad;
    }
    counted.total.push(good + bad);
    counted.bad.push(bad);
  }
  return counted;
}

function slicesCounted(series: GaugeSeries, steps: readonly Step[], pace: Pace, last: number): Counted {
  const counted = nothingYet();
  const at = sliceAt(series, steps, pace);
  for (let index = 0; index <= last; index++) {
    const { total, bad } = at(index * pace.every);
    counted.total.push(total);
    counted.bad.push(bad);
  }
  return counted;
}

function nothingYet(): { readonly total: number[]; readonly bad: number[] } {
  return { total: [], bad: [] };
}

interface Count {
  readonly total: number;
  readonly bad: number;
}

const NOTHING: Count = { total: 0, bad: 0 };

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
