/** The rules of one budget, in the order in which they are read: at every evaluation, with the tiles, and its prices. */

import { periodName } from "../../model/period.ts";
import type { SpendBudget } from "../../model/service.ts";
import { call, number } from "../../promql/build.ts";
import { printSeconds } from "../../promql/duration.ts";
import { hash } from "../hash.ts";
import { spendLabels, spendRecords } from "../names.ts";
import type { RecordingRule, Rule, RuleGroup } from "../plan.ts";
import type { SpendContext } from "./alerts/alert.ts";
import { anomalyAlert } from "./alerts/anomaly.ts";
import { brokenAlerts, coverageRule, noDataAlert } from "./alerts/broken.ts";
import { forecastAlert, forecastRules } from "./alerts/forecast.ts";
import { limitRules } from "./alerts/limits.ts";
import { burnRules, shareRules, spendBurnAlerts } from "./alerts/pace.ts";
import { thresholdAlerts } from "./alerts/threshold-alerts.ts";
import { meterRules, priceRules, tileRule } from "./meter.ts";
import { perUserRules } from "./per-user.ts";
import { periodRules } from "./period.ts";
import { unitCostAlert, unitCostRules } from "./unit-cost.ts";

/** Nothing is evaluated less often than every four minutes: a sample of five is invisible. */
export function ruleGroups(context: SpendContext): RuleGroup[] {
  const { budget, measurement } = context;
  const { intervalSeconds, tileSeconds } = measurement;
  const prices = priceRules(measurement);
  return [
    ...(prices.length === 0 ? [] : [priceGroup(prices, context)]),
    {
      name: budget.id,
      comment: `Every ${printSeconds(intervalSeconds)}: what was spent since the last evaluation, how fast, and what pages for the pace.`,
      intervalSeconds,
      rules: fastRules(context),
    },
    {
      name: `${budget.id}:slow`,
      comment: `Every ${printSeconds(tileSeconds)}: the ${periodName(budget.period)} so far, the share of every limit, the forecast, and what is wrong with the measurement.`,
      intervalSeconds: tileSeconds,
      rules: slowRules(context),
    },
  ];
}

function priceGroup(rules: readonly Rule[], { budget, measurement }: SpendContext): RuleGroup {
  return {
    name: `${budget.id}:prices`,
    comment: "What a token costs.",
    intervalSeconds: measurement.intervalSeconds,
    rules,
  };
}

function fastRules(context: SpendContext): Rule[] {
  const { measurement } = context;
  return [
    ...limitRules(measurement),
    infoRule(measurement.budget),
    ...meterRules(measurement),
    tileRule(measurement),
    ...shareRules(measurement),
    ...burnRules("fast", measurement),
    ...spendBurnAlerts("fast", context),
  ];
}

function slowRules(context: SpendContext): Rule[] {
  const { measurement } = context;
  return [
    ...periodRules(measurement),
    ...burnRules("slow", measurement),
    ...forecastRules(measurement),
    ...unitCostRules(measurement),
    ...perUserRules(measurement),
    coverageRule(measurement),
    ...thresholdAlerts(context),
    ...spendBurnAlerts("slow", context),
    ...forecastAlert(context),
    ...anomalyAlert(context),
    ...unitCostAlert(context),
    noDataAlert(context),
    ...brokenAlerts(context),
  ];
}

/** It alone carries what a user may edit. */
function infoRule(budget: SpendBudget): RecordingRule {
  const { labels, owner, unit, meter, requests, tokens } = budget;
  const own = {
    owner,
    unit,
    per: periodName(budget.period),
    meter_hash: hash(JSON.stringify([meter, requests, tokens], inOrder)),
  };
  return {
    type: "record",
    record: spendRecords.info,
    expr: call("vector", number(1)),
    labels: { ...spendLabels(budget), ...labels, ...own },
  };
}

/** In whichever order somebody writes prices, they are the same; a period's length is in its expression already. */
function inOrder(key: string, value: unknown): unknown {
  if (key === "periodSeconds") return undefined;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
