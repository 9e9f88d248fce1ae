/** The silent source: while it fires, tickets of its SLO and group and those of dependants are held back. */

import { aggregate } from "../../../promql/build.ts";
import { alerts } from "../../alert-names.ts";
import { firing } from "../../firing.ts";
import { idLabels } from "../../names.ts";
import type { AlertingRule, TierPlan } from "../../plan.ts";
import type { SloContext } from "../alert.ts";
import type { SloMeasurement } from "../slo-measurement.ts";

/** Begins with a page of the SLO, and outlasts it by the longest short window that it holds back. */
export function burningAlert({ slo, measurement, tiers }: SloContext): AlertingRule[] {
  const pages = tiers.filter(({ severity }) => severity === "page");
  if (pages.length === 0) return [];
  const names = { label: "tier", op: "=~", value: pages.map(({ name }) => name).join("|") } as const;
  return [
    {
      type: "alert",
      alert: alerts.burning.name,
      severity: "none",
      comment: "Sent to nobody: holds back this SLO's tickets and its dependants', for hours after the page.",
      expr: aggregate(
        "group",
        [...Object.keys(measurement.base.id), ...measurement.groupLabels],
        firing([names], measurement.base.id),
      ),
      forSeconds: 0,
      keepFiringForSeconds: residueSeconds(tiers, measurement),
      labels: { ...idLabels(slo), tier: alerts.burning.tier, severity: "none", owner: slo.owner },
      annotations: { summary: `${slo.id} is paging: its tickets and its dependants' are held back.` },
    },
  ];
}

/** Until what was bad has left every short window, plus one slow evaluation. */
function residueSeconds(tiers: readonly TierPlan[], { tiled, tileSeconds, intervalSeconds }: SloMeasurement): number {
  return Math.max(...tiers.map(({ shortSeconds }) => shortSeconds)) + (tiled ? tileSeconds : intervalSeconds);
}
