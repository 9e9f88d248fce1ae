/**
 * Routes: firebreak's alerts by team and severity, everything else to the root. Routes with
 * `slo_service` match firebreak's alerts only, so they can be put before those of a configuration that exists.
 */
import { alerts } from "../../compile/alert-names.ts";
import { type Audience, audiences, isUnwanted } from "../../compile/audience.ts";
import { type Plan, watchedIn } from "../../compile/plan.ts";
import type { Platform } from "../../model/service.ts";
import type { Matcher } from "../../promql/ast.ts";
import { audienceRoutes } from "./audience-routes.ts";
import type { Route } from "./config.ts";
import { isFirebreaks, isOneOf } from "./matcher.ts";
import { heartbeatReceiver, NOBODY, rootReceiver, routedAudiences, strayPageReceiver } from "./receivers/receivers.ts";
import {
  BUDGET_LABELS,
  EXPERIMENT_LABELS,
  groupLabelsOf,
  IS_TARGETS_DOWN,
  type Timing,
  targetsDownTiming,
  timing,
} from "./timing.ts";
import { valueRoutes } from "./value-routes.ts";

/** The whole tree. */
export function compileRoutes(plan: Plan): Route<Matcher> {
  return {
    receiver: rootReceiver(plan.platform),
    ...foreignTiming,
    routes: [
      silentRoute(),
      ...foreignRoutes(plan.platform),
      ...valueRoutes(plan),
      ...routedAudiences(plan).flatMap((audience) => (ownsAny(audience, plan) ? audienceRoutes(plan, audience) : [])),
      ...unwantedRoutes(plan),
      ...strayRoutes(plan),
      ...foreignPageRoutes(plan.platform),
    ],
  };
}

/** A team may be notified of values of a budget and own nothing. */
function ownsAny({ owner }: Audience, { services }: Plan): boolean {
  return services.some(({ service }) => service.owner === owner);
}

/** For alerts that are not firebreak's: Alertmanager's own defaults. */
const foreignTiming: Timing = {
  group_by: ["alertname", "namespace"],
  group_wait: "30s",
  group_interval: "5m",
  repeat_interval: "4h",
};

/** Two alerts that others bring and that are for no person: one that always fires, and one that only holds information back. */
function foreignRoutes(platform: Platform): Route<Matcher>[] {
  const heartbeat = { group_by: ["alertname"], group_wait: "0s", group_interval: "1m", repeat_interval: "5m" };
  return [
    { receiver: heartbeatReceiver(platform), matchers: [isOneOf("alertname", ["Watchdog"])], ...heartbeat },
    { receiver: NOBODY, matchers: [isOneOf("alertname", ["InfoInhibitor"])], ...foreignTiming },
  ];
}

/** Other people's pages: whoever is on call must hear of them. */
function foreignPageRoutes(platform: Platform): Route<Matcher>[] {
  const receiver = strayPageReceiver(platform);
  if (receiver === undefined) return [];
  return [{ receiver, matchers: [isOneOf("severity", [platform.severities.page])], ...foreignTiming }];
}

/** Information that nobody asked for; the root would make tickets of it. */
function unwantedRoutes(plan: Plan): Route<Matcher>[] {
  if (!audiences(plan).some(isUnwanted)) return [];
  const matchers = [isFirebreaks, isOneOf("severity", [plan.platform.severities.info])];
  return [{ receiver: NOBODY, matchers, ...foreignTiming }];
}

/** What only holds other alerts back is sent to nobody. */
function silentRoute(): Route<Matcher> {
  return {
    receiver: NOBODY,
    matchers: [isFirebreaks, isOneOf("alertname", [alerts.burning.name, alerts.upstream.name])],
    group_by: ["slo_service", "slo"],
    group_wait: "30s",
    group_interval: "5m",
    repeat_interval: "4h",
  };
}

/** During a deployment rules may name a team before this file does: its pages must reach somebody. */
function strayRoutes(plan: Plan): Route<Matcher>[] {
  const receiver = strayPageReceiver(plan.platform);
  if (receiver === undefined) return [];
  const slos = plan.services.flatMap((service) => service.slos);
  const matchers = [isFirebreaks, isOneOf("severity", [plan.platform.severities.page])];
  const rest = { receiver: rootReceiver(plan.platform), matchers: [isFirebreaks], ...timing(plan, slos, "ticket") };
  return [
    { receiver, matchers: [...matchers, IS_TARGETS_DOWN], ...targetsDownTiming(plan, slos, "page") },
    { receiver, matchers, ...timing(plan, slos, "page"), group_by: strayGroups(plan) },
    // The root groups by name, and a silence of such a group would be one of every service.
    { ...rest, group_by: strayGroups(plan) },
  ];
}

/** Whatever tells a stranger's alerts apart: an SLO's are grouped as if the labels of budgets were empty. */
function strayGroups({ services }: Plan): string[] {
  const all = services.flatMap(watchedIn);
  return ["slo_service", "slo", ...BUDGET_LABELS, ...EXPERIMENT_LABELS, ...groupLabelsOf(all)];
}
