/**
 * What looks wrong and need not be: an SLO that never lost anything, or loses the same all the time. Opt-in, and
 * information only.
 */
import type { Expr } from "../promql/ast.ts";
import { binary, call, chain, number, offset, selector, subquery, withLabel } from "../promql/build.ts";
import { DAY_MS } from "../promql/duration.ts";
import { type AlertContext, alertingRule, forGroup } from "./alert.ts";
import { errorRatioRecord, idLabels, records } from "./naming.ts";
import { budgetOf } from "./objectives.ts";
import { periodTotal } from "./period.ts";
import type { AlertingRule } from "./plan.ts";

const STEP_MS = 1_800_000;
/** So many bad events would have been allowed in vain. */
const UNUSED_BUDGET = 100;
const FOR_SECONDS = 3600;

/** One alert for both reasons. */
export function suspectAlert(context: AlertContext): AlertingRule[] {
  const { slo } = context;
  if (slo.alerting.sanity !== true) return [];
  const reasons = [["no-burn-ever", neverBurned(context)] as const, ...constantBurn(context)];
  const parts = {
    name: "SloSuspect",
    tier: "suspect",
    severity: "info" as const,
    expr: chain("or", ...reasons.map(([reason, expr]) => withLabel(expr, "reason", reason))),
    summary: `${slo.id} is measured in a way that looks wrong.`,
    description: {
      template: `Look at what is measured${forGroup(context)}: {{ $labels.reason }}. The runbook says what each reason means.`,
    },
    forSeconds: FOR_SECONDS,
  };
  return [alertingRule(parts, context)];
}

/** The whole window long not one bad event, in traffic that was allowed a hundred. */
function neverBurned({ slo, measure }: AlertContext): Expr {
  const remaining = selector(records.budgetRemaining, idLabels(slo));
  const untouched = binary("==", remaining, number(1));
  const allowed = binary("*", periodTotal(measure, slo.windowSeconds), budgetOf(slo));
  const known = binary("==", offset(remaining, slo.windowSeconds * 900), number(1));
  return chain("and", untouched, binary(">=", allowed, number(UNUSED_BUDGET)), known);
}

/** A day long the same error ratio, to a hundredth, and more than the budget: a threshold that nothing can meet. */
function constantBurn({ slo, tiers }: AlertContext): [reason: string, expr: Expr][] {
  const fastest = tiers.length === 0 ? undefined : Math.min(...tiers.map((tier) => tier.longSeconds));
  if (fastest === undefined || fastest * 1000 > DAY_MS) return [];
  const day = subquery(selector(errorRatioRecord(fastest), idLabels(slo)), DAY_MS, STEP_MS);
  const [least, most] = [call("min_over_time", day), call("max_over_time", day)];
  const steady = binary("<=", binary("-", most, least), binary("*", least, number(0.01)));
  const burning = binary(">", least, budgetOf(slo));
  const whole = binary(">=", call("count_over_time", day), number(DAY_MS / STEP_MS - 1));
  return [["constant-burn", chain("and", burning, steady, whole)]];
}
