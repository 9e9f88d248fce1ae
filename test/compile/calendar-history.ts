/**
 * Histories over the ends of calendar periods: what the base recorded, played through the real rules from a given
 * moment, and a plain calendar that says how much of the budget must be left.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { budgetRemainingRecord } from "../../src/compile/naming.ts";
import type { Plan, SloPlan } from "../../src/compile/plan.ts";
import type { CalendarPeriod } from "../../src/model/period.ts";
import { print } from "../../src/promql/print.ts";
import { runs } from "../../src/prove/series-text.ts";
import { runPromtool } from "../support/engines.ts";

/** Events of one evaluation interval; undefined where nothing was recorded. */
export interface Tick {
  readonly total: number;
  readonly bad: number;
}

export type Ticks = readonly (Tick | undefined)[];

export interface CalendarHistory {
  /** Unix time of the first evaluation. */
  readonly start: number;
  /** What the base recorded for each model, from the first evaluation on. */
  readonly models: Readonly<Record<string, Ticks>>;
  /** Moments at which the budgets are looked at. */
  readonly at: readonly number[];
}

/** Sums in another order differ in the last digits; a power of two keeps the rounding exact. */
const STEPS = 2 ** 28;

function rounded(value: number): number {
  return Math.floor(value * STEPS + 0.5) / STEPS;
}

/** Plays the histories, and holds what is recorded of every calendar period against the plain calendar. */
export async function expectBudgets(plan: Plan, histories: readonly CalendarHistory[]): Promise<void> {
  const slo = plan.services[0]?.slos[0] as SloPlan;
  const tests = histories.map((history) => testOf(slo, history));
  expect(tests.flatMap((test) => test.promql_expr_test).some(({ exp_samples }) => exp_samples.length > 0)).toBe(true);
  const dir = mkdtempSync(join(tmpdir(), "firebreak-calendar-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const interval = `${slo.measure.tileSeconds}s`;
  const file = { rule_files: ["rules.json"], evaluation_interval: interval, fuzzy_compare: true, tests };
  writeFileSync(join(dir, "rules.json"), JSON.stringify({ groups: [{ name: "budgets", rules: budgetRules(slo) }] }));
  writeFileSync(join(dir, "tests.json"), JSON.stringify(file));
  const { stdout, stderr } = await runPromtool(["test", "rules", "tests.json"], { cwd: dir });
  expect(`${stdout}${stderr}`.trim()).toBe("SUCCESS");
}

/** The SLO's rules from its tiles to its budgets, in their order; alerts and windows would only take time. */
function budgetRules({ groups }: SloPlan) {
  return groups
    .flatMap(({ rules }) => rules)
    .filter((rule) => rule.type === "record" && /^slo:(events|error_budget_remaining)/.test(rule.record))
    .map((rule) => ({
      ...("record" in rule ? { record: rule.record } : {}),
      expr: print(rule.expr),
      labels: rule.labels,
    }));
}

function testOf({ slo, measure }: SloPlan, { start, models, at }: CalendarHistory) {
  const series = Object.entries(models).flatMap(([model, ticks]) => [
    { series: seriesOf("slo:total:increase", model), values: runs(ticks.map((tick) => tick?.total)) },
    { series: seriesOf("slo:bad:increase", model), values: runs(ticks.map((tick) => tick?.bad)) },
  ]);
  const claims = slo.periods
    .filter((period) => period.kind === "calendar")
    .flatMap((period) =>
      at.map((moment) => ({
        expr: `round(${budgetRemainingRecord(slo, period)}, ${1 / STEPS})`,
        eval_time: `${moment - start}s`,
        exp_samples: Object.entries(models).flatMap(([model, ticks]) => {
          const left = budgetLeft(ticks, start, moment, period, measure.intervalSeconds, measure.tileSeconds);
          return left === undefined
            ? []
            : [{ labels: seriesOf("", model), value: rounded(1 - left / slo.errorBudget) }];
        }),
      })),
    );
  return {
    start_timestamp: start,
    interval: `${measure.intervalSeconds}s`,
    input_series: series,
    promql_expr_test: claims,
  };
}

function seriesOf(metric: string, model: string): string {
  return `${metric}{slo_service="svc", slo="s", model="${model}"}`;
}

/** The share of the period's events that was bad, the rest of the period counted as good; undefined without events. */
function budgetLeft(
  ticks: Ticks,
  start: number,
  at: number,
  period: CalendarPeriod,
  interval: number,
  tile: number,
): number | undefined {
  // What ends with a tile is dated by the tile's start.
  const dateOf = (moment: number): number => start + Math.ceil((moment - start) / tile) * tile - tile;
  const [begin, end] = boundsOf(period, dateOf(at));
  const dated = ticks.map((tick, index) => ({ tick, date: dateOf(start + index * interval) }));
  const seen = dated.filter(({ tick, date }) => tick && date >= begin && date <= dateOf(at)).map(({ tick }) => tick);
  const known = dated.some(({ tick, date }) => tick && date < begin);
  const total = seen.reduce((sum, tick) => sum + (tick?.total ?? 0), 0);
  const bad = seen.reduce((sum, tick) => sum + (tick?.bad ?? 0), 0);
  if (total === 0) return undefined;
  const counted = known ? dateOf(at) + tile - begin : seen.length * interval;
  return ((bad / total) * counted) / (end - begin);
}

/** Begin and end of the period that holds a moment, off JavaScript's calendar. */
export function boundsOf({ unit, offsetSeconds }: CalendarPeriod, moment: number): readonly [number, number] {
  const local = new Date((moment + offsetSeconds) * 1000);
  const [year, month, day] = [local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate()];
  const monday = day - ((local.getUTCDay() + 6) % 7);
  const bounds = {
    day: [Date.UTC(year, month, day), Date.UTC(year, month, day + 1)],
    week: [Date.UTC(year, month, monday), Date.UTC(year, month, monday + 7)],
    month: [Date.UTC(year, month), Date.UTC(year, month + 1)],
    quarter: [Date.UTC(year, month - (month % 3)), Date.UTC(year, month - (month % 3) + 3)],
    year: [Date.UTC(year, 0), Date.UTC(year + 1, 0)],
  } as const;
  const [begin, end] = bounds[unit];
  return [begin / 1000 - offsetSeconds, end / 1000 - offsetSeconds];
}
