/** One budget to its rules: a base at the evaluation interval, and all that reads tiles of it. */
import type { Budget, Platform } from "../../model/service.ts";
import type { Expr } from "../../promql/ast.ts";
import { call, number } from "../../promql/build.ts";
import { elapsedShare } from "../calendar.ts";
import { hash, spendDashboardUid } from "../naming.ts";
import { type BudgetPlan, type RecordingRule, type Rule, type RuleGroup, sentAlerts } from "../plan.ts";
import type { BudgetContext } from "./alert.ts";
import { anomalyAlert } from "./anomaly-alert.ts";
import { budgetBrokenAlert, coverage } from "./broken-alert.ts";
import { limitSeries, shareOfLimit } from "./limits.ts";
import { type BudgetMeasure, budgetMeasure } from "./measure.ts";
import { priceTable, spentNow } from "./meter.ts";
import {
  budgetLabels,
  budgetRecords,
  hourRecord,
  increaseRecord,
  limitRecord,
  periodRecord,
  perUserRecord,
  priceRecord,
  runningRecord,
  tileRecord,
  unitCostRecord,
} from "./names.ts";
import { spentPerUser } from "./per-user.ts";
import { forecastAlert, forecastRatio, hasForecast, spendBurnAlerts } from "./rate-alerts.ts";
import { carriedOn, scopedPeriod, scopedWithin, spentInPeriod } from "./sums.ts";
import { thresholdAlerts } from "./threshold-alerts.ts";
import { tile } from "./tiles.ts";
import { unitCost, unitCostAlert, unitIncrements } from "./unit-cost.ts";
import { periodName } from "./words.ts";

export function compileBudget(budget: Budget, platform: Platform): BudgetPlan {
  const measure = budgetMeasure(budget, platform);
  const links = { runbook: budget.runbook, dashboard: spendDashboardUrl(platform) };
  const context: BudgetContext = { budget, platform, measure, links };
  const groups = [group(measure, "rules", fastRules(measure)), group(measure, "long", slowRules(context))];
  return {
    budget,
    measure,
    groups,
    alerts: sentAlerts(groups),
    groupLabels: measure.base.by,
    links,
  };
}

function group(
  { budget, intervalSeconds, tileSeconds }: BudgetMeasure,
  file: "rules" | "long",
  rules: Rule[],
): RuleGroup {
  const fast = file === "rules";
  return {
    name: fast ? budget.id : `${budget.id}:long`,
    intervalSeconds: fast ? intervalSeconds : tileSeconds,
    rules,
  };
}

/** The elapsed share is written at every evaluation whatever was spent: its samples count the evaluations. */
function fastRules(measure: BudgetMeasure): Rule[] {
  const { budget } = measure;
  const prices =
    budget.meter.type === "prices" ? [record(budget, priceRecord(budget), priceTable(budget.meter.prices))] : [];
  return [
    record(budget, budgetRecords.elapsed, elapsed(measure)),
    {
      ...record(budget, budgetRecords.info, call("vector", number(1))),
      labels: { ...infoLabels(budget), ...budgetLabels(budget) },
    },
    ...prices,
    record(budget, increaseRecord(budget), spentNow(measure)),
    ...unitRules(measure),
  ];
}

function slowRules(context: BudgetContext): Rule[] {
  const { budget, measure } = context;
  const running = measure.carriesOn ? [record(budget, runningRecord(budget), carriedOn(measure))] : [];
  const forecast = hasForecast(measure) ? [record(budget, budgetRecords.forecast, forecastRatio(measure))] : [];
  return [
    record(budget, tileRecord(budget, measure.tileSeconds), tile(measure)),
    ...running,
    record(budget, periodRecord(budget), spentInPeriod(measure)),
    record(budget, limitRecord(budget), limitSeries(measure)),
    record(budget, budgetRecords.used, shareOfLimit(measure, scopedPeriod(measure))),
    record(budget, hourRecord(budget), scopedWithin(measure, 3600)),
    ...forecast,
    ...unitCostRules(measure),
    ...(budget.activeUsers ? [record(budget, perUserRecord(budget), spentPerUser(measure, budget.activeUsers))] : []),
    record(budget, budgetRecords.coverage, coverage(measure)),
    ...thresholdAlerts(context),
    ...spendBurnAlerts(context),
    ...forecastAlert(context),
    ...anomalyAlert(context),
    ...unitCostAlert(context),
    budgetBrokenAlert(context),
  ];
}

function unitRules(measure: BudgetMeasure): Rule[] {
  const units = unitIncrements(measure);
  return units ? [record(measure.budget, budgetRecords.units, units)] : [];
}

function unitCostRules(measure: BudgetMeasure): Rule[] {
  const cost = unitCost(measure);
  return cost ? [record(measure.budget, unitCostRecord(measure.budget), cost)] : [];
}

function infoLabels(budget: Budget): Record<string, string> {
  const { labels, owner, unit, meter, requests, tokens } = budget;
  return {
    ...labels,
    owner,
    unit,
    per: periodName(budget),
    meter_hash: hash(JSON.stringify([meter, requests, tokens])),
  };
}

function elapsed({ calendar, agoSeconds }: BudgetMeasure): Expr {
  return calendar ? elapsedShare(calendar, agoSeconds) : call("vector", number(1));
}

function record(budget: Budget, name: string, expr: Expr): RecordingRule {
  return { type: "record", record: name, expr, labels: budgetLabels(budget) };
}

function spendDashboardUrl({ dashboards }: Platform): string | undefined {
  return dashboards === undefined ? undefined : `${dashboards.replace(/\/+$/, "")}/d/${spendDashboardUid}`;
}
