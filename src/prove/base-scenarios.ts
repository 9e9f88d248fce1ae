/**
 * Histories written as the recorded base, evaluation by evaluation, for what needs no raw series: long tiers, and
 * expressions of which nobody knows what they read. All of them run side by side, told apart by a label that the
 * rules pass on.
 */
import { isLong } from "../compile/measure.ts";
import { idLabels, records } from "../compile/naming.ts";
import { isPerGroup } from "../compile/objectives.ts";
import type { SloPlan, TierPlan } from "../compile/plan.ts";
import { judge } from "./alert-oracle.ts";
import { above, below, type Case, listedCases, outage } from "./base-cases.ts";
import { partsOf, ticksOf } from "./base-parts.ts";
import { neverFired, riseAndFall } from "./claims.ts";
import { isExcludedAt } from "./exclusion-oracle.ts";
import { isProvable } from "./limits.ts";
import type { Claim, Proof } from "./proof.ts";
import { type InputSeries, runs, seriesName } from "./series-text.ts";
import { usualTraffic } from "./subject.ts";
import { lengthOf } from "./timeline.ts";

/** Proofs of the tiers that read tiles, one per shape: SLOs that differ only in names and numbers share it. */
export function proveLongTiers(plans: readonly SloPlan[]): Proof[] {
  const shapes = new Map<string, SloPlan>();
  for (const plan of plans) {
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

function input(one: Case, plan: SloPlan): InputSeries[] {
  const parts = partsOf(one.phases, plan);
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
  const parts = partsOf(one.phases, plan).map(({ ticks }) => ticks);
  const group = { ...one.group?.match, proof: one.name };
  return [
    ...one.silent.map((tier) => neverFired(plan, tier.name, lastEvaluation(one, tier, plan), group)),
    ...one.rising.flatMap((tier) =>
      riseAndFall(plan, tier.name, [group], judge(tier, plan.slo, plan.measure, parts), group),
    ),
  ];
}

function lastEvaluation({ phases }: Case, tier: TierPlan, { measure }: SloPlan): number {
  const every = isLong(measure, tier.longSeconds) ? measure.tileSeconds : measure.intervalSeconds;
  return Math.floor(lengthOf(phases) / every) * every;
}
