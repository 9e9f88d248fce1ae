/** Alerts on groups that vanished: with their targets, which pages, or without, which is a ticket. */
import type { Severity } from "../model/service.ts";
import type { Expr, Selector } from "../promql/ast.ts";
import { aggregate, binary, call, number, on, over, selector, subquery } from "../promql/build.ts";
import { targetMatchers } from "../sli/base.ts";
import { type AlertContext, alertingRule, forGroup } from "./alert.ts";
import { records } from "./naming.ts";
import type { AlertingRule } from "./plan.ts";

const HOUR_MS = 3_600_000;
/** A reading every 20 minutes is enough to know which targets exposed a group. */
const WITNESS_STEP_MS = 1_200_000;

/** None where vanishing is not to alert; idleness alone is no news where no traffic is good. */
export function absenceAlerts(context: AlertContext): AlertingRule[] {
  const { absence, noTraffic } = context.slo;
  if (!absence.noData) return [];
  return [targetsDown(context), ...(noTraffic === "good" || !context.counts.witness ? [] : [noData(context)])];
}

/** Of an expression nobody knows the targets: its absence counts as theirs. */
function targetsDown(context: AlertContext): AlertingRule {
  const { counts, measure } = context;
  const severity = highestSeverity(context);
  const dead = counts.witness
    ? binary("unless", gone(context), alive(counts.witness, context), on(...measure.base.by))
    : gone(context);
  const parts = {
    name: severity === "page" ? "SloTargetsDown" : "SloTargetsDownTicket",
    tier: "targets-down",
    severity,
    expr: dead,
    summary: `${context.slo.id} has no data and its targets are down or gone.`,
    description: {
      template: `Events were counted within the last hour${forGroup(context)}, and now there are none: no target that counted them answers a scrape.`,
    },
    forSeconds: context.slo.absence.forSeconds,
  };
  return alertingRule(parts, context);
}

/** An SLO that pages for nothing does not page for its absence. */
function highestSeverity({ tiers }: AlertContext): Severity {
  return tiers.length === 0 || tiers.some((tier) => tier.severity === "page") ? "page" : "ticket";
}

function noData(context: AlertContext): AlertingRule {
  const idle = binary(
    "and",
    gone(context),
    alive(context.counts.witness as Selector, context),
    on(...context.measure.base.by),
  );
  const parts = {
    name: "SloNoData",
    tier: "no-data",
    severity: "ticket" as const,
    expr: idle,
    summary: `${context.slo.id} has no data although its targets are up.`,
    description: {
      template: `Events were counted within the last hour${forGroup(context)}, and now nothing counts them: the series are gone, the targets answer.`,
    },
    forSeconds: context.slo.absence.forSeconds,
  };
  return alertingRule(parts, context);
}

/** Groups with traffic within the hour that the base no longer knows. It reads the base, so a failing rule shows too. */
function gone({ measure }: AlertContext): Expr {
  const total = selector(records.total, measure.base.id);
  return binary("unless", binary(">", call("max_over_time", over(total, HOUR_MS)), number(0)), total);
}

/** Groups of which some target that exposed them within the hour is up. */
function alive(witness: Selector, { measure }: AlertContext): Expr {
  const { base } = measure;
  const exposed = call("last_over_time", subquery(witness, HOUR_MS, WITNESS_STEP_MS));
  const up = binary("==", { ...selector("up"), matchers: targetMatchers(witness, base) }, number(1));
  return aggregate("group", base.by, binary("and", exposed, up, on("job", "instance", ...base.identity)));
}
