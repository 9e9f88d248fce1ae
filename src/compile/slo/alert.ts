/** What all alerts of an SLO share: labels, links and texts. */
import type { Text } from "../../declare/declaration.ts";
import type { Platform, Severity, Slo } from "../../model/service.ts";
import type { Expr, Matcher, Matching } from "../../promql/ast.ts";
import { on, selector } from "../../promql/build.ts";
import { kindOf } from "../../sli/index.ts";
import { linkAnnotations, silenceAnnotations, withoutKeys } from "../annotations/alert-fields.ts";
import { groupLink, sloLink } from "../annotations/dashboard-links.ts";
import { labelInTemplate } from "../annotations/label-in-template.ts";
import { idLabels } from "../names.ts";
import type { AlertingRule, TierPlan } from "../plan.ts";
import type { Measure } from "./measured.ts";

/** What every rule of one SLO is made from. */
export interface SloContext {
  readonly slo: Slo;
  readonly platform: Platform;
  readonly measure: Measure;
  readonly tiers: readonly TierPlan[];
  /** What it depends on. */
  readonly upstreams: readonly Slo[];
}

/** What tells one alert of an SLO from the others. */
export interface AlertParts {
  readonly name: string;
  readonly tier: string;
  readonly severity: Severity;
  readonly expr: Expr;
  readonly comment?: string;
  readonly summary: Text;
  readonly description: Text;
  /** Whether it is of one group, and so carries its labels; an alert of a tier names its long window. */
  readonly ofGroup?: { readonly longSeconds?: number };
  readonly forSeconds: number;
  readonly keepFiringForSeconds?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, Text>>;
}

/** An alerting rule. Nothing in its labels changes while it fires: that would be another alert. */
export function alertingRule(parts: AlertParts, context: SloContext): AlertingRule {
  const { slo, platform } = context;
  const { alerting } = slo;
  const { summary, description } = parts;
  const added = { ...slo.annotations, ...alerting.annotations, ...parts.annotations };
  const own = { tier: parts.tier, severity: platform.severities[parts.severity], owner: slo.owner };
  return {
    type: "alert",
    alert: parts.name,
    severity: parts.severity,
    ...(parts.comment === undefined ? {} : { comment: parts.comment }),
    expr: parts.expr,
    forSeconds: parts.forSeconds,
    keepFiringForSeconds: parts.keepFiringForSeconds ?? 0,
    labels: { ...idLabels(slo), ...own, ...withoutKeys({ ...slo.labels, ...alerting.labels, ...parts.labels }, own) },
    annotations: {
      ...{ summary, description },
      ...linksOf(parts, context),
      ...silenceAnnotations([...slo.groupBy].sort()),
      ...added,
    },
  };
}

/** ` for model "gpt-4"` in a template, or nothing where there is one group only. */
export function forGroup({ measure }: SloContext): string {
  if (measure.groupLabels.length === 0) return "";
  return ` for ${measure.groupLabels.map((label) => `${label} "{{ ${labelInTemplate(label)} }}"`).join(", ")}`;
}

/** The labels that tell one error budget of this SLO from another. */
export function onGroup({ base, groupLabels }: Measure): Matching {
  return on(...Object.keys(base.id), ...groupLabels);
}

/** Alerts of this SLO that are firing, with these labels, as Prometheus wrote them at the last evaluation. */
export function firing(matchers: readonly Matcher[], { base }: Measure): Expr {
  const alerts = selector("ALERTS", { alertstate: "firing", ...base.id });
  return { ...alerts, matchers: [...matchers, ...alerts.matchers] };
}

/** A slice without data that counts leaves no time without any, where there are no groups to remember. */
export function isAlwaysFilled(slo: Slo, measure: Measure): boolean {
  const sliced = slo.budgeting.kind !== "events" || kindOf(slo.sli).method === "slices";
  return slo.noTraffic !== "ignore" && measure.groupLabels.length === 0 && sliced;
}

function linksOf({ name, ofGroup }: AlertParts, { slo, platform, measure }: SloContext): Record<string, Text> {
  const dashboard = ofGroup
    ? groupLink(slo, measure.groupLabels, ofGroup.longSeconds, platform)
    : sloLink(slo, platform);
  return linkAnnotations(name, { runbook: slo.runbook, dashboard });
}
