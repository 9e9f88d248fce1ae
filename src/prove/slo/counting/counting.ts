/**
 * What is counted whatever becomes of processes: two of them serve the first group, the one restarts in the middle of an
 * outage, the other is not scraped for some minutes, and not one event is lost.
 */
import type { SloPlan } from "../../../compile/plan.ts";
import { printSeconds } from "../../../promql/duration.ts";
import { quote } from "../../../promql/print-selector.ts";
import type { CounterSeries } from "../../../sli/kind.ts";
import { MINUTE } from "../../../time/units.ts";
import type { Expectation, Proof } from "../../proof.ts";
import { type InputSeries, runs, seriesName } from "../../series-text.ts";
import { lateSeconds, type Stage, targetOf } from "../stage.ts";

/** Up to here all is healthy. */
const FAILS = 4 * MINUTE;
const RESTARTS = 11 * MINUTE;
const [GONE, BACK, END] = [14 * MINUTE, 18 * MINUTE, 20 * MINUTE] as const;
/**
 * When something happens. Not at the start, nor just before a restart or a gap: what scrapes show that no evaluation has
 * seen before them is not counted.
 */
const BUSY = [
  [MINUTE, 7 * MINUTE],
  [RESTARTS, 13 * MINUTE],
  [15 * MINUTE, END],
] as const;
const UNITS = 1000;
const FAILING = 250;

export function proveCounting(stage: Stage, plan: SloPlan): Proof[] {
  if (!hasProcesses(stage)) return [];
  const { slo, pace } = stage;
  const until = END + Math.ceil(lateSeconds(stage, false) / pace.every + 2) * pace.every;
  return [
    {
      scenario: "restarts and missed scrapes lose nothing",
      name: slo.name,
      story: `of two processes one restarts after ${printSeconds(RESTARTS)}, and the other is not scraped for ${printSeconds(BACK - GONE)}: every event is counted, once`,
      everySeconds: pace.scrape,
      untilSeconds: until,
      series: (untilSeconds) => seriesOf(stage, untilSeconds),
      expectations: countedBy(until, stage, plan),
      proves: [],
    },
  ];
}

/** Counters of targets that may be several, scraped and evaluated so often that the restart falls between two moments without events. */
function hasProcesses({ history, groupLabels, pace }: Stage): boolean {
  if (history.type !== "counters" || Math.max(pace.scrape, pace.every) > MINUTE) return false;
  return !groupLabels.includes("instance") && history.series.every(({ labels }) => labels.instance === undefined);
}

function seriesOf(stage: Stage, until: number): InputSeries[] {
  const [group = {}] = stage.groups;
  const target = targetOf(stage, group);
  const written = (instance: string, series: CounterSeries, shown: Shown): InputSeries => ({
    series: seriesName(series.metric, { ...target, instance, ...group, ...series.labels }),
    values: runs(valuesOf(series, shown, until, stage)),
  });
  const counters = stage.history.series as readonly CounterSeries[];
  return counters.flatMap((series) => [
    written("one", series, { since: (at) => (at < RESTARTS ? 0 : RESTARTS) }),
    written("two", series, { since: () => 0, gone: (at) => at > GONE && at < BACK }),
  ]);
}

/** Since when a process counts, and when nobody sees it. */
interface Shown {
  readonly since: (at: number) => number;
  readonly gone?: (at: number) => boolean;
}

/** A series that counts one sort only is born with the first of them. */
function valuesOf(series: CounterSeries, shown: Shown, until: number, { pace }: Stage): (number | undefined)[] {
  return Array.from({ length: Math.ceil(until / pace.scrape) + 1 }, (_, index) => {
    const at = index * pace.scrape;
    const { good, bad } = happenedBetween(shown.since(at), at, pace.scrape);
    const value = good * series.perGood + bad * series.perBad;
    return shown.gone?.(at) || (value === 0 && series.perGood === 0) ? undefined : value;
  });
}

/** Events of one process that scrapes from one time to another have seen first. */
function happenedBetween(from: number, to: number, scrape: number): { readonly good: number; readonly bad: number } {
  const seen = busyScrapes(from, to, scrape);
  const bad = FAILING * (seen - busyScrapes(from, Math.min(to, FAILS), scrape));
  return { good: UNITS * seen - bad, bad };
}

function busyScrapes(from: number, to: number, scrape: number): number {
  const within = (begin: number, end: number) => Math.floor(end / scrape) - Math.ceil(begin / scrape) + 1;
  const counts = BUSY.map(([begin, end]) => within(Math.max(begin, from), Math.min(end, to)));
  return counts.reduce((sum, count) => sum + Math.max(0, count), 0);
}

/** All events, and those of the sort that the rules count beside them. */
function countedBy(until: number, { slo, groups, pace }: Stage, plan: SloPlan): Expectation[] {
  const { good, bad } = happenedBetween(0, until, pace.scrape);
  const counts = { total: good + bad, good, bad };
  const [group = {}] = groups;
  const labels = seriesName("", { slo_service: slo.service, slo: slo.name, ...group });
  return Object.entries(counts)
    .filter(([sort]) => records(plan, `slo:${sort}:increase`))
    .map(([sort, value]) => ({
      atSeconds: until,
      query: `round(sum_over_time(slo:${sort}:increase{slo=${quote(slo.name)}}[${printSeconds(until)}]), 0.001)`,
      samples: [{ labels, value: 2 * value }],
    }));
}

function records({ groups }: SloPlan, name: string): boolean {
  return groups.some(({ rules }) => rules.some((rule) => rule.type === "record" && rule.record === name));
}
