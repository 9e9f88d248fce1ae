/**
 * The routes of one team at one severity: first the alerts that are grouped in another way than those of SLOs. What a
 * notification is grouped by is in its link to a silence too, so each route names what its alerts are about.
 */
import type { Audience } from "../../compile/audience.ts";
import { slosOfOwner } from "../../compile/group-wait.ts";
import type { Plan, SentAlert, ServicePlan, SpendPlan } from "../../compile/plan.ts";
import type { Severity } from "../../model/service.ts";
import type { Matcher } from "../../promql/ast.ts";
import type { Route } from "./config.ts";
import { isFirebreaks, isOneOf, isPresent } from "./matcher.ts";
import { receiverName } from "./receivers/receivers.ts";
import { BUSINESS_HOURS } from "./time-intervals.ts";
import {
  BUDGET_LABELS,
  EXPERIMENT_LABELS,
  groupLabelsOf,
  IS_TARGETS_DOWN,
  type Timing,
  targetsDownTiming,
  timing,
} from "./timing.ts";

export function audienceRoutes(plan: Plan, audience: Audience): Route<Matcher>[] {
  return [
    ...budgetRoutes(plan, audience),
    ...experimentRoutes(plan, audience),
    ...targetsDownRoutes(plan, audience),
    sloRoute(plan, audience),
  ];
}

/**
 * Alerts of spend budgets. What is spent stays spent until the period ends, so saying it again every few hours helps
 * nobody; each limit notifies for itself.
 */
function budgetRoutes(plan: Plan, audience: Audience): Route<Matcher>[] {
  const budgets = servicesOf(plan, audience).flatMap((service) => service.budgets);
  if (!notify(budgets, audience, plan)) return [];
  return [route(plan, audience, [isPresent("budget")], budgetTiming(audience.severity, budgets))];
}

/** Each limit is a notification of its own. */
export function budgetTiming(severity: Severity, budgets: readonly SpendPlan[]): Timing {
  return {
    group_by: ["slo_service", ...BUDGET_LABELS, ...groupLabelsOf(budgets)],
    // Several alerts of one limit begin at the same evaluation.
    group_wait: "1m",
    group_interval: "5m",
    repeat_interval: severity === "page" ? "1d" : "3d",
  };
}

/** Each variant notifies for itself, and each of its measurements: they are different findings. */
function experimentRoutes(plan: Plan, audience: Audience): Route<Matcher>[] {
  const experiments = servicesOf(plan, audience).flatMap((service) => service.experiments);
  if (!notify(experiments, audience, plan)) return [];
  const when = {
    ...timing(plan, slosOfOwner(plan, audience.owner), audience.severity),
    group_by: ["slo_service", ...EXPERIMENT_LABELS, ...groupLabelsOf(experiments)],
  };
  return [route(plan, audience, [isPresent("experiment")], when)];
}

/** A dead job is one fact, however many SLOs and groups it leaves without data. */
function targetsDownRoutes(plan: Plan, audience: Audience): Route<Matcher>[] {
  const timing = targetsDownTiming(plan, slosOfOwner(plan, audience.owner), audience.severity);
  return notify(servicesOf(plan, audience), audience, plan) ? [route(plan, audience, [IS_TARGETS_DOWN], timing)] : [];
}

/** What is left: alerts of SLOs. */
function sloRoute(plan: Plan, audience: Audience): Route<Matcher> {
  return route(plan, audience, [], timing(plan, slosOfOwner(plan, audience.owner), audience.severity));
}

type Alerting = Readonly<Record<"alerts", readonly SentAlert[]>>;

/** Whether one of them has an alert for this audience: the emitted word may be that of two severities. */
function notify(some: readonly Alerting[], audience: Audience, { platform }: Plan): boolean {
  const words = platform.severities;
  return some.some(({ alerts }) => alerts.some((alert) => words[alert.severity] === words[audience.severity]));
}

function servicesOf(plan: Plan, { owner }: Audience): ServicePlan[] {
  return plan.services.filter(({ service }) => service.owner === owner);
}

/** Alerts of a team at one severity, of which only some are meant. */
export function route(
  { platform }: Plan,
  { owner, severity }: Pick<Audience, "owner" | "severity">,
  only: readonly Matcher[],
  when: Timing,
): Route<Matcher> {
  const waits = severity !== "page" && platform.businessHours !== undefined;
  return {
    receiver: receiverName(owner, severity),
    matchers: [isFirebreaks, isOneOf("owner", [owner]), isOneOf("severity", [platform.severities[severity]]), ...only],
    ...when,
    ...(waits ? { active_time_intervals: [BUSINESS_HOURS] } : {}),
  };
}
