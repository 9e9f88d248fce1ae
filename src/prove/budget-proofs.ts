/**
 * Proofs of budgets, from a recorded base: what spends up to a limit passes its thresholds in time, one after the other
 * and each limit for itself; the new period begins with nothing; and what the limit allows tells nobody.
 *
 * The oracle adds up what the history spends. Where a tile may decide whether a threshold is passed yet, nothing is claimed.
 */
import { budgetLabels, increaseRecord, SCOPE, thresholdAlertName } from "../compile/budget/names.ts";
import type { BudgetPlan } from "../compile/plan.ts";
import { nominalSeconds } from "../model/to-budget.ts";
import { selector } from "../promql/build.ts";
import { exact } from "../promql/number.ts";
import { print } from "../promql/print.ts";
import { endOfPeriod } from "./budget-calendar.ts";
import type { Claim, Proof } from "./proof.ts";
import { seriesName } from "./series-text.ts";

/** A proof that begins at a moment of its own. */
export interface DatedProof extends Proof {
  /** Unix time. */
  readonly startSeconds: number;
}

const HOUR = 3600;

/** Both proofs of one budget. */
export function proveBudget(plan: BudgetPlan): DatedProof[] {
  return [passesItsLimits(plan), keepsItsLimits(plan)];
}

/** What one value of `by` spends at each evaluation, until the period ends. */
interface Spender {
  readonly labels: Readonly<Record<string, string>>;
  readonly perEvaluation: number;
}

/** The limits that a history is held to, and who spends on them. */
interface Held {
  readonly labels: Readonly<Record<string, string>>;
  readonly limit: number;
  readonly spenders: readonly Spender[];
}

interface Course {
  readonly seconds: number;
  readonly intervalSeconds: number;
  readonly tileSeconds: number;
  readonly startSeconds: number;
  /** Where the calendar says what is spent at the end. */
  readonly periods: { readonly label: string; readonly before: string; readonly after: string } | undefined;
}

function passesItsLimits(plan: BudgetPlan): DatedProof {
  const course = courseOf(plan);
  const spenders = spendersOf(plan, course, 1.25);
  const claims = [...risingClaims(plan, spenders, course), ...resetClaims(plan, course)];
  return {
    scenario: "budgets",
    name: `${plan.budget.id}: every limit alerts in time and for itself${course.periods ? ", and begins anew with the period" : ""}`,
    everySeconds: course.intervalSeconds,
    startSeconds: course.startSeconds,
    input: spenders.flatMap((spender) => inputOf(plan, spender, course)),
    claims,
  };
}

/** Half of what the limit allows for the time: no threshold, no burn, no forecast. */
function keepsItsLimits(plan: BudgetPlan): DatedProof {
  const course = courseOf(plan);
  const allowed = course.seconds / nominalSeconds(plan.budget.period);
  const spenders = spendersOf(plan, course, 0.5 * Math.min(1, allowed));
  const names = plan.alerts.map(({ alert }) => alert).filter((name) => /^Budget(Spent|Burn|Forecast)/.test(name));
  return {
    scenario: "budgets",
    name: `${plan.budget.id}: what the limit allows alerts nobody`,
    everySeconds: course.intervalSeconds,
    startSeconds: course.startSeconds,
    input: spenders.flatMap((spender) => inputOf(plan, spender, course)),
    claims: sixteenths(course).flatMap((atSeconds) => names.map((name) => silent(plan, name, atSeconds))),
  };
}

/** Up to four hours to the end of the period, and an hour of the next; a rolling period is filled from its start. */
function courseOf({ measure, budget }: BudgetPlan): Course {
  const wanted = Math.min(4 * HOUR, nominalSeconds(budget.period) / 2);
  const seconds = Math.floor(wanted / measure.tileSeconds) * measure.tileSeconds;
  const shared = { seconds, intervalSeconds: measure.intervalSeconds, tileSeconds: measure.tileSeconds };
  if (!measure.calendar) return { ...shared, startSeconds: 0, periods: undefined };
  const end = endOfPeriod(measure.calendar);
  return {
    ...shared,
    startSeconds: end.atSeconds + measure.agoSeconds - seconds,
    periods: { label: measure.calendar.period, before: end.before, after: end.after },
  };
}

/** Two values that spend unequally; the tightest limit is passed by the factor at the end. */
function spendersOf(
  { budget, groupLabels }: BudgetPlan,
  { seconds, intervalSeconds }: Course,
  factor: number,
): Spender[] {
  const evaluations = seconds / intervalSeconds;
  const [label = ""] = budget.by;
  const values = groupLabels.length === 0 ? [""] : [Object.keys(budget.limits)[0] ?? "one", "two"];
  const weights = values.length === 1 ? [1] : [2, 1];
  const labelsOf = (value: string): Record<string, string> =>
    Object.fromEntries(groupLabels.map((name) => [name, name === label || budget.by.length === 0 ? value : "any"]));
  const spenders = values.map((value, index) => ({ labels: labelsOf(value), weight: weights[index] ?? 1 }));
  // The limit that the smallest total exceeds: all others are claimed by what is spent on them.
  const totals = heldBy(
    budget,
    spenders.map(({ labels, weight }) => ({ labels, perEvaluation: weight })),
  );
  const least = Math.min(...totals.map(({ limit, spenders: who }) => limit / sum(who)));
  return spenders.map(({ labels, weight }) => ({
    labels,
    perEvaluation: exact((weight * least * factor) / evaluations),
  }));
}

function heldBy(budget: BudgetPlan["budget"], spenders: readonly Spender[]): Held[] {
  const [label = ""] = budget.by;
  const each = spenders.flatMap((spender): Held[] => {
    const limit = budget.limits[spender.labels[label] ?? ""] ?? budget.limitEach;
    if (budget.by.length === 0 || limit === undefined) return [];
    return [{ labels: { [SCOPE]: "each", ...spender.labels }, limit, spenders: [spender] }];
  });
  if (budget.limit === undefined) return each;
  const identities = new Map<string, Spender[]>();
  for (const spender of spenders) {
    const own = Object.fromEntries(Object.entries(spender.labels).filter(([name]) => !budget.by.includes(name)));
    identities.set(JSON.stringify(own), [...(identities.get(JSON.stringify(own)) ?? []), spender]);
  }
  const all = [...identities].map(
    ([own, who]): Held => ({
      labels: { [SCOPE]: "all", ...(JSON.parse(own) as Record<string, string>) },
      limit: budget.limit ?? 0,
      spenders: who,
    }),
  );
  return [...all, ...each];
}

/** Wherever every threshold of every limit is certain, which of them fire. */
function risingClaims(plan: BudgetPlan, spenders: readonly Spender[], course: Course): Claim[] {
  const held = heldBy(plan.budget, spenders);
  return sixteenths(course).flatMap((atSeconds) =>
    plan.budget.thresholds.flatMap((threshold) => {
      const verdicts = held.map((one) => ({ one, verdict: verdictOf(plan, one, threshold.at, atSeconds) }));
      if (verdicts.some(({ verdict }) => verdict === undefined)) return [];
      const firing = verdicts.filter(({ verdict }) => verdict).map(({ one }) => one);
      return [firingOf(plan, thresholdAlertName(threshold), atSeconds, firing)];
    }),
  );
}

/** Undefined where only the moment of a tile decides. */
function verdictOf(
  { measure }: BudgetPlan,
  { limit, spenders }: Held,
  at: number,
  seconds: number,
): boolean | undefined {
  const { intervalSeconds, tileSeconds } = measure;
  const spentBy = (moment: number): number => Math.max(0, Math.floor(moment / intervalSeconds)) * sum(spenders);
  if (spentBy(seconds - 2 * tileSeconds - 2 * intervalSeconds) >= at * limit) return true;
  return spentBy(seconds + 2 * intervalSeconds) < at * limit ? false : undefined;
}

function resetClaims(plan: BudgetPlan, { seconds, periods }: Course): Claim[] {
  if (!periods) return [];
  const after = seconds + 3 * plan.measure.tileSeconds;
  return plan.budget.thresholds.map((threshold) => silent(plan, thresholdAlertName(threshold), after));
}

/** A sixteenth of the course apart, on tiles, and before the end: there the next period begins. */
function sixteenths({ seconds, tileSeconds }: Course): number[] {
  const onTile = (at: number): number => Math.round(at / tileSeconds) * tileSeconds;
  return Array.from({ length: 16 }, (_, index) => onTile(((index + 1) * seconds) / 16)).filter(
    (at, index, all) => at > 0 && at < seconds && all.indexOf(at) === index,
  );
}

function inputOf(plan: BudgetPlan, { labels, perEvaluation }: Spender, { seconds, intervalSeconds, periods }: Course) {
  const named = (period: Record<string, string>): string =>
    seriesName(increaseRecord(plan.budget), { ...budgetLabels(plan.budget), ...labels, ...period });
  const count = seconds / intervalSeconds;
  const value = String(perEvaluation);
  if (!periods) return [{ series: named({}), values: `_ ${value}x${count - 1}` }];
  return [
    { series: named({ [periods.label]: periods.before }), values: `_ ${value}x${count - 1}` },
    // Next to nothing, so that the new period is there.
    { series: named({ [periods.label]: periods.after }), values: `_x${count + 1} 0x${3600 / intervalSeconds}` },
  ];
}

function silent(plan: BudgetPlan, name: string, atSeconds: number): Claim {
  return firingOf(plan, name, atSeconds, []);
}

function firingOf(plan: BudgetPlan, name: string, atSeconds: number, held: readonly Held[]): Claim {
  const by = [SCOPE, ...plan.groupLabels];
  const alert = { ...budgetLabels(plan.budget), alertname: name };
  const alerts = selector("ALERTS", { ...alert, alertstate: "firing" });
  const query = `count by (${by.join(", ")}) (${print(alerts)})`;
  return { atSeconds, query, alert, samples: held.map(({ labels }) => ({ labels: seriesName("", labels), value: 1 })) };
}

function sum(spenders: readonly { readonly perEvaluation: number }[]): number {
  return spenders.reduce((all, { perEvaluation }) => all + perEvaluation, 0);
}
