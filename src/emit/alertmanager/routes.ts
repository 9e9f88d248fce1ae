/**
 * Routes: firebreak's alerts by team and severity, everything else to the root. Each route matches firebreak's alerts
 * only, so the list can be put before the routes of a configuration that exists.
 */
import type { Plan } from "../../compile/plan.ts";
import { burningAlertName } from "../../compile/slo/alerts/burning.ts";
import { audienceRoutes } from "./audience-routes.ts";
import type { Route } from "./config.ts";
import { isOneOf, isPresent } from "./matcher.ts";
import { NOBODY, rootReceiver, routedAudiences, strayPageReceiver } from "./receivers.ts";
import {
  BUDGET_LABELS,
  EXPERIMENT_LABELS,
  groupLabelsOf,
  IS_TARGETS_DOWN,
  targetsDownTiming,
  timing,
} from "./timing.ts";

/** The whole tree. */
export function compileRoutes(plan: Plan): Route {
  return {
    receiver: rootReceiver(plan.platform),
    // For alerts that are not firebreak's: Alertmanager's own defaults.
    group_by: ["alertname", "namespace"],
    group_wait: "30s",
    group_interval: "5m",
    repeat_interval: "4h",
    routes: [
      silentRoute(),
      ...routedAudiences(plan).flatMap((audience) => audienceRoutes(plan, audience)),
      ...strayRoutes(plan),
    ],
  };
}

/** What only holds other alerts back is sent to nobody. */
function silentRoute(): Route {
  return {
    receiver: NOBODY,
    matchers: [isPresent("slo_service"), isOneOf("alertname", [burningAlertName])],
    group_by: ["slo_service", "slo"],
    group_wait: "30s",
    group_interval: "5m",
    repeat_interval: "4h",
  };
}

/** During a deployment rules may name a team before this file does: its pages must reach somebody. */
function strayRoutes(plan: Plan): Route[] {
  const receiver = strayPageReceiver(plan.platform);
  if (receiver === undefined) return [];
  const slos = plan.services.flatMap((service) => service.slos);
  const matchers = [isPresent("slo_service"), isOneOf("severity", [plan.platform.severities.page])];
  return [
    { receiver, matchers: [...matchers, IS_TARGETS_DOWN], ...targetsDownTiming(plan, slos, "page") },
    { receiver, matchers, ...timing(plan, slos, "page"), group_by: strayGroups(plan) },
  ];
}

/** Whatever tells a stranger's alerts apart: an SLO's are grouped as if the labels of budgets were empty. */
function strayGroups({ services }: Plan): string[] {
  const all = services.flatMap(({ slos, budgets, experiments }) => [...slos, ...budgets, ...experiments]);
  return ["slo_service", "slo", ...BUDGET_LABELS, ...EXPERIMENT_LABELS, ...groupLabelsOf(all)];
}
