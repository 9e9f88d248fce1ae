/**
 * Routes: firebreak's alerts by team and severity, everything else to the root. Each route matches firebreak's alerts
 * only, so the list can be put before the routes of a configuration that exists.
 */
import type { Audience } from "../../compile/audience.ts";
import { pageWaitSeconds } from "../../compile/group-wait.ts";
import type { Plan, SloPlan } from "../../compile/plan.ts";
import type { Severity } from "../../model/service.ts";
import { printSeconds } from "../../promql/duration.ts";
import type { Route } from "./config.ts";
import { isOneOf, isPresent } from "./matcher.ts";
import { receiverName, rootReceiver, routedAudiences, strayPageReceiver } from "./receivers.ts";
import { BUSINESS_HOURS } from "./time-intervals.ts";

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
      ...routedAudiences(plan).flatMap((audience) => [...budgetRoutes(plan, audience), audienceRoute(plan, audience)]),
      ...strayRoutes(plan),
    ],
  };
}

function audienceRoute(plan: Plan, { owner, severity }: Audience): Route {
  const slos = plan.services.filter(({ service }) => service.owner === owner).flatMap((service) => service.slos);
  const waits = severity !== "page" && plan.platform.businessHours !== undefined;
  return {
    receiver: receiverName(owner, severity),
    matchers: [
      isPresent("slo_service"),
      isOneOf("owner", [owner]),
      isOneOf("severity", [plan.platform.severities[severity]]),
    ],
    ...timing(slos, severity, pageWaitSeconds(plan, owner)),
    ...(waits ? { active_time_intervals: [BUSINESS_HOURS] } : {}),
  };
}

/**
 * Alerts of spend budgets. What is spent stays spent until the period ends, so saying it again every few hours helps
 * nobody; each limit is told for itself.
 */
function budgetRoutes(plan: Plan, audience: Audience): Route[] {
  const { owner, severity } = audience;
  const services = plan.services.filter(({ service }) => service.owner === owner);
  const budgets = services.flatMap((service) => service.budgets);
  if (!budgets.some(({ alerts }) => alerts.some((alert) => alert.severity === severity))) return [];
  const { receiver, matchers = [], active_time_intervals } = audienceRoute(plan, audience);
  const each = [...new Set(budgets.flatMap(({ groupLabels }) => groupLabels))].sort();
  return [
    {
      receiver,
      matchers: [...matchers, isPresent("budget")],
      group_by: ["slo_service", "budget", "scope", ...each],
      // The higher threshold comes with the lower one, and silences it.
      group_wait: "1m",
      group_interval: "5m",
      repeat_interval: severity === "page" ? "1d" : "3d",
      ...(active_time_intervals === undefined ? {} : { active_time_intervals }),
    },
  ];
}

/** During a deployment rules may name a team before this file does: its pages must reach somebody. */
function strayRoutes(plan: Plan): Route[] {
  const receiver = strayPageReceiver(plan.platform);
  if (receiver === undefined) return [];
  const slos = plan.services.flatMap((service) => service.slos);
  const matchers = [isPresent("slo_service"), isOneOf("severity", [plan.platform.severities.page])];
  const waits = timing(slos, "page", pageWaitSeconds(plan));
  return [{ receiver, matchers, ...waits, group_by: [...new Set([...waits.group_by, ...budgetGroups(plan)])] }];
}

/** What tells the limits of budgets apart, where there are any: an SLO's alerts are grouped as if these were empty. */
function budgetGroups({ services }: Plan): string[] {
  const budgets = services.flatMap((service) => service.budgets);
  if (budgets.length === 0) return [];
  return ["budget", "scope", ...new Set(budgets.flatMap(({ groupLabels }) => groupLabels))].sort();
}

type Timing = Pick<Route, "group_by" | "group_wait" | "group_interval" | "repeat_interval">;

/** What makes one notification, and when it is sent, updated and repeated. */
function timing(slos: readonly SloPlan[], severity: Severity, pageWait: number): Timing {
  switch (severity) {
    case "page":
      return {
        // PagerDuty and Opsgenie make one incident of a group, and what joins an acknowledged incident rings nobody:
        // a second model that starts to burn must ring again. So each error budget pages for itself.
        group_by: ["slo_service", "slo", ...groupLabels(slos)],
        group_wait: printSeconds(pageWait),
        // A recovery is told within a minute. Changes are few: the fast page silences the slow one.
        group_interval: "1m",
        repeat_interval: "4h",
      };
    case "ticket":
      // One ticket lists all groups. Its wait lets the page of the same outage come first and silence it.
      return { group_by: ["slo_service", "slo"], group_wait: "5m", group_interval: "30m", repeat_interval: "1d" };
    case "info":
      // Less than the five days for which Alertmanager remembers what it sent (--data.retention).
      return { group_by: ["slo_service", "slo"], group_wait: "5m", group_interval: "1h", repeat_interval: "3d" };
  }
}

/** Labels that tell error budgets apart. An alert without one of them is grouped as if it were empty. */
function groupLabels(slos: readonly SloPlan[]): string[] {
  return [...new Set(slos.flatMap((slo) => slo.groupLabels))].sort();
}
