/** How often an SLO alerts while its service keeps what it promises, and only chance makes it fail more or less. */
import type { SloPlan } from "../compile/plan.ts";
import type { Severity } from "../model/service.ts";
import { noisyRecord } from "./noise.ts";
import { firingsOf } from "./ruler.ts";
import type { Past } from "./sums.ts";
import { watchedOf } from "./watched.ts";

/** Every combination of a model and a share of the budget that is used evenly. */
export type FalseAlarms = readonly FalseAlarm[];

export interface FalseAlarm {
  /** Variance over mean of the failures: 1 is Poisson. */
  readonly dispersion: number;
  /** Of the error budget: 1 just keeps the objective. */
  readonly budgetUsed: number;
  /** A month has 30 days. */
  readonly perMonth: Readonly<Record<Severity, number>>;
}

/** Independent failures, and counts that vary ten times as much. */
export const dispersions = [1, 10] as const;
const BUDGETS_USED = [0.5, 0.9] as const;

/** Together the four are a year. */
const DAYS = 365 / 4;
const MONTH_DAYS = 30;

export function falseAlarmsOf(plan: SloPlan, past: Past, slices: boolean): FalseAlarms {
  return dispersions.flatMap((dispersion) =>
    BUDGETS_USED.map((budgetUsed): FalseAlarm => {
      const perMonth = alarmsPerMonth(plan, past, slices, dispersion, budgetUsed);
      return { dispersion, budgetUsed, perMonth };
    }),
  );
}

function alarmsPerMonth(
  plan: SloPlan,
  past: Past,
  slices: boolean,
  dispersion: number,
  budgetUsed: number,
): FalseAlarm["perMonth"] {
  const { slo, tiers } = plan;
  const every = slo.evaluationSeconds;
  const badShare = slo.errorBudget * budgetUsed;
  const isSliced = slices || slo.budgeting.kind !== "events";
  const noise = {
    evaluations: Math.round((DAYS * 86_400) / every),
    ...{ total: past.total, badShare, dispersion, seed: 1 },
    ...(isSliced ? { slice: Math.round(1 / past.total) } : {}),
  };
  const firings = firingsOf(watchedOf(plan), noisyRecord(noise), { total: past.total, bad: past.total * badShare });
  const of = (severity: Severity): number =>
    tiers.reduce((sum, tier, place) => sum + (tier.severity === severity ? (firings[place]?.length ?? 0) : 0), 0);
  const monthly = (fired: number): number => (fired * MONTH_DAYS) / DAYS;
  return { page: monthly(of("page")), ticket: monthly(of("ticket")), info: monthly(of("info")) };
}
