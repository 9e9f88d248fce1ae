/** What all alerts of an SLO share: labels, links and texts. */
import type { Text } from "../model/declaration.ts";
import type { Platform, Severity, Slo } from "../model/service.ts";
import type { Expr } from "../promql/ast.ts";
import { aggregate, call, over, selector } from "../promql/build.ts";
import type { Counts } from "../sli/kind.ts";
import type { Measure } from "./measure.ts";
import { dashboardUid, idLabels } from "./naming.ts";
import type { AlertingRule, TierPlan } from "./plan.ts";
import type { Windows } from "./windows.ts";

/** What every alert of one SLO is made from. */
export interface AlertContext {
  readonly slo: Slo;
  readonly platform: Platform;
  readonly measure: Measure;
  readonly windows: Windows;
  readonly counts: Counts;
  readonly tiers: readonly TierPlan[];
}

/** What tells one alert of an SLO from the others. */
export interface AlertParts {
  readonly name: string;
  readonly tier: string;
  readonly severity: Severity;
  readonly expr: Expr;
  readonly summary: string;
  /** May be a Go template. */
  readonly description: Text;
  readonly forSeconds: number;
  readonly keepFiringForSeconds?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, Text>>;
}

/** An alerting rule. Nothing in its labels changes while it fires: that would be another alert. */
export function alertingRule(parts: AlertParts, { slo, platform }: AlertContext): AlertingRule {
  const { alerting } = slo;
  const id = { ...idLabels(slo), tier: parts.tier, severity: platform.severities[parts.severity], owner: slo.owner };
  const texts = { summary: parts.summary, description: parts.description, ...links(slo, platform) };
  return {
    type: "alert",
    alert: parts.name,
    severity: parts.severity,
    expr: parts.expr,
    forSeconds: parts.forSeconds,
    keepFiringForSeconds: parts.keepFiringForSeconds ?? 0,
    labels: { ...slo.labels, ...alerting.labels, ...parts.labels, ...id },
    annotations: { ...texts, ...slo.annotations, ...alerting.annotations, ...parts.annotations },
  };
}

/** ` for model "gpt-4"` in a template, or nothing where there is one group only. */
export function forGroup({ measure }: AlertContext): string {
  if (measure.groupLabels.length === 0) return "";
  return ` for ${measure.groupLabels.map((label) => `${label} "{{ $labels.${label} }}"`).join(", ")}`;
}

/** The SLO's groups with an alert of these labels, as Prometheus wrote it at the last evaluation, or within a time. */
export function alertGroups(
  labels: Readonly<Record<string, string>>,
  { base, groupLabels }: Measure,
  withinMs?: number,
): Expr {
  const alerts = selector("ALERTS", { ...labels, ...base.id });
  const seen = withinMs === undefined ? alerts : call("last_over_time", over(alerts, withinMs));
  return aggregate("group", [...Object.keys(base.id), ...groupLabels], seen);
}

/** The service's dashboard, or undefined where no Grafana is declared. */
export function dashboardUrl(slo: Slo, platform: Platform): string | undefined {
  if (platform.dashboards === undefined) return undefined;
  return `${platform.dashboards.replace(/\/+$/, "")}/d/${dashboardUid(slo.service)}`;
}

function links(slo: Slo, platform: Platform): Record<string, Text> {
  const dashboard = dashboardUrl(slo, platform);
  return {
    ...(slo.runbook === undefined ? {} : { runbook_url: slo.runbook }),
    ...(dashboard === undefined ? {} : { dashboard_url: dashboard }),
  };
}
