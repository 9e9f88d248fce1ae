/** Raw series for a whole plan: well, failing, well, restarted, away and back, in two groups of every SLO. */

import { type Labels, type Scrape, START_MS } from "../../bench/oracle/world.ts";
import type { Plan, SloPlan } from "../../src/compile/plan.ts";
import { kindOf } from "../../src/sli/index.ts";
import type { History } from "../../src/sli/kind.ts";

export const SCRAPE_SECONDS = 30;
export const SCRAPES = 360;
/** In scrapes. */
export const FAILS = { from: 90, to: 140 };
const RESTARTS_AT = 180;
const AWAY = { from: 270, to: 310 };
const UNITS = 60;

interface RawSeries {
  readonly labels: Labels;
  /** Undefined where the target is away. */
  readonly values: readonly (number | undefined)[];
}

/** SLOs whose raw series cannot be derived: expressions, and histograms that are one series. A composite reads its components. */
export function withoutHistory(plan: Plan): string[] {
  return slosOf(plan)
    .filter((plan) => plan.slo.sli.kind !== "composite" && rawSeries(plan).length === 0)
    .map(({ slo }) => slo.id);
}

/** Everything that the SLOs of a plan count, and `up` of what it is scraped from. */
export function historyOf(plan: Plan): { series: Labels[]; scrapes: Scrape[] } {
  const all = new Map<string, RawSeries>();
  for (const one of slosOf(plan).flatMap(rawSeries)) {
    const { job = "", instance = "" } = one.labels;
    const identity = Object.fromEntries(plan.platform.identity.map((label) => [label, one.labels[label] ?? ""]));
    const up = { labels: { __name__: "up", job, instance, ...identity }, values: each((at) => (isAway(at) ? 0 : 1)) };
    for (const raw of [one, up]) all.set(keyOf(raw.labels), all.get(keyOf(raw.labels)) ?? raw);
  }
  const raw = [...all.values()];
  const numbers = raw.map((_, index) => index);
  const scrapes = each((at): Scrape => {
    const timeMs = START_MS + at * SCRAPE_SECONDS * 1000 + 7000;
    return { timeMs, visibleMs: timeMs + 1000, series: numbers, values: raw.map(({ values }) => values[at]) };
  });
  return { series: raw.map(({ labels }) => labels), scrapes };
}

function slosOf(plan: Plan): SloPlan[] {
  return plan.services.flatMap(({ slos }) => slos);
}

function rawSeries({ slo, measurement, groupLabels }: SloPlan): RawSeries[] {
  const history = kindOf(slo.sli).history(slo.sli, measurement.base);
  if (history === undefined) return [];
  return ["a", "b"].flatMap((group) => {
    const target = {
      job: "j",
      instance: `i-${group}`,
      ...Object.fromEntries(groupLabels.map((label) => [label, group])),
    };
    return seriesOf(history, group === "a").map(({ labels, values }) => ({ labels: { ...target, ...labels }, values }));
  });
}

function seriesOf(history: History, fails: boolean): RawSeries[] {
  const isBad = (at: number): boolean => fails && at >= FAILS.from && at < FAILS.to;
  switch (history.type) {
    case "counters":
      return history.series.map(({ metric, labels, perGood, perBad }) => ({
        labels: { __name__: metric, ...labels },
        values: counter((at) => (isBad(at) ? (UNITS / 2) * (perGood + perBad) : UNITS * perGood)),
      }));
    case "gauge":
      return history.series.map(({ metric, labels, good, bad, as }) => {
        const value = (at: number): number => (isBad(at) ? bad : good);
        const seconds = (at: number): number => START_MS / 1000 + at * SCRAPE_SECONDS;
        const values =
          as === "rate"
            ? counter((at) => value(at) * SCRAPE_SECONDS)
            : each((at) => (isAway(at) ? undefined : as === "age" ? seconds(at) - value(at) : value(at)));
        return { labels: { __name__: metric, ...labels }, values };
      });
    case "histogram":
      return [];
  }
}

function counter(gain: (at: number) => number): (number | undefined)[] {
  let value = 1000;
  return each((at) => {
    value = at === RESTARTS_AT ? gain(at) : value + gain(at);
    return isAway(at) ? undefined : value;
  });
}

function isAway(at: number): boolean {
  return at >= AWAY.from && at < AWAY.to;
}

function each<T>(make: (at: number) => T): T[] {
  return Array.from({ length: SCRAPES }, (_, at) => make(at));
}

function keyOf(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).sort());
}
