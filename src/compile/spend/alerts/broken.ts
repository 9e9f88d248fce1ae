/** What says that money cannot be seen, or is not counted correctly: one plain alert for each way. */
import type { SpendBudget } from "../../../model/service.ts";
import type { Expr } from "../../../promql/ast.ts";
import { binary, call, number, on, over, selector, subquery, sumBy } from "../../../promql/build.ts";
import { metricWords } from "../../../sli/words.ts";
import { DAY, DAY_MS, HOUR, HOUR_MS } from "../../../time/units.ts";
import { alerts } from "../../alert-names.ts";
import { REMEMBERED_MS } from "../../calendar.ts";
import { numberRecord, priceRecord, spendRecords } from "../../names.ts";
import type { AlertingRule, RecordingRule } from "../../plan.ts";
import { increase, type SpendMeasurement, spentWithin, tiles } from "../spend-measurement.ts";
import { unitsWithinHour } from "../unit-cost.ts";
import { type SpendContext, spendAlert } from "./alert.ts";
import { byLabelMissing, countersFall, limitsNeverSeen, type Reason } from "./broken-series.ts";

const LEAST_COVERAGE = 0.95;
const COVERED_SECONDS = 6 * HOUR;

/** The share of evaluations that took place: what was not evaluated was not counted. */
export function coverageRule({ base, intervalSeconds }: SpendMeasurement): RecordingRule {
  const beats = over(selector(spendRecords.info, base.id), COVERED_SECONDS * 1000);
  const expr = binary("/", sumBy([], call("count_over_time", beats)), number(COVERED_SECONDS / intervalSeconds));
  return { type: "record", record: spendRecords.coverage, expr, labels: base.id };
}

/** Something was spent within six hours, and now there is no spend data. */
export function noDataAlert(context: SpendContext): AlertingRule {
  const { budget, measurement } = context;
  const { identity } = measurement.base;
  const lately = binary(">", sumBy(identity, spentWithin(6 * HOUR, "tiles", measurement)), number(0));
  return spendAlert(
    {
      ...alerts.spendNoData,
      severity: "ticket",
      comment: "Something was spent within six hours, and now there is no spend data.",
      expr: binary("unless", lately, increase(measurement), on(...identity)),
      summary: `${budget.id}: no spend data`,
      description: `For an hour there have been no series of ${meterWords(budget)}, although something was spent in the six hours before. Until they are back nothing is counted and no limit of this budget can alert: check that the exporter runs and is scraped.`,
      forSeconds: HOUR,
    },
    context,
  );
}

/** What is counted, as people look for it. */
function meterWords({ meter }: SpendBudget): string {
  if (meter.type === "metric") return metricWords(meter.metric);
  const { counters } = meter.prices;
  const all = counters.type === "labelled" ? [counters.metric] : Object.values(counters.metrics);
  return all.map(metricWords).join(", ");
}

export function brokenAlerts(context: SpendContext): AlertingRule[] {
  const { measurement } = context;
  const reasons = [
    neverAnyData(measurement),
    evaluationsMissed(measurement),
    ...gap(measurement),
    ...byLabelMissing(measurement),
    ...limitsNeverSeen(measurement),
    ...countersFall(measurement),
    ...notCounted(measurement),
    ...unpriced(measurement),
    ...belowZero(measurement),
  ];
  return reasons.map((reason) => brokenAlert(reason, context));
}

function brokenAlert(why: Reason, context: SpendContext): AlertingRule {
  const { reason, ...parts } = why;
  return spendAlert(
    {
      ...parts,
      ...alerts.spendBroken,
      severity: "ticket",
      summary: `${context.budget.id}: measurement broken, ${reason.replaceAll("-", " ")}`,
      labels: { reason },
    },
    context,
  );
}

function neverAnyData(measurement: SpendMeasurement): Reason {
  return {
    reason: "never-any-data",
    comment: "No series within a day: usually a misspelt metric.",
    description:
      "The metric has had no series for a day, or since the rules were loaded: a name or a matcher is misspelt, or it is not exported.",
    expr: call("absent_over_time", over(tiles(measurement), DAY_MS)),
    forSeconds: HOUR,
  };
}

/** Only once the rules are as old as the time that coverage looks back. */
function evaluationsMissed({ base }: SpendMeasurement): Reason {
  const low = binary("<", selector(spendRecords.coverage, base.id), number(LEAST_COVERAGE));
  const before = subquery(selector(spendRecords.info, base.id), DAY_MS, HOUR_MS);
  const running = call("last_over_time", { ...before, offsetMs: COVERED_SECONDS * 1000 });
  return {
    reason: "evaluations-missed",
    description:
      "In the last six hours more than 5% of rule evaluations were missed; what was spent in those gaps was not counted.",
    expr: binary("and", low, running, on()),
    forSeconds: 900,
  };
}

/** The sum remembers three days: no sample at the full hours of the last three, and one of the same period before. */
function gap(measurement: SpendMeasurement): Reason[] {
  if (!canForget(measurement)) return [];
  const { budget, base } = measurement;
  const running = selector(numberRecord(budget), base.id);
  const seen = (rangeMs: number, stepMs: number, agoMs: number): Expr =>
    call("last_over_time", { ...subquery(running, rangeMs, stepMs), offsetMs: agoMs });
  const before = seen(LONGEST_GAP_MS, 6 * HOUR_MS, REMEMBERED_MS);
  return [
    {
      reason: "gap",
      comment: "The rules were not evaluated for three days, longer than the sum is kept: it started over.",
      description:
        "The rules were not evaluated for over three days, so the sum of the period started over: it is too low until the next period.",
      expr: binary("unless", binary("==", before, running), seen(REMEMBERED_MS, HOUR_MS, HOUR_MS)),
      forSeconds: 0,
      keepFiringForSeconds: DAY,
    },
  ];
}

/** What is no longer than its memory is over before it is forgotten. */
export function canForget({ calendar, periodSeconds }: SpendMeasurement): boolean {
  return calendar !== undefined && periodSeconds * 1000 > REMEMBERED_MS;
}

const LONGEST_GAP_MS = 28 * DAY_MS;

/** Requests flow, and for an hour none of them has cost anything: pricing broke, or its export. */
function notCounted(measurement: SpendMeasurement): Reason[] {
  const { requests, unitCost } = measurement.budget;
  if (!requests) return [];
  const { identity } = measurement.base;
  const flow = binary(">", unitsWithinHour(requests, measurement), number(unitCost.minRequests));
  const cost = binary(">", sumBy(identity, spentWithin(HOUR, "tiles", measurement)), number(0));
  return [
    {
      reason: "cost-not-counted",
      comment: "There are requests, but none has cost anything.",
      description: "For an hour there have been requests, but none of them has cost anything.",
      expr: binary("unless", flow, cost, on(...identity)),
      forSeconds: 900,
    },
  ];
}

/** Models that used tokens within the hour and have no price: nobody counts what they cost. */
function unpriced({ budget, base }: SpendMeasurement): Reason[] {
  if (budget.meter.type === "metric") return [];
  const { modelLabel } = budget.meter.prices;
  const counted = over(selector(spendRecords.tokens, base.id), HOUR_MS);
  const used = binary(">", sumBy([modelLabel], call("sum_over_time", counted)), number(0));
  return [
    {
      reason: "unpriced-model",
      comment: "Models that used tokens within the hour and have no price.",
      description: "A model uses tokens but is not in the price table, so it counts as free.",
      expr: binary("unless", used, selector(priceRecord(budget), base.id), on(modelLabel)),
      forSeconds: 900,
    },
  ];
}

/** Whatever lies within another type costs the difference of both: much more of it than of the whole costs less than nothing. */
function belowZero(measurement: SpendMeasurement): Reason[] {
  if (!mayFall(measurement.budget)) return [];
  return [
    {
      reason: "cost-below-zero",
      comment: "What is `within` another type exceeds it, so it is counted beside it.",
      description:
        "The cost of the last hour is below zero: more tokens are counted of a type in `within` than of the type that it is declared to be part of. So the exporter counts them separately, and far too little is counted: remove the type from `within`.",
      expr: binary("<", spentWithin(HOUR, "tiles", measurement), number(0)),
      forSeconds: 900,
    },
  ];
}

/** Only a type that lies within a dearer one has a price below zero. */
export function mayFall({ meter }: SpendBudget): boolean {
  return (
    meter.type === "prices" &&
    Object.values(meter.prices.perToken).some((types) => Object.values(types).some((price) => price < 0))
  );
}
