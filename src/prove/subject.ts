/** An SLO with a history that its kind can write: what every proof from raw series starts from. */
import { isLong } from "../compile/measure.ts";
import { idLabels, records } from "../compile/naming.ts";
import type { SloPlan, TierPlan } from "../compile/plan.ts";
import { knowsTraffic } from "../compile/traffic.ts";
import type { Slo } from "../model/service.ts";
import { kindOf } from "../sli/index.ts";
import type { History } from "../sli/kind.ts";
import { type Judgement, judge } from "./alert-oracle.ts";
import { baseTicks, type Ticks } from "./base-oracle.ts";
import { isExcludedAt } from "./exclusion-oracle.ts";
import type { Claim, Proof } from "./proof.ts";
import { rawSeries } from "./raw-series.ts";
import { type InputSeries, runs, seriesName } from "./series-text.ts";
import { budgetedTicks } from "./slice-ticks.ts";
import { lengthOf, type Phase, steps, UNITS } from "./timeline.ts";

type Labels = Readonly<Record<string, string>>;

/** An SLO with the history that its kind can write. */
export interface Subject {
  readonly plan: SloPlan;
  readonly history: History;
  readonly tiers: readonly TierPlan[];
  readonly groups: readonly Labels[];
}

/** The SLO's short tiers and test groups; undefined where no history can be derived from the declaration. */
export function subjectOf(plan: SloPlan): Subject | undefined {
  const history = kindOf(plan.slo.sli).history(plan.slo.sli, plan.measure.base);
  if (!history || tornApart(plan, history)) return undefined;
  const tiers = plan.tiers.filter((tier) => !isLong(plan.measure, tier.longSeconds));
  return { plan, history, tiers, groups: testGroups(plan, history) };
}

/** Grouped by a label that tells good from bad, no group has both. */
function tornApart({ groupLabels }: SloPlan, { series }: History): boolean {
  return groupLabels.some((label) => new Set(series.map(({ labels }) => labels[label])).size > 1);
}

/** When the oracle has a tier firing over these phases. */
export function judged(tier: TierPlan, phases: readonly Phase[], { plan, history }: Subject): Judgement {
  const slice = "slice" in plan.slo.sli ? plan.slo.sli.slice : 60;
  const ticks = baseTicks(history, steps(rounded(phases, plan), plan.slo.scrapeSeconds), plan.measure.base, slice);
  const counted = budgetedTicks(outsideExclusions(ticks, plan), plan.slo.budgeting, plan.measure.base);
  return judge(tier, plan.slo, plan.measure, [counted], plan.slo.scrapeSeconds);
}

/** What is counted in an exclusion is nothing. */
function outsideExclusions({ total, bad }: Ticks, { slo, measure }: SloPlan): Ticks {
  if (slo.exclusions.length === 0) return { total, bad };
  const counted = (value: number | undefined, index: number): number | undefined =>
    value !== undefined && isExcludedAt(index * measure.intervalSeconds, slo, measure) ? 0 : value;
  return { total: total.map(counted), bad: bad.map(counted) };
}

/** A proof with the raw series of every group. */
export function proof(
  scenario: string,
  name: string,
  phases: readonly Phase[],
  claims: readonly Claim[],
  { plan, history, groups }: Subject,
): Proof {
  const input = seriesOver(phases, { plan, history, groups });
  return {
    scenario,
    name: `${plan.slo.name}: ${name}`,
    everySeconds: plan.slo.scrapeSeconds,
    input: unique(input),
    claims,
  };
}

/** The raw series of some groups over these phases. */
export function seriesOver(
  phases: readonly Phase[],
  { plan, history, groups }: Pick<Subject, "plan" | "history" | "groups">,
): InputSeries[] {
  const timeline = steps(rounded(phases, plan), plan.slo.scrapeSeconds);
  const traffic = groups.flatMap((group) => usualTraffic(plan, group, timeline.length, plan.slo.scrapeSeconds));
  return [...groups.flatMap((group) => rawSeries(history, timeline, plan, group)), ...traffic];
}

/** The budget in events, which the other file records: that of usual traffic, in every group. */
export function usualTraffic(
  { slo, measure }: SloPlan,
  group: Labels,
  length: number,
  everySeconds: number,
): InputSeries[] {
  if (!knowsTraffic(slo) || !measure.needsTiles) return [];
  const events = (budgetOfGroup(slo, group) * UNITS * slo.windowSeconds) / everySeconds;
  const series = seriesName(records.budgetEvents, { ...idLabels(slo), ...group });
  return [{ series, values: runs(Array<number>(length).fill(events)) }];
}

function budgetOfGroup({ objectives, errorBudget }: Slo, group: Labels): number {
  const own = objectives.find(({ match }) => Object.entries(match).every(([label, value]) => group[label] === value));
  return own?.errorBudget ?? errorBudget;
}

/** Healthy time before an incident. */
export const LEAD_SECONDS = 600;

/** A time of good units only. */
export function good(seconds: number): Phase {
  return { seconds, bad: 0 };
}

/** A time with this share of bad units. */
export function bad(seconds: number, share: number): Phase {
  return { seconds, bad: round(share) };
}

/** When a history ends, in seconds: it is played in whole scrapes and evaluations. */
export function endOf(phases: readonly Phase[], plan: SloPlan): number {
  return lengthOf(rounded(phases, plan));
}

/** The last evaluation at or before a time. */
export function floorTo(seconds: number, { slo }: SloPlan): number {
  return Math.floor(seconds / slo.evaluationSeconds) * slo.evaluationSeconds;
}

/** Two groups where a label is free, so that two burn at once; else the one that the selector fixes. */
function testGroups({ groupLabels, slo }: SloPlan, history: History): Labels[] {
  const fixed = history.series[0]?.labels ?? {};
  const named = (value: string): Labels => groupNamed(value, groupLabels, fixed);
  const free = groupLabels.some((label) => fixed[label] === undefined);
  const listed = slo.objectives.flatMap(({ match }) => Object.values(match));
  const values = ["a", "b", "c", "d", ...listed.map((_value, index) => `other-${index}`)];
  const [one = "a", two = "b"] = values.filter((value) => !listed.includes(value));
  return free ? [named(one), named(two)] : [named(one)];
}

/** The group whose labels have this value, where nothing fixes them. */
export function groupNamed(value: string, labels: readonly string[], fixed: Labels): Labels {
  return Object.fromEntries(labels.map((label) => [label, fixed[label] ?? value]));
}

/** A target that serves both groups is one target. */
function unique<T extends { readonly series: string }>(series: readonly T[]): T[] {
  return [...new Map(series.map((one) => [one.series, one])).values()];
}

/** Whole scrapes and whole evaluations, so that claims fall on instants at which rules run. */
function rounded(phases: readonly Phase[], { slo }: SloPlan): Phase[] {
  const unit = leastCommonMultiple(slo.scrapeSeconds, slo.evaluationSeconds);
  const real = phases.filter((phase) => phase.seconds > 0);
  return real.map((phase) => ({
    ...phase,
    seconds: phase.seconds <= slo.scrapeSeconds ? slo.scrapeSeconds : Math.ceil(phase.seconds / unit) * unit,
  }));
}

function leastCommonMultiple(a: number, b: number): number {
  const divisor = (x: number, y: number): number => (y === 0 ? x : divisor(y, x % y));
  return (a * b) / divisor(a, b);
}

function round(share: number): number {
  return Math.round(share * 1e6) / 1e6;
}
