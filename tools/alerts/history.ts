/** The scrapes of a scenario: counters and gauges of targets that answer, are down or are not there. */
import type { Scrape } from "../../bench/oracle/world.ts";
import { START_MS } from "../../bench/oracle/world.ts";
import { HOUR_MS, MINUTE_MS, SECOND_MS } from "../../src/time/units.ts";
import type { Scenario, Series, Span, Steps } from "./scenario.ts";

/** How often targets are scraped: the default. */
const EVERY_SECONDS = 30;
/** Longest that a scrape takes to become visible. */
const VISIBLE_MS = SECOND_MS;
/** Fills the longest window that alerts, three days. */
const HOURS_BEFORE = 73;

interface History {
  readonly series: readonly Readonly<Record<string, string>>[];
  readonly scrapes: readonly Scrape[];
}

/** When a minute of a scenario is, in milliseconds. */
export function momentOf({ hoursBefore = HOURS_BEFORE }: Scenario, minute: number): number {
  return START_MS + hoursBefore * HOUR_MS + minute * MINUTE_MS;
}

export function historyOf(scenario: Scenario): History {
  const readings = [...ups(scenario.series), ...scenario.series.map(readingOf)];
  const count = (momentOf(scenario, scenario.end) - START_MS) / (EVERY_SECONDS * 1000);
  const scrapes = Array.from({ length: count }, (_one, index) => {
    const timeMs = START_MS + index * EVERY_SECONDS * 1000 + 7000;
    return scrapeAt(timeMs, (timeMs - momentOf(scenario, 0)) / MINUTE_MS, readings);
  });
  return { series: readings.map(({ labels }) => labels), scrapes };
}

interface Reading {
  readonly labels: Readonly<Record<string, string>>;
  /** Undefined where there is none. */
  readonly at: (minute: number) => number | undefined;
}

function scrapeAt(timeMs: number, minute: number, readings: readonly Reading[]): Scrape {
  const series = readings.map((_one, index) => index);
  return { timeMs, visibleMs: timeMs + VISIBLE_MS, series, values: readings.map(({ at }) => at(minute)) };
}

/** One for each target. */
function ups(all: readonly Series[]): Reading[] {
  const jobs = [...new Set(all.map(({ job }) => job))];
  return jobs.map((job) => {
    const { down, gone } = all.find((one) => one.job === job) ?? {};
    return {
      labels: labelsOf({ metric: "up", job }),
      at: (minute) => (within(gone, minute) ? undefined : Number(!within(down, minute))),
    };
  });
}

function readingOf(series: Series): Reading {
  const { rate, value = 0, down, gone, isMoney = false } = series;
  const counted = (minute: number) => (isMoney ? sumOf(rate ?? 0, minute) : Math.round(sumOf(rate ?? 0, minute)));
  const read = rate === undefined ? (minute: number) => stepAt(value, minute) : counted;
  return {
    labels: labelsOf(series),
    at: (minute) => (within(down, minute) || within(gone, minute) ? undefined : read(minute)),
  };
}

function labelsOf({ metric, job, labels }: Pick<Series, "metric" | "job" | "labels">): Record<string, string> {
  return { __name__: metric, job, instance: `${job}:9000`, ...labels };
}

function within(spans: readonly Span[] = [], minute: number): boolean {
  return spans.some(([from, to]) => minute >= from && minute < to);
}

function stepAt(steps: Steps, minute: number): number {
  if (typeof steps === "number") return steps;
  return steps.findLast(([from]) => from <= minute)?.[1] ?? 0;
}

/** What a counter has counted: events since the first of its steps. */
function sumOf(steps: Steps, minute: number): number {
  const all = typeof steps === "number" ? [[-LONG_AGO, steps] as const] : steps;
  const sums = all.map(([from, perSecond], index) => {
    const to = Math.min(minute, all[index + 1]?.[0] ?? minute);
    return Math.max(0, to - from) * 60 * perSecond;
  });
  return sums.reduce((sum, one) => sum + one, 0);
}

/** Minutes: before every history. */
const LONG_AGO = 100_000;
