/** `SloBroken`: every way in which a measurement can be wrong that a history can show. */
import type { SloPlan } from "../compile/plan.ts";
import type { Platform } from "../model/service.ts";
import type { CounterSeries } from "../sli/kind.ts";
import { sorted, turnClaims, turnOf } from "./absence.ts";
import { type Expected, expectedOf } from "./alerts.ts";
import type { Proof, Proven } from "./proof.ts";
import type { Labels } from "./raw-series.ts";
import { type InputSeries, runs, seriesName } from "./series-text.ts";
import { groupSeries, lateSeconds, type Subject, seriesOf, targetOf, upSeries } from "./subject.ts";
import type { Phase } from "./timeline.ts";

const [MINUTE, HOUR] = [60, 3600];
const UNITS = 1000;

export function proveBroken(subject: Subject, plan: SloPlan, platform: Platform): Proven {
  const proofs = {
    "never-any-data": neverAnyData,
    "group-label-missing": groupLabelMissing,
    "counters-fall": countersFall,
  };
  const reasons = plan.alerts.flatMap(({ alert, labels }) => (alert === "SloBroken" ? [labels.reason ?? ""] : []));
  return sorted(
    reasons.map((reason) => {
      const known = Object.entries(proofs).find(([name]) => name === reason)?.[1];
      const proven = reason.endsWith("-over-total") ? tooMuch(reason, subject) : (known?.(subject) ?? PROMTOOL);
      if (typeof proven === "string") return { ...ALERT, reason, why: proven };
      return proofOf(proven, reason, subject, platform);
    }),
  );
}

/** Where no series can be made of the declaration, its alert that there are none can be shown all the same. */
export function proveNothing({ slo, alerts }: SloPlan, platform: Platform): Proven {
  const reason = "never-any-data";
  if (!alerts.some(({ labels }) => labels.reason === reason)) return { proofs: [], notProven: [] };
  const every = slo.evaluationSeconds;
  const turn = turnOf({ from: 0, forSeconds: HOUR, late: 0, every });
  const claims = turnClaims(expectedIn(reason, slo, platform), [{}], turn, turn.back).slice(0, -1);
  const proof: Proof = {
    scenario: NOTHING,
    subject: slo.name,
    story: `SloBroken (${reason}) fires after an hour without any data`,
    everySeconds: slo.scrapeSeconds,
    untilSeconds: turn.back,
    series: () => [],
    claims,
    proves: [{ ...ALERT, reason }],
    alike: true,
  };
  return { proofs: [proof], notProven: [] };
}

const ALERT = { alert: "SloBroken", tier: "broken" } as const;
const PROMTOOL = "promtool leaves out no evaluation";
const NOTHING = "no data at all, and then some";

/** What is wrong, and when it ends. */
interface Wrong {
  readonly scenario: string;
  readonly story: string;
  readonly turn: ReturnType<typeof turnOf>;
  readonly endSeconds: number;
  readonly groups: readonly Labels[];
  readonly series: (untilSeconds: number) => readonly InputSeries[];
  readonly alike?: boolean;
}

function proofOf(wrong: Wrong, reason: string, { slo, pace }: Subject, platform: Platform): Proof {
  const { scenario, story, turn, endSeconds, groups, series } = wrong;
  return {
    scenario,
    subject: slo.name,
    story: `SloBroken (${reason}) fires ${story}`,
    everySeconds: pace.scrape,
    untilSeconds: endSeconds,
    series,
    claims: turnClaims(expectedIn(reason, slo, platform), groups, turn, endSeconds),
    proves: [{ ...ALERT, reason }],
    ...(wrong.alike ? { alike: true } : {}),
  };
}

function expectedIn(reason: string, slo: Subject["slo"], platform: Platform): Expected {
  return expectedOf(slo, platform, { ...ALERT, severity: "ticket" }, { reason });
}

function neverAnyData(subject: Subject): Wrong | string {
  const { slo, groupLabels, pace } = subject;
  if (slo.noTraffic !== "ignore" && groupLabels.length === 0)
    return "a slice without data counts, so there is always some";
  const { every } = pace;
  const turn = turnOf({ from: 0, forSeconds: HOUR, late: 0, every });
  const phases: Phase[] = [
    { seconds: turn.back, bad: 0, units: 0, there: false },
    { seconds: 0, bad: 0, units: UNITS },
  ];
  return {
    scenario: NOTHING,
    story: "after an hour without any data, and ends when there are some",
    turn,
    endSeconds: seenBy(turn.back, subject),
    groups: [{}],
    series: (until) => seriesOf(phases, until, subject),
    alike: true,
  };
}

/** The two metrics count the same, and then one of them counts twice. */
function tooMuch(reason: string, subject: Subject): Wrong | string {
  const { history, pace, groups } = subject;
  const [total, part] = history.type === "counters" ? history.series : [];
  if (!total || !part) return "its slices and histograms never hold more of one sort than of all";
  if (total.metric === part.metric) return "one sort is counted among all: there are never more";
  const same = 20 * MINUTE;
  const late = lateSeconds(subject, true);
  const turn = turnOf({ from: same, forSeconds: 15 * MINUTE, late, every: pace.every });
  const one = UNITS * (part.perGood + part.perBad);
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
    scenario: "more of one sort than of all, and then no longer",
    story: `15m after ${reason.slice(0, reason.indexOf("-"))} is twice as much as there is, not while it is all, and ends when it is less`,
    turn,
    endSeconds: seenBy(turn.back, subject, true),
    groups,
    series: (until) =>
      groups.flatMap((group) => [
        growing(total, all, group, until, subject),
        growing(part, some, group, until, subject),
      ]),
  };
}

/** So much per scrape up to a time, one after the other. */
type Gains = readonly (readonly [untilSeconds: number, gain: number])[];

function growing(
  { metric, labels }: CounterSeries,
  gains: Gains,
  group: Labels,
  until: number,
  subject: Subject,
): InputSeries {
  const { scrape } = subject.pace;
  let value = 0;
  const values = Array.from({ length: Math.ceil(until / scrape) + 1 }, (_, index) => {
    const [, gain = 0] = gains.find(([end]) => index * scrape <= end) ?? [];
    value += index === 0 ? 0 : gain;
    return value;
  });
  return { series: seriesName(metric, { ...targetOf(subject, group), ...group, ...labels }), values: runs(values) };
}

/** The label that makes groups is gone for a time. */
function groupLabelMissing(subject: Subject): Wrong | string {
  const { slo, history, pace, identity, groups } = subject;
  const { every } = pace;
  if (slo.groupBy.some((label) => history.series.some(({ labels }) => label in labels)))
    return "its selector asks for the label";
  // Two slices may pass until those that had a label are forgotten.
  const late = lateSeconds(subject, false) + (history.type === "gauge" ? 2 * Math.max(pace.slice, every) : 0);
  const turn = turnOf({ from: 5 * MINUTE, forSeconds: 15 * MINUTE, late, every });
  const there: Phase = { seconds: 5 * MINUTE, bad: 0, units: UNITS };
  const away: Phase = { ...there, units: 0, there: false };
  const missing = turn.back - 5 * MINUTE;
  const labelled = [there, { ...away, seconds: missing }, there];
  const unlabelled = [away, { ...there, seconds: missing }, away];
  const only = Object.fromEntries(identity.map((label) => [label, groups[0]?.[label] ?? ""]));
  return {
    scenario: "a group's label is gone, and comes back",
    story: `15m after no series has ${slo.groupBy.join(" or ")}, and ends when they have`,
    turn,
    endSeconds: seenBy(turn.back, subject),
    groups: [only],
    alike: true,
    series: (until) => [
      ...groups.flatMap((group) => groupSeries(labelled, until, group, subject)),
      ...groupSeries(unlabelled, until, only, subject),
    ],
  };
}

/** Falls of a counter: twice in a quarter of an hour, then more often. */
function countersFall(subject: Subject): Wrong | string {
  const { history, pace, groups, identity } = subject;
  const [total] = history.series;
  const [group = {}] = groups;
  const { every, scrape } = pace;
  if (!total || history.type !== "counters" || scrape > 2 * MINUTE) return "its counters are scraped too seldom";
  const falls = [8, 16, 24, 28, 32, 36, 40, 44, 48].map((minutes) => Math.round((minutes * MINUTE) / scrape));
  // Three of them within 15 minutes: from the fifth on.
  const turn = turnOf({ from: 32 * MINUTE, forSeconds: 15 * MINUTE, late: 0, every });
  const target = targetOf(subject, group);
  return {
    scenario: "counters fall while their targets are up, and then no longer",
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
function seenBy(seconds: number, subject: Subject, slow = false): number {
  const { every } = subject.pace;
  return seconds + Math.ceil(lateSeconds(subject, slow) / every + 2) * every;
}
