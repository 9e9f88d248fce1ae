import { spendRecords } from "../../../compile/names.ts";
import { periodUnits } from "../../../model/period.ts";
import type { Platform } from "../../../model/service.ts";
import { printLabel } from "../../../promql/print-selector.ts";
import { mostUrgent } from "../panels/urgency.ts";

const ONE = 'slo_service="$slo_service", budget="$budget"';

/** Names of what was spent since the period began, or within the rolling one. */
const PERIOD = `${periodUnits.join("|")}|[0-9]+[smhdw]`;

/** Of every value that spent something. */
const spentByValue = spent(PERIOD);
const limits = `{__name__=~"budget:limit_.+", ${ONE}}`;
const spentInAll = `sum(${spentByValue})`;
const tiles = `{__name__=~"budget:spend_[^:]+:increase[0-9].*", ${ONE}}`;

/** @param identity - Labels that every series has beside its own. */
export function spendQueries(identity: readonly string[]) {
  const all = ["slo_service", "budget", ...identity].map(printLabel).join(", ");
  // What belongs to no value has none of the labels that PromQL cannot name here.
  const ofNone = (series: string): string => `${series} and group by (${all}) (${series})`;
  const spentRows = `sum by (${all}) (${spentByValue})\nor\n${spentByValue}`;
  return {
    spentInAll,
    limitInAll: `sum(${ofNone(limits)})`,
    leftInAll: `sum(${ofNone(limits)}) - ${spentInAll}`,
    highestUse: `max(${spendRecords.used}{${ONE}})`,
    highestForecast: `max(${spendRecords.forecast}{${ONE}})`,
    elapsed: `max(${spendRecords.elapsed}{${ONE}})`,
    periodBefore,
    // Nothing where the budget distinguishes nobody.
    unattributed: `(sum(${ofNone(spentByValue)}) or 0 * ${spentInAll}) / (${spentInAll} > 0) and count(${spentByValue}) > 1`,
    // By value and over everything, with the labels of a value as columns.
    spentRows,
    limitRows: limits,
    leftRows: `${limits} - (${spentRows})`,
    usedRows: `${spendRecords.used}{${ONE}}`,
    forecastRows: `${spendRecords.forecast}{${ONE}}`,
    byDay: `sum without (slo_service, budget) (sum_over_time(${tiles}[1d]))`,
    byHour: `sum without (slo_service, budget) (sum_over_time(${tiles}[1h]))`,
    unitCost: `max by (unit) ({__name__=~"budget:unit_cost_.+", ${ONE}})`,
    measured,
  } as const;
}

/** The same time of the period before: months count as 30 days. */
const periodBefore = [
  ["hour", "1h"],
  ["day", "1d"],
  ["week", "7d"],
  ["month", "30d"],
  ["quarter", "91d"],
  ["year", "365d"],
]
  .map(([period = "", length = ""]) => `sum(${spent(period)} offset ${length})`)
  .join("\nor\n");

/** Evaluations that took place, of those since the first within six hours. */
const measured = [
  `clamp_max(max(${spendRecords.coverage}{${ONE}}) * 21600`,
  `  / clamp(time() - min(min_over_time(timestamp(${spendRecords.info}{${ONE}})[6h:1m])), 60, 21600), 1)`,
].join("\n");

/** When each alert was active. */
export function alertsOverTime(words: Platform["severities"]): string {
  return mostUrgent(words, (number, matchers) => `${number} * max by (alertname) (ALERTS{${ONE}, ${matchers}})`);
}

function spent(period: string): string {
  return `{__name__=~"budget:spend_[^:]+:(${period})", ${ONE}}`;
}
