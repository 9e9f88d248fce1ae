/**
 * Burn-rate alerts over two windows.
 * https://sre.google/workbook/alerting-on-slos/
 */
import type { Text } from "../model/declaration.ts";
import { periodPhrase } from "../model/period.ts";
import type { Slo } from "../model/service.ts";
import type { Expr } from "../promql/ast.ts";
import { binary, call, chain, number, on, selector, subquery } from "../promql/build.ts";
import { printSeconds } from "../promql/duration.ts";
import { exact, printNumber } from "../promql/number.ts";
import { type AlertContext, alertGroups, alertingRule, forGroup } from "./alert.ts";
import { longestSpan, unlessExcluded, whileExcluded } from "./exclusions.ts";
import { isLong, type Measure } from "./measure.ts";
import { errorRatioRecord, idLabels, records } from "./naming.ts";
import { isPerGroup, thresholdOf } from "./objectives.ts";
import type { AlertingRule, TierPlan } from "./plan.ts";
import { knowsTraffic, spendsTooMuch } from "./traffic.ts";

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

/** What fires when an exclusion begins neither ends nor begins in it: until the short window can judge again, it stays. */
function burnExpr(tier: TierPlan, context: AlertContext): Expr {
  const { slo } = context;
  if (slo.exclusions.length === 0) return burningNow(tier, context);
  return binary("or", unlessExcluded(burningNow(tier, context), slo), heldThrough(tier, context));
}

/** With the last ratio that the long window had. */
function heldThrough(tier: TierPlan, { slo, measure }: AlertContext): Expr {
  const lookMs = (longestSpan(slo, measure) + tier.shortSeconds) * 1000;
  const stepMs = Math.max(LAST_RATIO_STEP_MS, Math.ceil(lookMs / 100_000) * 1000);
  const ratio = call(
    "last_over_time",
    subquery(selector(errorRatioRecord(tier.longSeconds), idLabels(slo)), lookMs, stepMs),
  );
  const fired = alertGroups({ alertname: tier.alert, alertstate: "firing", tier: tier.name }, measure);
  return whileExcluded(binary("and", ratio, fired), slo, tier.shortSeconds);
}

const LAST_RATIO_STEP_MS = 240_000;

/** The long window decides, and counts what it has not seen yet as good. The short window ends the alert. */
function burningNow(tier: TierPlan, context: AlertContext): Expr {
  const burning = chain("and", overThreshold(tier, context), ...guards(tier, context));
  const still = burnsStill(tier, context);
  if (!holdsBlind(tier, context.slo)) return binary("and", burning, still);
  return binary("and", burning, binary("or", still, heldBlind(tier, context)));
}

function burnsStill(tier: TierPlan, { slo, measure, windows }: AlertContext): Expr {
  if (knowsTraffic(slo)) return spendsTooMuch(tier, tier.shortSeconds, slo, measure);
  return windows.above(tier.shortSeconds, thresholdOf(tier, slo));
}

/** `keepFiringFor` bridges a blindness too, and must not be bridged in turn. */
export function holdsBlind(tier: TierPlan, { absence }: Slo): boolean {
  return tier.severity === "page" && absence.noData && tier.keepFiringForSeconds === 0;
}

/**
 * A page does not end because nothing is counted any more: what fired at the last evaluation goes on while its group is
 * gone, for as long as the long window burns. Nobody can tell whether it has recovered. What had ended before does not
 * begin again.
 */
function heldBlind(tier: TierPlan, { measure }: AlertContext): Expr {
  const fired = hasFired(tier, measure);
  return binary("unless", fired, selector(measure.base.counted.total, measure.base.id), on(...measure.base.by));
}

/** At the last evaluation. Where a slow one was missed, what it would have said is out of sight, and the one before it counts. */
function hasFired(tier: TierPlan, measure: Measure): Expr {
  const labels = { alertname: tier.alert, alertstate: "firing", tier: tier.name };
  const fired = alertGroups(labels, measure);
  if (!isLong(measure, tier.longSeconds)) return fired;
  const twoAgoMs = (2 * measure.tileSeconds + measure.intervalSeconds / 2) * 1000;
  const before = alertGroups(labels, measure, twoAgoMs);
  // Its rule comes later in the group: this is what the evaluation before has written.
  return binary("or", fired, binary("unless", before, selector(records.window, measure.base.id), on()));
}

function overThreshold(tier: TierPlan, { slo, measure, windows }: AlertContext): Expr {
  if (knowsTraffic(slo)) return spendsTooMuch(tier, tier.longSeconds, slo, measure);
  return binary(">", windows.seen(tier.longSeconds), thresholdOf(tier, slo));
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

function description(tier: TierPlan, context: AlertContext): Text {
  const { burn, threshold, longSeconds } = tier;
  const { windowSeconds, periods } = context.slo;
  if (knowsTraffic(context.slo)) return trafficDescription(tier, context);
  const allowed = isPerGroup(context.slo)
    ? `${printNumber(burn)} times the group's error budget`
    : `${printNumber(exact(threshold * 100))}%`;
  const lasts = printSeconds(Math.round(windowSeconds / burn / 60) * 60);
  const fact = `{{ $value | humanizePercentage }} was bad in the last ${printSeconds(longSeconds)}${forGroup(context)}; this alert allows ${allowed}.`;
  return {
    template: `${fact} At ${printNumber(burn)}× the whole budget of ${periodPhrase(periods[0])} lasts ${lasts}.`,
  };
}

function trafficDescription({ burn, longSeconds, budgetSpent }: TierPlan, context: AlertContext): Text {
  const share = `${printNumber(exact(budgetSpent * 100))}%`;
  const fact = `More than ${share} of the whole error budget was spent in the last ${printSeconds(longSeconds)}${forGroup(context)}`;
  return { template: `${fact}, ${printNumber(burn)} times as fast as its traffic allows.` };
}
