/** What all alerts of an SLO share: labels, links and texts. */

import type { Text } from "../../declare/declaration.ts";
import { countsSlices } from "../../model/budgeting.ts";
import type { Platform, Slo } from "../../model/service.ts";
import type { Matching } from "../../promql/ast.ts";
import { on } from "../../promql/build.ts";
import { type AlertFields, alertOf } from "../alerting-rule.ts";
import { groupLink, sloLink } from "../annotations/dashboard-links.ts";
import { labelInTemplate } from "../annotations/label-in-template.ts";
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
export interface SloAlertFields extends AlertFields {
  /** Whether it is of one group, and so carries its labels; an alert of a tier names its long window. */
  readonly ofGroup?: { readonly longSeconds?: number };
  readonly annotations?: Readonly<Record<string, Text>>;
}

/** An alert of this SLO. */
export function alertingRule(fields: SloAlertFields, context: SloContext): AlertingRule {
  const { slo, platform, measure } = context;
  const watched = {
    id: measure.base.id,
    owner: slo.owner,
    labels: { ...slo.labels, ...slo.alerting.labels, ...fields.labels },
    links: { runbook: slo.runbook, dashboard: dashboardOf(fields, context) },
    groupBy: [...slo.groupBy].sort(),
    annotations: { ...slo.annotations, ...slo.alerting.annotations, ...fields.annotations },
  };
  return alertOf(fields, watched, platform);
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

/** A slice without data that counts leaves no time without any, where there are no groups to remember. */
export function isAlwaysFilled(slo: Slo, measure: Measure): boolean {
  return slo.noTraffic !== "ignore" && measure.groupLabels.length === 0 && countsSlices(slo);
}

function dashboardOf({ ofGroup }: SloAlertFields, { slo, platform, measure }: SloContext): Text | undefined {
  return ofGroup ? groupLink(slo, measure.groupLabels, ofGroup.longSeconds, platform) : sloLink(slo, platform);
}
