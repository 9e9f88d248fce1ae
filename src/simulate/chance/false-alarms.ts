/** How often an SLO alerts while its service keeps what it promises, and only chance makes it fail more or less. */

import type { SloPlan } from "../../compile/plan.ts";
import { countsSlices } from "../../model/budgeting.ts";
import type { Severity } from "../../model/service.ts";
import { DAY } from "../../time/units.ts";
import { firingsOf } from "../ruler.ts";
import type { Past } from "../sums.ts";
import { watchedOf } from "../watched.ts";
import { type Noise, noisyRecord, noisyTotals } from "./noise.ts";

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
const dispersions = [1, 10] as const;
const BUDGETS_USED = [0.5, 0.9] as const;

/** Together the four are a year. */
const DAYS = 365 / 4;
const MONTH_DAYS = 30;

export function falseAlarmsOf(plan: SloPlan, past: Past): FalseAlarms {
  const { slo } = plan;
  const evaluations = Math.round((DAYS * DAY) / slo.evaluationSeconds);
  const isSliced = countsSlices(slo);
  const common = isSliced
    ? { evaluations, total: past.total, seed: 1, slice: Math.round(1 / past.total) }
    : { evaluations, total: past.total, seed: 1, totals: noisyTotals(evaluations, past.total, 2) };
  return dispersions.flatMap((dispersion) =>
    BUDGETS_USED.map((budgetUsed): FalseAlarm => {
      const noise = { ...common, badShare: slo.errorBudget * budgetUsed, dispersion };
      return { dispersion, budgetUsed, perMonth: alarmsPerMonth(plan, noise) };
    }),
  );
}

function alarmsPerMonth(plan: SloPlan, noise: Noise): FalseAlarm["perMonth"] {
  const { tiers } = plan;
  const { total, badShare } = noise;
  const firings = firingsOf(watchedOf(plan), noisyRecord(noise), { total, bad: total * badShare });
  const of = (severity: Severity): number =>
    tiers.reduce((sum, tier, place) => sum + (tier.severity === severity ? (firings[place]?.length ?? 0) : 0), 0);
  const monthly = (fired: number): number => (fired * MONTH_DAYS) / DAYS;
  return { page: monthly(of("page")), ticket: monthly(of("ticket")), info: monthly(of("info")) };
}
