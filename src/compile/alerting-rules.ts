/**
 * Alerting rules: burn rates over two windows, vanished groups and broken measurements.
 * https://sre.google/workbook/alerting-on-slos/
 */
import type { Text } from "../model/declaration.ts";
import type { Platform, Severity, Slo } from "../model/service.ts";
import type { Expr, Selector } from "../promql/ast.ts";
import { aggregate, binary, call, chain, number, on, over, selector, subquery } from "../promql/build.ts";
import { printSeconds } from "../promql/duration.ts";
import { exact, printNumber } from "../promql/number.ts";
import type { Counts } from "../sli/kind.ts";
import { targetMatchers } from "../sli/base.ts";
import { type Measure, badSum, tileMatching, totalSum, windowCoverage } from "./measure.ts";
import { dashboardUid, errorRatioRecord, idLabels, records } from "./naming.ts";
import type { AlertingRule, TierPlan } from "./plan.ts";
import { coverageSeconds } from "./recording-rules.ts";

/** What every alert of one SLO is made from. */
export interface AlertContext {
  readonly slo: Slo;
  readonly platform: Platform;
  readonly measure: Measure;
  readonly counts: Counts;
  readonly tiers: readonly TierPlan[];
}

const HOUR = 3600;

/** One burn-rate alert. */
export function burnAlert(tier: TierPlan, context: AlertContext): AlertingRule {
  const { slo } = context;
  const own = slo.alerting.overrides?.[tier.name];
  return {
    ...alert(tier.alert, tier.name, tier.severity, burnExpr(tier, context), context, {
      summary: `${slo.id} burns its error budget at more than ${printNumber(tier.burn)}×.`,
      description: burnDescription(tier, context),
    }, { long: printSeconds(tier.longSeconds), short: printSeconds(tier.shortSeconds), ...own?.labels }, own?.annotations),
    forSeconds: tier.forSeconds,
    keepFiringForSeconds: tier.keepFiringForSeconds,
  };
}

/** Alerts on the measurement: gone with its targets, gone without reason, and wrong. */
export function absenceAlerts(context: AlertContext): { readonly targetsDown: AlertingRule[]; readonly noData: AlertingRule[]; readonly broken: AlertingRule[] } {
  const { absence, noTraffic } = context.slo;
  return {
    targetsDown: absence.noData ? [targetsDownAlert(context)] : [],
    noData: absence.noData && noTraffic !== "good" ? [noDataAlert(context)] : [],
    broken: absence.broken ? [brokenAlert(context)] : [],
  };
}

/**
 * The long window decides, and counts what it has not seen yet as good. The short window ends the alert.
 * A page does not end because the short window went blind: it holds while the group was seen within the hour.
 */
function burnExpr(tier: TierPlan, context: AlertContext): Expr {
  const { measure } = context;
  const { longSeconds, shortSeconds, threshold } = tier;
  const ratio = selector(errorRatioRecord(longSeconds), idLabels(context.slo));
  const seen = binary("*", ratio, windowCoverage(measure, longSeconds), tileMatching(longSeconds));
  const burning = binary(">", seen, number(threshold));
  const allowed = binary("*", number(threshold), totalSum(measure, shortSeconds));
  const bad = badSum(measure, shortSeconds);
  const matching = tileMatching(shortSeconds);
  const parts = [burning, ...guards(tier, context), ...hold(tier, context)];
  if (tier.severity !== "page") return chain("and", ...parts, binary(">", bad, allowed, matching));
  return binary("unless", chain("and", ...parts), binary("<=", bad, allowed, matching));
}

function guards(tier: TierPlan, { slo, measure }: AlertContext): Expr[] {
  const long = tier.longSeconds;
  const events = slo.minEvents === undefined ? [] : [guard(totalSum(measure, long), slo.minEvents, long)];
  const bad = slo.minBad === undefined ? [] : [guard(badSum(measure, long), slo.minBad, long)];
  return [...events, ...bad];
}

/** Guards keep the labels of the group only, so that they match the burn. */
function guard(sum: Expr, least: number, seconds: number): Expr {
  const enough = binary(">=", sum, number(least));
  return tileMatching(seconds) ? call("label_replace", enough, quoted("count"), quoted(""), quoted(""), quoted("")) : enough;
}

function hold(tier: TierPlan, { measure }: AlertContext): Expr[] {
  if (tier.severity !== "page" || tier.longSeconds <= HOUR) return [];
  return [call("last_over_time", over(selector(records.total, measure.base.id), HOUR * 1000))];
}

function targetsDownAlert(context: AlertContext): AlertingRule {
  const { slo, tiers, counts } = context;
  const severity: Severity = tiers.some((tier) => tier.severity === "page") || tiers.length === 0 ? "page" : "ticket";
  const expr = counts.witness ? binary("unless", gone(context), alive(counts.witness, context), on(...context.measure.base.by)) : gone(context);
  return {
    ...alert(severity === "page" ? "SloTargetsDown" : "SloTargetsDownTicket", "targets-down", severity, expr, context, {
      summary: `${slo.id} has no data and its targets are down or gone.`,
      description: { template: `Events were counted within the last hour${forGroup(context)}, and now there are none: no target that counted them answers a scrape.` },
    }),
    forSeconds: slo.absence.forSeconds,
  };
}

function noDataAlert(context: AlertContext): AlertingRule {
  const { slo, counts } = context;
  const idle = counts.witness ? binary("and", gone(context), alive(counts.witness, context), on(...context.measure.base.by)) : never();
  return {
    ...alert("SloNoData", "no-data", "ticket", idle, context, {
      summary: `${slo.id} has no data although its targets are up.`,
      description: { template: `Events were counted within the last hour${forGroup(context)}, and now nothing counts them: the series are gone, the targets answer.` },
    }),
    forSeconds: slo.absence.forSeconds,
  };
}

/** For expressions nobody knows the targets: their absence pages, and this alert has nothing to add. */
function never(): Expr {
  return binary(">", call("vector", number(0)), number(0));
}

/** Groups with traffic within the hour that the base no longer knows. It reads the base, so a failing rule shows too. */
function gone({ measure }: AlertContext): Expr {
  const total = selector(records.total, measure.base.id);
  return binary("unless", binary(">", call("max_over_time", over(total, HOUR * 1000)), number(0)), total);
}

/** Groups of which some target that exposed them within the hour is up. A reading every 20m keeps it cheap. */
function alive(witness: Selector, { measure }: AlertContext): Expr {
  const exposed = call("last_over_time", subquery(witness, HOUR * 1000, 1_200_000));
  const up = binary("==", { ...selector("up"), matchers: targetMatchers(witness, measure.base) }, number(1));
  return aggregate("group", measure.base.by, binary("and", exposed, up, on("job", "instance", ...measure.base.identity)));
}

function brokenAlert(context: AlertContext): AlertingRule {
  const { slo, counts } = context;
  const reasons = [...counts.broken, { reason: "never-any-data", expr: neverAnyData(context) }, { reason: "evaluations-missed", expr: evaluationsMissed(context) }];
  const named = reasons.map(({ reason, expr }) => call("label_replace", expr, quoted("reason"), quoted(reason), quoted(""), quoted("")));
  return {
    ...alert("SloBroken", "broken", "ticket", chain("or", ...named), context, {
      summary: `${slo.id} is not measured correctly.`,
      description: { template: `The measurement cannot be trusted: {{ $labels.reason }}. The runbook says what each reason means.` },
    }),
    forSeconds: 900,
  };
}

/** An hour after the rules were loaded there is still no total: most often a misspelt metric. */
function neverAnyData({ slo, measure }: AlertContext): Expr {
  const absent = call("absent_over_time", over(selector(records.total, measure.base.id), 86_400_000));
  const running = { ...selector(records.objective, idLabels(slo)), offsetMs: HOUR * 1000 };
  return binary("and", absent, running, on("slo_service", "slo"));
}

function evaluationsMissed({ slo }: AlertContext): Expr {
  const low = binary("<", selector(records.coverage, idLabels(slo)), number(0.95));
  const sinceThen = { ...selector(records.objective, idLabels(slo)), offsetMs: coverageSeconds(slo) * 1000 };
  return binary("and", low, sinceThen);
}

function burnDescription(tier: TierPlan, context: AlertContext): Text {
  const limit = `${printNumber(exact(tier.threshold * 100))}%`;
  const left = printSeconds(Math.round(context.slo.windowSeconds / tier.burn / 60) * 60);
  return {
    template: `{{ $value | humanizePercentage }} of events were bad in the last ${printSeconds(tier.longSeconds)}${forGroup(context)}; this alert allows ${limit}. ` +
      `At ${printNumber(tier.burn)}× the whole budget of ${printSeconds(context.slo.windowSeconds)} lasts ${left}.`,
  };
}

function forGroup({ measure }: AlertContext): string {
  if (measure.base.by.length === 0) return "";
  return ` for ${measure.base.by.map((label) => `${label} "{{ $labels.${label} }}"`).join(", ")}`;
}

type Annotations = Readonly<Record<string, Text>>;

/** Nothing here changes while an alert fires: it would be another alert. */
function alert(
  name: string, tier: string, severity: Severity, expr: Expr, context: AlertContext,
  annotations: Annotations, extraLabels: Readonly<Record<string, string>> = {}, extraAnnotations: Annotations = {},
): AlertingRule {
  const { slo, platform } = context;
  const { labels: userLabels, annotations: userAnnotations } = slo.alerting;
  const links = { ...(slo.runbook === undefined ? {} : { runbook_url: slo.runbook }), ...dashboardLink(slo, platform) };
  return {
    type: "alert",
    alert: name,
    severity,
    expr,
    forSeconds: 0,
    keepFiringForSeconds: 0,
    labels: { ...slo.labels, ...userLabels, ...extraLabels, ...idLabels(slo), tier, severity: platform.severities[severity], owner: slo.owner },
    annotations: { ...annotations, ...links, ...slo.annotations, ...userAnnotations, ...extraAnnotations },
  };
}

function dashboardLink(slo: Slo, platform: Platform): Annotations {
  const url = dashboardUrl(slo, platform);
  return url === undefined ? {} : { dashboard_url: url };
}

/** The service's dashboard, or undefined where no Grafana is declared. */
export function dashboardUrl(slo: Slo, platform: Platform): string | undefined {
  if (platform.dashboards === undefined) return undefined;
  return `${platform.dashboards.replace(/\/+$/, "")}/d/${dashboardUid(slo.service)}`;
}

function quoted(value: string): Expr {
  return { node: "string", value };
}
