/** `SloBroken`: every way in which a measurement can be wrong that a history can show. */

import { alertId, alerts } from "../../../compile/alert-names.ts";
import type { SloPlan } from "../../../compile/plan.ts";
import { countsSlices } from "../../../model/budgeting.ts";
import { startsBetween } from "../../../model/occurrences.ts";
import type { Platform, Slo } from "../../../model/service.ts";
import { componentsOf as idsOf } from "../../../sli/index.ts";
import { DAY, HOUR, MINUTE } from "../../../time/units.ts";
import { type Expected, expectedOf } from "../../alerts.ts";
import type { Proof, Proven } from "../../proof.ts";
import { declared } from "../declared.ts";
import { groupSeries, lateSeconds, type Stage, seriesOf } from "../stage.ts";
import type { Phase } from "../timeline.ts";
import { sorted } from "./absence.ts";
import { outOfRange } from "./out-of-range.ts";
import { fillsSlices, memoryStepSeconds, rememberedSeconds } from "./remembered.ts";
import { turnExpectations, turnOf } from "./turn.ts";
import { countersFall, seenBy, tooMuch, type Wrong } from "./wrong-counters.ts";

const UNITS = 1000;

export function proveBroken(stage: Stage, plan: SloPlan, platform: Platform): Proven {
  const proofs = {
    "never-any-data": neverAnyData,
    "group-label-missing": groupLabelMissing,
    "counters-fall": countersFall,
    "ratio-out-of-range": outOfRange,
  };
  const reasons = plan.alerts.flatMap(({ alert, labels }) => (alert === ALERT.alert ? [labels.reason ?? ""] : []));
  return sorted(
    reasons.map((reason) => {
      const known = Object.entries(proofs).find(([name]) => name === reason)?.[1];
      const proven = reason.endsWith("-over-total") ? tooMuch(reason, stage) : (known?.(stage) ?? PROMTOOL);
      if (typeof proven === "string") return { ...ALERT, reason, why: proven };
      return proofOf(proven, reason, stage, platform);
    }),
  );
}

/** Where no series can be made of the declaration, its alert that there are none can be shown all the same. */
export function proveNothing(plan: SloPlan, all: readonly SloPlan[], platform: Platform): Proven {
  const { slo, alerts } = plan;
  const reason = "never-any-data";
  const every = slo.evaluationSeconds;
  const turn = turnOf({ from: 0, forSeconds: HOUR, late: 0, every });
  const isAsked = alerts.some(({ labels }) => labels.reason === reason);
  if (!isAsked || mayExclude(slo, turn.back)) return { proofs: [], notProven: [] };
  if (componentsOf(plan, all).some(alwaysCounts))
    return { proofs: [], notProven: [{ ...ALERT, reason, why: "a component always counts" }] };
  const expectations = turnExpectations(expectedIn(reason, slo, platform), [{}], turn, turn.back).slice(0, -1);
  const proof: Proof = {
    scenario: NOTHING,
    name: slo.name,
    story: `SloBroken (${reason}) fires after an hour without any data`,
    everySeconds: slo.scrapeSeconds,
    untilSeconds: turn.back,
    series: () => [],
    expectations: [...expectations, ...declared(slo, turn.back)],
    proves: [{ ...ALERT, reason }],
    alike: String(turn.back),
  };
  return { proofs: [proof], notProven: [] };
}

function componentsOf({ slo: { sli } }: SloPlan, all: readonly SloPlan[]): SloPlan[] {
  const ids = idsOf(sli).map(({ slo }) => slo);
  return all.filter(({ slo }) => ids.includes(slo.id));
}

/** A slice without data counts, and there are no groups that would have to be known. */
function alwaysCounts({ slo, groupLabels }: SloPlan): boolean {
  return countsSlices(slo) && slo.noTraffic !== "ignore" && groupLabels.length === 0;
}

/** Histories begin with 1970, on a Thursday: some weekly or monthly maintenance may be just then, whatever the offset. */
function mayExclude({ exclusions }: Slo, untilSeconds: number): boolean {
  return exclusions.some(
    ({ occurrences, seconds }) => startsBetween(occurrences, -seconds - DAY, untilSeconds + DAY).length > 0,
  );
}

const ALERT = alertId(alerts.broken);
const PROMTOOL = "promtool misses no evaluation";
const NOTHING = "never any data, then some";

function proofOf(wrong: Wrong, reason: string, { slo, pace }: Stage, platform: Platform): Proof {
  const { scenario, story, turn, endSeconds, groups, series } = wrong;
  return {
    scenario,
    name: slo.name,
    story: `SloBroken (${reason}) fires ${story}`,
    everySeconds: pace.scrape,
    untilSeconds: endSeconds,
    series,
    expectations: [
      ...turnExpectations(expectedIn(reason, slo, platform), groups, turn, endSeconds),
      ...(reason === "never-any-data" ? declared(slo, turn.back) : []),
    ],
    proves: [{ ...ALERT, reason }],
    ...(wrong.alike ? { alike: String(turn.back) } : {}),
  };
}

function expectedIn(reason: string, slo: Stage["slo"], platform: Platform): Expected {
  return expectedOf(slo, platform, { ...ALERT, severity: "ticket" }, { reason });
}

function neverAnyData(stage: Stage): Wrong | string {
  const { groupLabels, pace } = stage;
  if (fillsSlices(stage) && groupLabels.length === 0) return "a slice without data counts, so there is always some";
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
    endSeconds: seenBy(turn.back, stage),
    groups: [{}],
    series: (until) => seriesOf(phases, until, stage),
    alike: true,
  };
}

/** The label that makes groups is gone for a time. */
function groupLabelMissing(stage: Stage): Wrong | string {
  const { slo, history, pace, identity, groups, groupLabels } = stage;
  const { every } = pace;
  if (slo.groupBy.some((label) => history.series.some(({ labels }) => label in labels)))
    return "its selector asks for the label";
  const kept = groupLabels.filter((label) => ["job", "instance", ...identity].includes(label));
  if (slo.groupBy.every((label) => kept.includes(label))) return "all targets have the label";
  // Two slices may pass until those that had a label are forgotten.
  const late =
    lateSeconds(stage, false) +
    (history.type === "gauge" ? 2 * Math.max(pace.slice, every) : 0) +
    memoryStepSeconds(stage);
  const turn = turnOf({ from: 5 * MINUTE, after: rememberedSeconds(stage), forSeconds: 15 * MINUTE, late, every });
  const there: Phase = { seconds: 5 * MINUTE, bad: 0, units: UNITS };
  const away: Phase = { ...there, units: 0, there: false };
  const missing = turn.back - 5 * MINUTE;
  const labelled = [there, { ...away, seconds: missing }, there];
  const unlabelled = [away, { ...there, seconds: missing }, away];
  const only = Object.fromEntries(kept.map((label) => [label, groups[0]?.[label] ?? ""]));
  return {
    scenario: "a group label is missing, then comes back",
    story: `15m after no series has ${slo.groupBy.join(" or ")}, and ends when they have`,
    turn,
    endSeconds: seenBy(turn.back, stage),
    groups: [only],
    alike: true,
    series: (until) => [
      ...groups.flatMap((group) => groupSeries(labelled, until, group, stage)),
      ...groupSeries(unlabelled, until, only, stage),
    ],
  };
}
