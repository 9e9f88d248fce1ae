/** What makes one notification, and when it is sent, updated and repeated. */
import { alerts } from "../../compile/alert-names.ts";
import { groupWaitSeconds } from "../../compile/group-wait.ts";
import type { AlertingRule, Plan, SloPlan } from "../../compile/plan.ts";
import type { Severity } from "../../model/service.ts";
import { printSeconds } from "../../promql/duration.ts";
import type { Route } from "./config.ts";
import { isOneOf } from "./matcher.ts";

export type Timing = Pick<Route, "group_by" | "group_wait" | "group_interval" | "repeat_interval">;

/** What budgets and experiments are distinguished by, beside the labels of their groups. */
export const BUDGET_LABELS = ["budget"] as const;
export const EXPERIMENT_LABELS = ["experiment", "sli"] as const;

/** For a route that these SLOs share. */
export function timing(plan: Plan, slos: readonly SloPlan[], severity: Severity): Timing {
  const wait = printSeconds(groupWaitSeconds(plan, slos, severity));
  switch (severity) {
    case "page":
      return {
        // PagerDuty and Opsgenie make one incident of a group, and what joins an acknowledged incident notifies nobody:
        // a second model that starts to burn must ring again. So each error budget pages for itself.
        group_by: ["slo_service", "slo", ...groupLabelsOf(slos)],
        group_wait: wait,
        // A recovery is sent within a minute. Changes are few: a slow page is silent while a fast one has been sent.
        group_interval: "1m",
        repeat_interval: "4h",
      };
    case "ticket":
      // One ticket lists all groups.
      return { group_by: ["slo_service", "slo"], group_wait: wait, group_interval: "30m", repeat_interval: "1d" };
    case "info":
      // Less than the five days for which Alertmanager remembers what it sent (--data.retention).
      return { group_by: ["slo_service", "slo"], group_wait: wait, group_interval: "1h", repeat_interval: "3d" };
  }
}

/** By the alert's name, so that the link to a silence spares all other alerts of the service. */
export function targetsDownTiming(plan: Plan, slos: readonly SloPlan[], severity: Severity): Timing {
  return {
    ...timing(plan, slos, severity),
    group_by: [...new Set(["alertname", "slo_service", "job", ...[...plan.platform.identity].sort()])],
  };
}

const TARGETS_DOWN = alerts.targetsDown.tier;

export const IS_TARGETS_DOWN = isOneOf("tier", [TARGETS_DOWN]);

export function isTargetsDown({ labels }: AlertingRule): boolean {
  return labels.tier === TARGETS_DOWN;
}

/** Labels that tell groups apart. An alert without one of them is grouped as if it were empty. */
export function groupLabelsOf(plans: readonly Pick<SloPlan, "groupLabels">[]): string[] {
  return [...new Set(plans.flatMap(({ groupLabels }) => groupLabels))].sort();
}
