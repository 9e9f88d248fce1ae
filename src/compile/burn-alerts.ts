/**
 * Burn-rate alerts over two windows.
 * https://sre.google/workbook/alerting-on-slos/
 */
import type { Text } from "../model/declaration.ts";
import { periodPhrase } from "../model/period.ts";
import type { Slo } from "../model/service.ts";
import type { Expr } from "../promql/ast.ts";
import { binary, chain, number } from "../promql/build.ts";
import { printSeconds } from "../promql/duration.ts";
import { exact, printNumber } from "../promql/number.ts";
import { type AlertContext, alertGroups, alertingRule, forGroup } from "./alert.ts";
import type { AlertingRule, TierPlan } from "./plan.ts";

/** The alert of one tier. */
export function burnAlert(tier: TierPlan, context: AlertContext): AlertingRule {
  const own = context.slo.alerting.overrides?.[tier.name];
  const parts = {
    name: tier.alert,
    tier: tier.name,
    severity: tier.severity,
    expr: burnExpr(tier, context),
    summary: `${context.slo.id} burns its error budget at more than ${printNumber(tier.burn)}×.`,
    description: description(tier, context),
    forSeconds: tier.forSeconds,
    keepFiringForSeconds: tier.keepFiringForSeconds,
    labels: { ...own?.labels, long: printSeconds(tier.longSeconds), short: printSeconds(tier.shortSeconds) },
    annotations: own?.annotations ?? {},
  };
  return alertingRule(parts, context);
}

/** The long window decides, and counts what it has not seen yet as good. The short window ends the alert. */
function burnExpr(tier: TierPlan, context: AlertContext): Expr {
  const burning = chain("and", overThreshold(tier, context), ...guards(tier, context));
  const still = context.windows.above(tier.shortSeconds, tier.threshold);
  if (!holdsBlind(tier, context.slo)) return binary("and", burning, still);
  return binary("and", burning, binary("or", still, heldBlind(tier, context)));
}

/** `keepFiringFor` bridges a blindness too, and must not be bridged in turn. */
export function holdsBlind(tier: TierPlan, { absence }: Slo): boolean {
  return tier.severity === "page" && absence.noData && tier.keepFiringForSeconds === 0;
}

/**
 * A page does not end because its targets died: what fired at the last evaluation goes on while SloTargetsDown has
 * begun. What had ended before does not begin again, nor does a page outlive a group that was taken away.
 */
function heldBlind(tier: TierPlan, { measure }: AlertContext): Expr {
  return binary(
    "and",
    alertGroups({ alertname: tier.alert, alertstate: "firing", tier: tier.name }, measure),
    alertGroups({ tier: "targets-down" }, measure),
  );
}

function overThreshold({ longSeconds, threshold }: TierPlan, { windows }: AlertContext): Expr {
  return binary(">", windows.seen(longSeconds), number(threshold));
}

function guards({ longSeconds }: TierPlan, { slo, windows }: AlertContext): Expr[] {
  return [
    ...guard(windows.counted("total", longSeconds), slo.minEvents),
    ...guard(windows.counted("bad", longSeconds), slo.minBad),
  ];
}

function guard(sum: Expr, least: number | undefined): Expr[] {
  return least === undefined ? [] : [binary(">=", sum, number(least))];
}

function description({ burn, threshold, longSeconds }: TierPlan, context: AlertContext): Text {
  const { windowSeconds, periods } = context.slo;
  const allowed = `${printNumber(exact(threshold * 100))}%`;
  const lasts = printSeconds(Math.round(windowSeconds / burn / 60) * 60);
  const fact = `{{ $value | humanizePercentage }} was bad in the last ${printSeconds(longSeconds)}${forGroup(context)}; this alert allows ${allowed}.`;
  return {
    template: `${fact} At ${printNumber(burn)}× the whole budget of ${periodPhrase(periods[0])} lasts ${lasts}.`,
  };
}
