/** One budget in words and numbers: what its limits mean per hour, when it alerts, and what is inexact. */

import { alerts, spendBurnAlertName, thresholdAlertName } from "../compile/alert-names.ts";
import type { AlertingRule, Plan, SpendPlan } from "../compile/plan.ts";
import { leastBurn } from "../compile/spend/alerts/anomaly.ts";
import type { BrokenReason } from "../compile/spend/alerts/broken-series.ts";
import { forecastBegins, paceSeconds } from "../compile/spend/alerts/forecast.ts";
import { burnShare, burnWindows } from "../compile/spend/alerts/pace.ts";
import { amountWords, periodWords } from "../compile/spend/words.ts";
import { isRolling, periodName } from "../model/period.ts";
import type { SpendAnomaly, SpendBudget } from "../model/service.ts";
import { printSeconds } from "../promql/duration.ts";
import { printNumber, printPercent } from "../promql/number.ts";
import { metricWords } from "../sli/words.ts";
import { DAY, HOUR } from "../time/units.ts";
import { offsetWords } from "../time/utc-offset.ts";
import { costSection } from "./cost-section.ts";
import { spendFigures } from "./figures.ts";
import { notifiedSection } from "./notified.ts";
import type { Explanation, Section } from "./section.ts";
import { inexactSection } from "./spend-inexact.ts";

export function explainSpend(plan: Plan, budget: SpendPlan): Explanation {
  const sections = [
    spendSection(budget),
    limitsSection(budget),
    alertsSection(budget),
    notifiedSection(plan, budget),
    inexactSection(plan, budget),
    costSection({ groups: budget.groups, slo: budget.budget }, "sums"),
  ];
  return {
    id: budget.budget.id,
    figures: spendFigures(budget),
    sections: sections.filter(({ rows }) => rows.length > 0),
  };
}

function spendSection({ budget, groupLabels }: SpendPlan): Section {
  return {
    title: "Budget",
    rows: [
      ["counts", counted(budget)],
      ["period", periodName(budget.period)],
      ["starts", beginning(budget)],
      ...(groupLabels.length === 0 ? [] : [["by", groupLabels.join(", ")]]),
      ...(budget.activeUsers
        ? [["per user", `what was spent in the period over its active users, ${metricWords(budget.activeUsers)}`]]
        : []),
      ["owner", budget.owner],
      ["enforced", "no: alerts do not stop the spending"],
    ],
  };
}

function beginning({ period }: SpendBudget): string {
  if (isRolling(period)) return "never: it rolls";
  const first = {
    hour: "each hour",
    day: "at 00:00",
    week: "on Mondays at 00:00",
    month: "on the 1st at 00:00",
    quarter: "on the 1st of January, April, July and October at 00:00",
    year: "on the 1st of January at 00:00",
  };
  // A fixed offset: with daylight saving time the local clock is an hour off for half the year.
  const fixed = period.offsetSeconds === 0 ? "" : ", all year (no daylight saving time)";
  return `${first[period.unit]} ${offsetWords(period.offsetSeconds)}${fixed}`;
}

function counted({ meter, unit }: SpendBudget): string {
  if (meter.type === "prices") {
    const { perToken, modelLabel } = meter.prices;
    const models = Object.keys(perToken).length;
    return `tokens at their prices, of ${models === 1 ? "1 model" : `${models} models`} (${modelLabel})`;
  }
  return meter.metric.type === "promql"
    ? `${unit}: ${metricWords(meter.metric)}`
    : `${unit} in ${meter.metric.selector.metric}`;
}

/** Every limit, per hour and day too, where its period is neither. */
function limitsSection({ budget }: SpendPlan): Section {
  const { period, thresholds, unit } = budget;
  const also = [
    ["hour", HOUR],
    ["day", DAY],
  ].filter(([name]) => name !== periodName(period)) as [string, number][];
  const rows = limitsOf(budget).map(([name, limit]) => {
    const at = thresholds.map((threshold) => amountWords(limit * threshold.at, unit)).join(" / ");
    const spread = also.map(([, seconds]) => amountWords((limit / period.seconds) * seconds, unit));
    return [name, amountWords(limit, unit), ...spread, at];
  });
  const at = thresholds.map((each) => printPercent(each.at)).join(" / ");
  const head = ["for", periodWords(budget), ...also.map(([name]) => `per ${name}`), `alerts at ${at}`];
  return { title: "Limits", head, rows };
}

function limitsOf({ limit, limits, limitEach, by }: SpendBudget): [string, number][] {
  return [
    ...(limit === undefined ? [] : [["everything", limit] as [string, number]]),
    ...Object.entries(limits).map(([value, amount]): [string, number] => [`${by[0]} ${value}`, amount]),
    ...(limitEach === undefined
      ? []
      : [
          [`${Object.keys(limits).length === 0 ? "each" : "each other"} ${by.join(", ")}`, limitEach] as [
            string,
            number,
          ],
        ]),
  ];
}

function alertsSection(plan: SpendPlan): Section {
  const rows = plan.alerts.map((alert) => [alert.alert, alert.severity, fires(plan, alert)]);
  return { title: "Alerts", head: ["alert", "severity", "fires"], rows };
}

function fires({ budget, measurement }: SpendPlan, { alert, forSeconds, labels }: AlertingRule): string {
  const held = forSeconds === 0 ? "" : `, for ${printSeconds(forSeconds)}`;
  const threshold = budget.thresholds.find((each) => thresholdAlertName(each) === alert);
  if (threshold) return `when ${printPercent(threshold.at)} of a limit is spent`;
  const burn = budget.burns.find((each) => spendBurnAlertName(each) === alert);
  if (burn) {
    const { long, short } = burnWindows(burn, measurement);
    const share = burnShare(measurement, burn.burn, long);
    const example =
      budget.limit === undefined
        ? ""
        : ` (${amountWords(share * budget.limit, budget.unit)} of the overall ${amountWords(budget.limit, budget.unit)})`;
    return `at ${printNumber(burn.burn)}× the allowed rate over both ${printSeconds(long)} and ${printSeconds(short)}: ${printPercent(Number(share.toFixed(4)))} of the limit${example} in ${printSeconds(long)}`;
  }
  if (alert === alerts.forecast.name)
    return `when, at the rate of the last ${printSeconds(paceSeconds(measurement))}, the limit will be exceeded (not in the first ${printPercent(Number(forecastBegins(measurement).toFixed(2)))} of the ${periodName(budget.period)}, nor once it is spent)${held}`;
  if (alert === alerts.unitCost.name) return `when, on average of an hour, ${unitCostWords(budget)}${held}`;
  if (alert === alerts.spendBroken.name)
    return `when spending is not counted correctly: ${BROKEN[labels.reason as BrokenReason]}${held}`;
  if (alert === alerts.spendNoData.name)
    return `when something was spent within six hours, but the metric no longer has any series${held}`;
  if (budget.anomaly && labels.tier === alerts.anomaly.tier)
    return `${anomalyWords(budget.anomaly, budget.unit)}${held}`;
  return "";
}

function unitCostWords({ unitCost: { perRequest, per1kTokens }, unit }: SpendBudget): string {
  const over = (what: string, limit: number | undefined): string[] =>
    limit === undefined ? [] : [`${what} over ${amountWords(limit, unit)}`];
  return [...over("a request costs", perRequest), ...over("1k tokens cost", per1kTokens)].join(" or ");
}

const BROKEN: Readonly<Record<BrokenReason, string>> = {
  "never-any-data": "no series of the metric within a day",
  "evaluations-missed": "over 5% of six hours' rule evaluations were missed",
  gap: "the rules were not evaluated for over three days",
  "by-label-missing": "no series has a label of `by`",
  "limit-never-seen": "nothing was spent for a week under a name in `limits`",
  "counters-fall": "counters fall again and again while their targets are up",
  "cost-below-zero":
    "the cost of an hour is below zero, since a type in `within` has more tokens than the type that it is part of",
  "cost-not-counted": "there are requests, but none costs anything",
  "unpriced-model": "a model without a price uses tokens",
};

function anomalyWords({ ratio, atLeast }: SpendAnomaly, unit: string): string {
  const floor =
    atLeast === undefined
      ? `at over ${leastBurn(ratio)}× the rate that the limit allows`
      : `over ${amountWords(atLeast * leastBurn(ratio), unit)}`;
  return `when an hour costs over ${Math.round(ratio * 100)}% more than at this time in each of three weeks, ${floor}`;
}
