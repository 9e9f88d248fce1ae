import { alerts } from "../../../compile/alert-names.ts";
import { records } from "../../../compile/names.ts";
import type { Platform } from "../../../model/service.ts";
import { URGENCY } from "../panels/palette.ts";
import { mostUrgent } from "../panels/urgency.ts";
import { burnOf, LATELY, ratioLastHour } from "./burn-queries.ts";

/** The SLO chosen above. */
export const ONE = 'slo_service="$slo_service", slo="$slo"';

/** The group chosen above. It stands last: PromQL takes a comma behind which nothing comes, where there is no group. */
export const GROUP = `${ONE}, \${group:raw}`;

/** Matchers of every group; the one with least budget first, so that a page without a chosen group shows that. */
export const groupsQuery = `query_result(sort(min without (slo_service, slo) (${records.budgetRemaining}{${ONE}})))`;

/** A group's labels out of what Grafana makes of a sample: `{model="gpt-4"} 0.5 1750000000000`. */
export const groupsRegex = "/^\\{(.*)\\} /";

/** 1: untouched; 0: spent; negative: overspent. */
export const budgetLeft = `min(${records.budgetRemaining}{${GROUP}})`;

/** Of periods after the first, distinguished by `period`. */
export const furtherBudgetsLeft = [
  "min by (period) (",
  `  label_replace({__name__=~"${records.budgetRemaining}:.+", ${GROUP}}, "period", "$1", "__name__", ".+:(.+)")`,
  ")",
].join("\n");

/** The group's own where it has one. */
export const errorBudget = `(max(${records.errorBudget}{${GROUP}}) or max(${records.errorBudget}{${ONE}}))`;

/** The share of good events that was promised. */
export const objective = `1 - ${errorBudget}`;

/** Over the SLO's own window. */
export const sli = `1 - (1 - ${budgetLeft}) * ${errorBudget}`;

/** How many times faster than sustainable the last hour was. */
export const burn = `max(\n${ratioLastHour(GROUP)}\n)\n/\n${errorBudget}`;

/** Of every window that is recorded, distinguished by `window`. */
export const burnByWindow = [
  "max by (window) (",
  `  label_replace({__name__=~"slo:error_ratio:rate.+", ${GROUP}}, "window", "$1", "__name__", "slo:error_ratio:rate(.+)")`,
  ")",
  "/ on () group_left ()",
  errorBudget,
].join("\n");

/** What `goneIn` says where the budget lasts: no number of seconds, and not the silence of missing data. */
export const LASTS = -1;

/** Seconds until the budget is spent at the pace of the last hour. */
export const goneIn = [
  `clamp_min(${budgetLeft}, 0) * max(${records.window}{${ONE}}) / (${burn} > 1)`,
  "or",
  `0 * (${burn} <= 1) + ${LASTS}`,
].join("\n");

/** Evaluations of the last six hours that took place, of those since the first of them: a new SLO has missed none. */
export const measured = [
  `clamp_max(max(${records.coverage}{${ONE}})`,
  `  * scalar(clamp_max(max(${records.window}{${ONE}}), 21600))`,
  "  / clamp(",
  `    time() - min(min_over_time(timestamp(${records.objective}{${ONE}})[6h:1m])),`,
  `    60, scalar(clamp_max(max(${records.window}{${ONE}}), 21600))), 1)`,
].join("\n");

/** Per minute, of five minutes. */
export const goodPerMinute = perMinute(`(${counted("total")} - ${counted("bad")}) or ${counted("good")}`);
export const badPerMinute = perMinute(`${counted("bad")} or (${counted("total")} - ${counted("good")})`);

/** How many series are counted, by job: where it falls, something is no longer measured. */
export const seriesByJob = `sum by (job) (${records.series}{${ONE}})`;

/** Of each group, with its labels as columns. */
export const groupsBudgetLeft = `min without (slo_service, slo) (${records.budgetRemaining}{${ONE}})`;
export const groupsBurn = `max without (slo_service, slo) (\n${burnOf(ratioLastHour(ONE), ONE)}\n)`;

/** Pages of the SLO, whatever the group. */
export function firingPages({ page }: Platform["severities"]): string {
  return `ALERTS{${ONE}, alertstate="firing", severity="${page}"}`;
}

/** The most urgent alert of the group, or of the SLO as a whole; nothing where nothing is measured. */
export function state(words: Platform["severities"]): string {
  const quiet = `${URGENCY.quiet} * max(last_over_time(${records.total}{${GROUP}}[${LATELY}]))`;
  return mostUrgent(words, (number, matchers) => urgency(number, matchers, ""), [quiet]);
}

/** The same by alert: nothing while it is not active. */
export function alertsOverTime(words: Platform["severities"]): string {
  return mostUrgent(words, (number, matchers) => urgency(number, matchers, "by (alertname) "));
}

/** Tiers of alerts on the measurement itself. */
const BLIND = [alerts.broken, alerts.noData, alerts.onlyErrors].map(({ tier }) => tier).join("|");

/** Targets are down for a job, not for an SLO: those of the SLO's jobs count. */
function urgency(number: number, matchers: string, by: string): string {
  return [
    `${number} * max ${by}(`,
    `  ALERTS{${matchers}, ${GROUP}}`,
    `  or ALERTS{${ONE}, tier=~"${BLIND}", ${matchers}}`,
    `  or ALERTS{slo_service="$slo_service", tier="${alerts.targetsDown.tier}", ${matchers}} and on (job) ${records.series}{${ONE}}`,
    ")",
  ].join("\n");
}

function counted(part: "total" | "bad" | "good"): string {
  return `sum(sum_over_time(${records[part]}{slo_component="", ${GROUP}}[5m]))`;
}

function perMinute(events: string): string {
  return `(${events}) / 5`;
}
