/** Alerts on groups that vanished: with their targets, which pages, or without, which is a ticket. */
import type { Severity } from "../model/service.ts";
import type { Expr, Selector } from "../promql/ast.ts";
import { aggregate, binary, call, number, on, over, selector } from "../promql/build.ts";
import { HOUR_MS } from "../promql/duration.ts";
import { onTarget, targetMatchers } from "../sli/target.ts";
import { type AlertContext, alertGroups, alertingRule, forGroup } from "./alert.ts";
import { trafficBefore, unlessExcluded, whileExcluded } from "./exclusions.ts";
import { exposers } from "./exposed.ts";
import type { Measure } from "./measure.ts";
import { errorRatioRecord, records } from "./naming.ts";
import type { AlertingRule } from "./plan.ts";

/** A group is gone, and no target that exposed it answers. Of an expression nobody knows the targets: its absence counts as theirs. */
export function targetsDownAlert(context: AlertContext): AlertingRule[] {
  const { slo, counts, measure } = context;
  if (!slo.absence.noData) return [];
  const severity = highestSeverity(context);
  const dead = counts.witness
    ? binary("and", gone(context), silent(counts.witness, measure), on(...measure.base.by))
    : gone(context);
  const parts = {
    name: targetsDownName(severity),
    tier: "targets-down",
    severity,
    expr: throughExclusions(
      counts.witness ? binary("or", dead, stillDead(counts.witness, severity, context)) : dead,
      targetsDownName(severity),
      context,
    ),
    summary: `${slo.id} has no data and its targets are down or gone.`,
    description: {
      template: `Events were counted within the last hour${forGroup(context)}, and now there are none: the targets that counted them fail their scrapes, or are gone.`,
    },
    forSeconds: slo.absence.forSeconds,
  };
  return [alertingRule(parts, context)];
}

/** A group is gone while its targets answer. Idleness is no news where no traffic is good. */
export function noDataAlert(context: AlertContext): AlertingRule[] {
  const { slo, counts, measure } = context;
  if (!slo.absence.noData || slo.noTraffic === "good" || !counts.witness) return [];
  const parts = {
    name: "SloNoData",
    tier: "no-data",
    severity: "ticket" as const,
    expr: throughExclusions(
      binary("unless", gone(context), silent(counts.witness, measure), on(...measure.base.by)),
      "SloNoData",
      context,
    ),
    summary: `${slo.id} has no data although its targets are up.`,
    description: {
      template: `Events were counted within the last hour${forGroup(context)}, and now nothing counts them: the series are gone, the targets answer.`,
    },
    forSeconds: slo.absence.forSeconds,
  };
  return [alertingRule(parts, context)];
}

/** An SLO that pages for nothing does not page for its absence. */
function highestSeverity({ tiers }: AlertContext): Severity {
  return tiers.length === 0 || tiers.some((tier) => tier.severity === "page") ? "page" : "ticket";
}

/** Groups with traffic within the hour that the base no longer knows. It reads the base, so a failing rule shows too. */
function gone(context: AlertContext): Expr {
  const { slo, measure } = context;
  const total = selector(measure.base.counted.total, measure.base.id);
  const lately = trafficWithinHour(context);
  const before = trafficBefore(slo, measure);
  return binary("unless", before === undefined ? lately : binary("or", lately, before), total);
}

/** An error ratio of an hour is recorded where there was traffic, and read for a hundredth of the cost of the hour. */
function trafficWithinHour({ measure }: AlertContext): Expr {
  const { counted, id } = measure.base;
  if (measure.recordsHour && counted.total === records.total) return selector(errorRatioRecord(3600), id);
  return binary(">", call("max_over_time", over(selector(counted.total, id), HOUR_MS)), number(0));
}

/** No absence begins in an exclusion. One that was told before stays until there is data, or the exclusion is over and it can be judged. */
function throughExclusions(expr: Expr, alertname: string, { slo, measure }: AlertContext): Expr {
  if (slo.exclusions.length === 0) return expr;
  const fired = alertGroups({ alertname, alertstate: "firing" }, measure);
  const uncounted = binary("unless", fired, selector(measure.base.counted.total, measure.base.id));
  return binary("or", unlessExcluded(expr, slo), whileExcluded(uncounted, slo));
}

/**
 * Groups whose targets are known and do not answer: those that exposed them and are still discovered all fail their scrapes,
 * or their jobs have none up. A target that left service discovery was taken away on purpose. A group that came and went
 * between two looks at its targets has none that could be down.
 */
function silent(witness: Selector, measure: Measure): Expr {
  const { by } = measure.base;
  const exposing = (value: 0 | 1): Expr =>
    aggregate("group", by, binary("and", exposers(measure), ups(witness, value, measure), onTarget(measure.base)));
  const failing = binary("unless", exposing(0), exposing(1));
  const jobless = binary("unless", aggregate("group", by, exposers(measure)), jobAnswers(witness, measure));
  return binary("or", jobless, failing);
}

/** Groups that some job with a living target exposed. */
function jobAnswers(witness: Selector, measure: Measure): Expr {
  const { by, identity } = measure.base;
  return aggregate("group", by, binary("and", exposers(measure), ups(witness, 1, measure), on("job", ...identity)));
}

/** After an hour nobody remembers the traffic: what fires goes on as long as nothing is counted and its jobs have no target up. */
function stillDead(witness: Selector, severity: Severity, { measure }: AlertContext): Expr {
  const fired = alertGroups({ alertname: targetsDownName(severity), alertstate: "firing" }, measure);
  const uncounted = binary("unless", fired, selector(measure.base.counted.total, measure.base.id));
  return binary("unless", uncounted, jobAnswers(witness, measure), on(...measure.base.by));
}

function ups(witness: Selector, value: 0 | 1, { base }: Measure): Expr {
  return binary("==", { ...selector("up"), matchers: targetMatchers(witness, base) }, number(value));
}

function targetsDownName(severity: Severity): string {
  return severity === "page" ? "SloTargetsDown" : "SloTargetsDownTicket";
}
