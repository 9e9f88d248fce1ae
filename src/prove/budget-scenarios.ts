/**
 * Proofs of the alerts on the error budget, from the recorded base: each fires when its share is spent, is silent when a
 * little less is, and resolves where a test is long enough for that.
 */
import { lowTier } from "../compile/budget-alerts.ts";
import { forecastLookback } from "../compile/maths.ts";
import { idLabels, records } from "../compile/naming.ts";
import { isPerGroup } from "../compile/objectives.ts";
import { periodTileSeconds } from "../compile/period.ts";
import type { SloPlan } from "../compile/plan.ts";
import { secondsOf } from "../compile/tier-policy.ts";
import type { Ticks } from "./base-oracle.ts";
import { type BudgetQuestion, judgeBudget } from "./budget-oracle.ts";
import { neverFired, riseAndFall } from "./claims.ts";
import { MOST_SAMPLES } from "./limits.ts";
import type { Claim, Proof } from "./proof.ts";
import { type InputSeries, runs, seriesName } from "./series-text.ts";
import { lengthOf, type Phase, steps } from "./timeline.ts";

const HOUR = 3600;
const DAY = 86_400;

/**
 * The proofs of an SLO's budget alerts; none where it has none, or where a test is too short for them. A period's sums
 * keep the group labels only, so every history has a test of its own.
 */
export function proveBudget(plan: SloPlan): Proof[] {
  return casesOf(plan)
    .filter((one) => fits(one, plan))
    .map((one) => ({
      scenario: one.name,
      name: `${plan.slo.name}: ${one.name} when ${one.fires ? "a little more" : "a little less"} than its share of the budget is spent`,
      everySeconds: plan.measure.intervalSeconds,
      input: input(one, plan),
      claims: claims(one, plan),
    }))
    .filter((proof) => proof.claims.length > 0);
}

/** One history, and what it asks of one alert. */
interface Case {
  readonly name: string;
  readonly tier: string;
  readonly question: BudgetQuestion;
  readonly phases: readonly Phase[];
  readonly fires: boolean;
}

/** Of rolling windows over counts of the SLO's own. */
function casesOf({ slo, measure }: SloPlan): Case[] {
  if (slo.periods[0].kind === "calendar" || slo.sli.kind === "composite") return [];
  const { exhausted, below = [], forecast, drop } = slo.alerting.budget ?? {};
  const tail = tailSeconds(slo.windowSeconds);
  const spending = (share: number, lead = HOUR): Phase[] => [
    phase(lead, 0),
    phase(share * slo.errorBudget * slo.windowSeconds, 1),
    phase(tail, 0),
  ];
  return [
    ...(exhausted ? pair("budget-exhausted", { type: "exhausted" }, spending(1.1), spending(0.9)) : []),
    ...below.flatMap((share) =>
      pair(lowTier(share), { type: "low", share }, spending(1.1 * (1 - share)), spending(0.9 * (1 - share))),
    ),
    ...(forecast === undefined ? [] : forecastCases(secondsOf(forecast), slo, measure.intervalSeconds)),
    ...(drop === undefined ? [] : dropCases(drop.share, secondsOf(drop.within), slo.errorBudget * slo.windowSeconds)),
  ];
}

/** A window that a test can see to its end gives the budget back. */
function tailSeconds(windowSeconds: number): number {
  return windowSeconds <= DAY ? windowSeconds + 4 * HOUR : 3 * HOUR;
}

/** Steady burns on a full budget: well over what a horizon bears, and half of it. */
function forecastCases(horizon: number, { errorBudget, windowSeconds }: SloPlan["slo"], every: number): Case[] {
  const lookback = forecastLookback(horizon, every);
  const burning = (burn: number): Phase => phase(lookback, Math.min(1, (burn * errorBudget * windowSeconds) / horizon));
  const tail = phase(lookback + 2 * HOUR, 0);
  return pair("budget-forecast", { type: "forecast", horizon, lookback }, [burning(1.3), tail], [burning(0.5)]);
}

function dropCases(share: number, within: number, budgetSeconds: number): Case[] {
  const falling = (part: number, tail: number): Phase[] => [
    phase(within + HOUR, 0),
    phase(part * share * budgetSeconds, 1),
    phase(tail, 0),
  ];
  return pair("budget-drop", { type: "drop", share, within }, falling(1.1, within + 2 * HOUR), falling(0.9, HOUR));
}

function pair(tier: string, question: BudgetQuestion, more: Phase[], less: Phase[]): Case[] {
  return [
    { name: `${tier} fires`, tier, question, phases: more, fires: true },
    { name: `${tier} is silent`, tier, question, phases: less, fires: false },
  ];
}

/** Short enough for promtool, and for the oracle: a period's first day makes groups known that it does not know. */
function fits({ phases }: Case, { slo, measure }: SloPlan): boolean {
  const seconds = lengthOf(phases);
  const tiled = periodTileSeconds(measure, slo.windowSeconds) !== undefined;
  return seconds / measure.intervalSeconds <= MOST_SAMPLES && (!tiled || seconds < slo.windowSeconds - DAY);
}

function input(one: Case, plan: SloPlan): InputSeries[] {
  const { slo } = plan;
  const ticks = ticksOf(one, plan);
  const labels = { ...idLabels(slo), ...groupOf(plan) };
  const budget = Array<number>(ticks.total.length).fill(slo.errorBudget);
  const recorded = isPerGroup(slo) && plan.measure.needsTiles;
  return [
    { series: seriesName(records.total, labels), values: runs(ticks.total) },
    { series: seriesName(records.bad, labels), values: runs(ticks.bad) },
    ...(recorded ? [{ series: seriesName(records.errorBudget, labels), values: runs(budget) }] : []),
  ];
}

function claims(one: Case, plan: SloPlan): Claim[] {
  const group = groupOf(plan);
  const judgement = judgeBudget(one.question, plan.slo, plan.measure, ticksOf(one, plan));
  if (one.fires) return riseAndFall(plan, one.tier, [group], judgement);
  const { verdicts, everySeconds } = judgement;
  const quiet = verdicts.every((verdict) => verdict === "silent");
  return quiet ? [neverFired(plan, one.tier, (verdicts.length - 1) * everySeconds)] : [];
}

/** One that no objective of its own names. */
function groupOf({ groupLabels }: SloPlan): Readonly<Record<string, string>> {
  return Object.fromEntries(groupLabels.map((label) => [label, "any-other"]));
}

function ticksOf({ phases }: Case, { measure }: SloPlan): Ticks {
  const every = measure.intervalSeconds;
  const whole = phases.map((one) => ({ ...one, seconds: Math.ceil(one.seconds / every) * every }));
  const timeline = steps(whole, every);
  return { total: timeline.map((step) => step.good + step.bad), bad: timeline.map((step) => step.bad) };
}

function phase(seconds: number, share: number): Phase {
  return { seconds, bad: Math.round(share * 1e6) / 1e6 };
}
