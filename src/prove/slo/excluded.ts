/** Exclusions: of each one occurrence, in which events fail and then targets die; nothing of it counts, and nobody is paged. */

import type { SloPlan } from "../../compile/plan.ts";
import { eventSlices } from "../../model/budgeting.ts";
import { startsBetween } from "../../model/occurrences.ts";
import type { Exclusion, Slo } from "../../model/service.ts";
import { printSeconds } from "../../promql/duration.ts";
import { quote } from "../../promql/print-selector.ts";
import { DAY, HOUR, MINUTE } from "../../time/units.ts";
import { sum } from "../arithmetic.ts";
import { type Expectation, MOST_EVALUATIONS, type Proof } from "../proof.ts";
import { type InputSeries, seriesName } from "../series-text.ts";
import { lateSeconds, type Stage, seriesOf, startingAt, targetOf, upSeries } from "./stage.ts";
import { type Phase, steps } from "./timeline.ts";

const UNITS = 1000;

export function proveExcluded(stage: Stage, plan: SloPlan, all: readonly SloPlan[]): Proof[] {
  const { exclusions } = stage.slo;
  if (stage.history.type === "gauge" || eventSlices(stage.slo)) return [];
  return exclusions.flatMap((exclusion) => proofOf(exclusion, stage, plan, all) ?? []);
}

/** 2027-01-01T00:00:00Z, from which exclusions are asked for; those with dates may be earlier. */
const FROM = 1_798_761_600;

/** Midnight of a day in which nothing is excluded as long as a test may last; undefined where there is none in a month. */
export function quietDay(exclusions: readonly Exclusion[], everySeconds: number): number | undefined {
  const length = Math.max(DAY, MOST_EVALUATIONS * everySeconds);
  const days = Array.from({ length: 31 }, (_, day) => FROM + day * DAY);
  return days.find((day) => !exclusions.some((each) => occursBetween(each, day - HOUR, day + length)));
}

function occursBetween(exclusion: Exclusion, from: number, to: number): boolean {
  return unixStarts(exclusion, from - exclusion.seconds, to).length > 0;
}

/** Occurrences are local times. */
function unixStarts({ occurrences, offsetSeconds }: Exclusion, from: number, to: number): number[] {
  return startsBetween(occurrences, from + offsetSeconds, to + offsetSeconds).map((start) => start - offsetSeconds);
}

function proofOf(exclusion: Exclusion, stage: Stage, plan: SloPlan, all: readonly SloPlan[]): Proof | undefined {
  const { slo, pace } = stage;
  const margin = marginOf(stage);
  const busy = Math.ceil((20 * MINUTE) / margin) * margin;
  const begin = busy + 2 * margin;
  const until = Math.ceil((begin + exclusion.seconds + 3 * margin + busy) / pace.every) * pace.every;
  const start = startOf(exclusion, begin, until, slo);
  if (start === undefined || until / pace.every > MOST_EVALUATIONS || exclusion.seconds < 6 * margin) return undefined;
  const phases = phasesOf(exclusion, busy, margin);
  return {
    scenario: `nothing counts: ${exclusion.reason}`,
    name: slo.name,
    story: `${exclusion.reason} begins after ${printSeconds(begin)} and lasts ${printSeconds(exclusion.seconds)}: everything fails in it, then its targets die, and only what was before and after counts`,
    startSeconds: start,
    everySeconds: pace.scrape,
    untilSeconds: until,
    series: (untilSeconds) => [
      ...upOf(phases, untilSeconds, stage),
      ...seriesOf(phases, untilSeconds, startingAt(stage, start)),
    ],
    expectations: [
      ...countedOutside(phases, until, stage, plan),
      ...(haveSameExclusions(all) ? [nobodyIsPaged(until, slo)] : []),
    ],
    proves: [],
    alone: true,
  };
}

/** Some events fail before it; all in its first half, in its second there is no target; and some fail after it. */
function phasesOf({ seconds }: Exclusion, busy: number, margin: number): Phase[] {
  const half = Math.floor(seconds / 2 / margin) * margin;
  const quiet = (length: number): Phase => ({ seconds: length, bad: 0, units: 0 });
  return [
    { seconds: busy, bad: 0.1, units: UNITS },
    quiet(2 * margin),
    quiet(margin),
    { seconds: half - 2 * margin, bad: 1, units: UNITS },
    quiet(margin),
    { seconds: seconds - half - margin, bad: 0, units: 0, there: false },
    quiet(3 * margin),
    { seconds: busy - margin, bad: 0.2, units: UNITS },
    quiet(margin),
  ];
}

/** Whether the target is up; nothing where the SLO itself counts that. */
function upOf(phases: readonly Phase[], untilSeconds: number, stage: Stage): InputSeries[] {
  if (stage.history.series.some(({ metric }) => metric === "up")) return [];
  const there = steps(phases, stage.pace.scrape, untilSeconds, 1).map(({ there }) => Number(there));
  return [upSeries(there, targetOf(stage, stage.groups[0] ?? {}))];
}

/** As long as something may be seen late, in whole scrapes and evaluations. */
function marginOf(stage: Stage): number {
  const { scrape, every } = stage.pace;
  const late = lateSeconds(stage, false) + scrape + 2 * every;
  return Math.ceil(late / MINUTE) * MINUTE;
}

/** Unix time at which the history begins; undefined where other exclusions are never far enough. */
function startOf(exclusion: Exclusion, begin: number, until: number, { exclusions }: Slo): number | undefined {
  const isFixed = exclusion.occurrences.type === "fixed";
  const starts = unixStarts(exclusion, isFixed ? 0 : FROM, FROM + (isFixed ? 10_000 : 400) * DAY);
  const isAlone = (start: number): boolean =>
    exclusions.every((each) => {
      const near = unixStarts(each, start - begin - HOUR - each.seconds, start - begin + until + HOUR);
      return near.every((other) => each === exclusion && other === start);
    });
  const start = starts.find(isAlone);
  return start === undefined ? undefined : start - begin;
}

function haveSameExclusions(all: readonly SloPlan[]): boolean {
  return new Set(all.map(({ slo }) => JSON.stringify(slo.exclusions))).size === 1;
}

function nobodyIsPaged(atSeconds: number, slo: Slo): Expectation {
  const range = printSeconds(atSeconds);
  const query = `count_over_time(ALERTS{alertname=~"Slo(TargetsDown|NoData).*", alertstate="firing", slo_service=${quote(slo.service)}}[${range}])`;
  return { atSeconds, query, samples: [] };
}

/** All events but those of the phase in which everything fails. */
function countedOutside(phases: readonly Phase[], atSeconds: number, stage: Stage, plan: SloPlan): Expectation[] {
  const { slo, pace, groups, healthy } = stage;
  const counted = (of: readonly Phase[]) => {
    const all = steps(of, pace.scrape, atSeconds, 1);
    return { bad: sum(all.map(({ bad }) => bad)), good: sum(all.map(({ good }) => good)) };
  };
  const outside = phases.map((phase) => (phase.bad === 1 ? { ...phase, units: 0 } : phase));
  const [burning, well] = [counted(outside), counted(outside.map((phase) => ({ ...phase, bad: 0 })))];
  const countOf = (sort: string, { good, bad }: typeof well): number =>
    sort === "total" ? good + bad : sort === "bad" ? bad : good;
  return ["total", "good", "bad"]
    .filter((sort) => records(plan, `slo:${sort}:increase`))
    .map((sort) => ({
      atSeconds,
      query: `round(sum_over_time(slo:${sort}:increase{slo=${quote(slo.name)}}[${printSeconds(atSeconds)}]), 0.001)`,
      samples: [
        ...groups.map((group) => ({ group, of: burning })),
        ...healthy.map((group) => ({ group, of: well })),
      ].map(({ group, of }) => ({
        labels: seriesName("", { slo_service: slo.service, slo: slo.name, ...group }),
        value: countOf(sort, of),
      })),
    }));
}

function records({ groups }: SloPlan, name: string): boolean {
  return groups.some(({ rules }) => rules.some((rule) => rule.type === "record" && rule.record === name));
}
