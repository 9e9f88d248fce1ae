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
import type { SloMeasurement } from "./slo-measurement.ts";

/** What every rule of one SLO is made from. */
export interface SloContext {
  readonly slo: Slo;
  readonly platform: Platform;
  readonly measurement: SloMeasurement;
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
  const { slo, platform, measurement } = context;
  const watched = {
    id: measurement.base.id,
    owner: slo.owner,
    labels: { ...slo.labels, ...slo.alerting.labels, ...fields.labels },
    links: { runbook: slo.runbook, dashboard: dashboardOf(fields, context) },
    groupBy: [...slo.groupBy].sort(),
    annotations: { ...slo.annotations, ...slo.alerting.annotations, ...fields.annotations },
  };
  return alertOf(fields, watched, platform);
}

/** ` for model "gpt-4"` in a template, or nothing where there is one group only. */
export function forGroup({ measurement }: SloContext): string {
  if (measurement.groupLabels.length === 0) return "";
  return ` for ${measurement.groupLabels.map((label) => `${label} "{{ ${labelInTemplate(label)} }}"`).join(", ")}`;
}

/** The labels that tell one error budget of this SLO from another. */
export function onGroup({ base, groupLabels }: SloMeasurement): Matching {
  return on(...Object.keys(base.id), ...groupLabels);
}

/** A slice without data that counts leaves no time without any, where there are no groups to remember. */
export function isAlwaysFilled(slo: Slo, measurement: SloMeasurement): boolean {
  return slo.noTraffic !== "ignore" && measurement.groupLabels.length === 0 && countsSlices(slo);
}

function dashboardOf({ ofGroup }: SloAlertFields, { slo, platform, measurement }: SloContext): Text | undefined {
  return ofGroup ? groupLink(slo, measurement.groupLabels, ofGroup.longSeconds, platform) : sloLink(slo, platform);
}
