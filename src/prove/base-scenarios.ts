/**
 * Histories written as the recorded base, evaluation by evaluation, for what needs no raw series: long tiers, and
 * expressions of which nobody knows what they read. All of them run side by side, told apart by a label that the
 * rules pass on.
 */

import { type ComponentRatio, compositeErrorRatio } from "../compile/composite-maths.ts";
import { detectionSeconds } from "../compile/maths.ts";
import { isLong } from "../compile/measure.ts";
import { idLabels, records } from "../compile/naming.ts";
import { groupWords, isPerGroup, tierWith } from "../compile/objectives.ts";
import type { SloPlan, TierPlan } from "../compile/plan.ts";
import type { GroupObjective } from "../model/service.ts";
import { COMPONENT, type Composite } from "../sli/composite.ts";
import { judge } from "./alert-oracle.ts";
import type { Ticks } from "./base-oracle.ts";
import { neverFired, riseAndFall } from "./claims.ts";
import { isExcludedAt } from "./exclusion-oracle.ts";
import { isProvable } from "./limits.ts";
import type { Claim, Proof } from "./proof.ts";
import { type InputSeries, runs, seriesName } from "./series-text.ts";
import { usualTraffic } from "./subject.ts";
import { lengthOf, type Phase, steps } from "./timeline.ts";

/** Proofs of the tiers that read tiles, one per shape: SLOs that differ only in names and numbers share it. */
export function proveLongTiers(plans: readonly SloPlan[]): Proof[] {
  const shapes = new Map<string, SloPlan>();
  // Raw windows read nothing that a base has recorded.
  for (const plan of plans.filter(({ slo }) => !slo.rawWindows)) {
    const key = shape(plan);
    if (!shapes.has(key)) shapes.set(key, plan);
  }
  return [...shapes.values()].flatMap((plan) =>
    proveFromBase(
      plan,
      plan.tiers.filter((tier) => isLong(plan.measure, tier.longSeconds)),
    ),
  );
}

/** Proof of some tiers of one SLO, given what its base has recorded. */
export function proveFromBase(declared: SloPlan, all: readonly TierPlan[]): Proof[] {
  const plan = withoutExclusions(declared);
  const tiers = all.filter((tier) => isProvable(tier, plan.measure));
  if (tiers.length === 0) return [];
  const around = tiers.flatMap((tier) => [below(tier), above(tier)]);
  const cases = [outage(tiers), ...around, ...listedCases(tiers, plan)];
  if (isDisturbed(cases, tiers, declared)) return [];
  const names = tiers.map((tier) => tier.name).join(" and ");
  return [
    {
      scenario: "from the base",
      name: `${plan.slo.name}: ${names} fire in time in a full outage and at 1.1 of their burn, are silent at 0.9, and resolve`,
      everySeconds: plan.measure.intervalSeconds,
      input: [...cases.flatMap((one) => input(one, plan)), ...exclusionInput(cases, tiers, declared)],
      claims: cases.flatMap((one) => claims(one, plan)),
    },
  ];
}

function shape({ tiers, slo, measure }: SloPlan): string {
  const long = tiers
    .filter((tier) => isLong(measure, tier.longSeconds))
    .map(({ longSeconds, shortSeconds, severity, forSeconds }) => [longSeconds, shortSeconds, severity, forSeconds]);
  return JSON.stringify([
    long,
    slo.sli.kind === "composite" ? slo.sli : undefined,
    slo.minEvents !== undefined,
    slo.minBad !== undefined,
    slo.objectives,
    slo.exclusions,
    slo.alerting.threshold,
    measure.intervalSeconds,
    measure.tileSeconds,
  ]);
}

/** One history with what it claims of each tier. */
interface Case {
  readonly name: string;
  readonly phases: readonly Phase[];
  readonly rising: readonly TierPlan[];
  readonly silent: readonly TierPlan[];
  /** Of a group with an objective of its own. */
  readonly group?: GroupObjective;
}

/** One group of every objective, around its own thresholds. */
function listedCases(tiers: readonly TierPlan[], { slo }: SloPlan): Case[] {
  return slo.objectives.flatMap((group) => {
    const own = tiers.map((tier) => tierWith(tier, group.errorBudget, slo));
    const named = (one: Case): Case => ({ ...one, name: `${one.name}, ${groupWords(group)}`, group });
    return own.flatMap((tier) => [named(below(tier)), named(above(tier))]);
  });
}

function outage(tiers: readonly TierPlan[]): Case {
  const detection = Math.max(
    ...tiers.map((tier) => detectionSeconds(tier.longSeconds, tier.threshold, 1) + tier.forSeconds),
  );
  const short = Math.max(...tiers.map((tier) => tier.shortSeconds));
  const phases = [phase(short / 3, 0), phase(detection + short / 3, 1), phase(short * 1.2, 0)];
  return { name: "outage", phases, rising: tiers, silent: [] };
}

function below(tier: TierPlan): Case {
  return {
    name: `${tier.name} at 0.9`,
    phases: [phase(tier.longSeconds, 0.9 * tier.threshold)],
    rising: [],
    silent: [tier],
  };
}

/** From a cold start: the part of the window that is not there yet counts as good. */
function above(tier: TierPlan): Case {
  const share = Math.min(1, 1.1 * tier.threshold);
  return {
    name: `${tier.name} at 1.1`,
    phases: [phase(tier.longSeconds + tier.forSeconds, share)],
    rising: [tier],
    silent: [],
  };
}

function input(one: Case, plan: SloPlan): InputSeries[] {
  const parts = partsOf(one, plan);
  const length = parts[0]?.ticks.total.length ?? 0;
  const group = { ...idLabels(plan.slo), ...one.group?.match, proof: one.name };
  const counts = parts.flatMap(({ labels, ticks }) => {
    const all = { ...idLabels(plan.slo), ...one.group?.match, ...labels, proof: one.name };
    return [
      { series: seriesName(records.total, all), values: runs(ticks.total) },
      { series: seriesName(records.bad, all), values: runs(ticks.bad) },
    ];
  });
  return [...budgetInput(one, plan, group, length), ...trafficInput(one, plan, length), ...counts];
}

/** Budgets of groups are recorded in the other file, which such a test does not read. */
function budgetInput(
  { group, rising, silent }: Case,
  { slo, measure }: SloPlan,
  labels: Readonly<Record<string, string>>,
  length: number,
): InputSeries[] {
  const here = [...rising, ...silent].every((tier) => !isLong(measure, tier.longSeconds));
  if (!isPerGroup(slo) || here) return [];
  const budget = group?.errorBudget ?? slo.errorBudget;
  return [{ series: seriesName(records.errorBudget, labels), values: runs(Array<number>(length).fill(budget)) }];
}

/** The budget in events, given: in the slow file the rules find it from a period's sums, which keep group labels only. */
function trafficInput(one: Case, plan: SloPlan, length: number): InputSeries[] {
  return usualTraffic(plan, { ...one.group?.match, proof: one.name }, length, plan.measure.intervalSeconds);
}

/** Exclusions too are recorded in the other file. There are none in these histories. */
function exclusionInput(cases: readonly Case[], tiers: readonly TierPlan[], declared: SloPlan): InputSeries[] {
  const { slo, measure } = declared;
  if (slo.exclusions.length === 0 || tiers.every((tier) => !isLong(measure, tier.longSeconds))) return [];
  const length = Math.max(...cases.map((one) => ticksOf(one.phases, declared).total.length));
  return [{ series: seriesName(records.excluded, idLabels(slo)), values: runs(Array<number>(length).fill(0)) }];
}

function withoutExclusions(plan: SloPlan): SloPlan {
  return { ...plan, slo: { ...plan.slo, exclusions: [] } };
}

/** Whether some of these histories runs into an exclusion that the rules of its own file know of. */
function isDisturbed(cases: readonly Case[], tiers: readonly TierPlan[], { slo, measure }: SloPlan): boolean {
  const end = Math.max(...cases.map(({ phases }) => lengthOf(phases)));
  return tiers.some((tier) => !isLong(measure, tier.longSeconds)) && isExcludedAt(end, slo, measure, end);
}

function claims(one: Case, plan: SloPlan): Claim[] {
  const parts = partsOf(one, plan).map(({ ticks }) => ticks);
  const group = { ...one.group?.match, proof: one.name };
  return [
    ...one.silent.map((tier) => neverFired(plan, tier.name, lastEvaluation(one, tier, plan), group)),
    ...one.rising.flatMap((tier) =>
      riseAndFall(plan, tier.name, [group], judge(tier, plan.slo, plan.measure, parts), group),
    ),
  ];
}

/** One base, or one for each component of a composite. */
interface Recorded {
  readonly labels: Readonly<Record<string, string>>;
  readonly ticks: Ticks;
}

function partsOf(one: Case, plan: SloPlan): Recorded[] {
  const { sli } = plan.slo;
  if (sli.kind !== "composite") return [{ labels: {}, ticks: ticksOf(one.phases, plan) }];
  return sli.of.map(({ slo }, index) => ({
    labels: { [COMPONENT]: slo },
    ticks: ticksOf(componentPhases(sli, index, one.phases), plan),
  }));
}

/** In an outage all components are out. What is gradual is the doing of the last one, where its weight suffices, or of all alike. */
function componentPhases(sli: Composite, index: number, phases: readonly Phase[]): Phase[] {
  const most =
    compositeErrorRatio(
      sli.as,
      componentRatios(sli, (at) => (at === sli.of.length - 1 ? 1 : 0)),
    ) ?? 1;
  return phases.map((one) => {
    if (one.bad === 0 || one.bad === 1) return one;
    if (one.bad > most)
      return phase(one.seconds, sli.as === "serial" ? 1 - (1 - one.bad) ** (1 / sli.of.length) : one.bad);
    return phase(one.seconds, index === sli.of.length - 1 ? one.bad / most : 0);
  });
}

function componentRatios({ of }: Composite, errorRatio: (index: number) => number): ComponentRatio[] {
  return of.map(({ weight = 1 }, index) => ({ errorRatio: errorRatio(index), weight }));
}

function lastEvaluation({ phases }: Case, tier: TierPlan, { measure }: SloPlan): number {
  const every = isLong(measure, tier.longSeconds) ? measure.tileSeconds : measure.intervalSeconds;
  return Math.floor(lengthOf(phases) / every) * every;
}

function ticksOf(phases: readonly Phase[], { measure }: SloPlan): Ticks {
  const every = measure.intervalSeconds;
  const whole = phases.map((one) => ({ ...one, seconds: Math.ceil(one.seconds / every) * every }));
  const timeline = steps(whole, every);
  return { total: timeline.map((step) => step.good + step.bad), bad: timeline.map((step) => step.bad) };
}

function phase(seconds: number, share: number): Phase {
  return { seconds, bad: Math.round(share * 1e6) / 1e6 };
}
