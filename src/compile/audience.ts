/** Audiences: which team is notified, at which severity, and where. Every alert belongs to exactly one. */
import type { ReceiverDeclaration } from "../declare/declaration.ts";
import type { Platform, Severity } from "../model/service.ts";
import { type Plan, type SentAlert, type ServicePlan, watchedIn } from "./plan.ts";
import { isOfValue, teamsOf } from "./spend/teams.ts";

/** A team at one severity, with somewhere to tell it: undefined where nothing is declared. */
export interface Audience {
  readonly owner: string;
  readonly severity: Severity;
  readonly receiver: ReceiverDeclaration | undefined;
}

/** Severities, the most urgent first. */
export const severities = ["page", "ticket", "info"] as const satisfies readonly Severity[];

/** `a page`, `an info`. */
export function withArticle(severity: Severity): string {
  return `${severity === "info" ? "an" : "a"} ${severity}`;
}

/** Every team and severity that some alert is for, by team and urgency. */
export function audiences(plan: Plan): readonly Audience[] {
  const found = known.get(plan) ?? allAudiences(plan);
  known.set(plan, found);
  return found;
}

/** Whether there are alerts, and not one of them has somewhere to go. */
export function reachesNobody(plan: Plan): boolean {
  const all = audiences(plan);
  return all.length > 0 && all.every(({ receiver }) => receiver === undefined);
}

/** What helps where it does not, without the stop at its end. */
export const DECLARE_RECEIVERS =
  'Declare who is notified, such as receivers: { default: { page: { pagerduty: { secret: "pagerduty" } } } }';

/** Every service asks, and the answer needs every alert of every service. */
const known = new WeakMap<Plan, readonly Audience[]>();

function allAudiences(plan: Plan): readonly Audience[] {
  const owners = plan.services.map(({ service }) => service.owner);
  const ofValues = plan.services.flatMap(({ budgets }) => budgets.flatMap(teamsOf)).map(({ team }) => team);
  return [...new Set([...owners, ...ofValues])].sort().flatMap((owner) =>
    severitiesOf(plan, owner).map((severity) => ({
      owner,
      severity,
      receiver: receiverOf(plan.platform, owner, severity),
    })),
  );
}

/**
 * Where a team is notified: its own receiver of that severity, else the `default` team's. No severity becomes another: a page
 * is never a ticket, and information goes nowhere unless it is declared where.
 */
export function receiverOf(platform: Platform, owner: string, severity: Severity): ReceiverDeclaration | undefined {
  const teams = [platform.receivers[owner], platform.receivers.default];
  const declared = teams.map((team) => team?.[severity]);
  return declared.find((receiver) => receiver !== undefined && reachesAnyone(receiver));
}

/** A receiver without an integration is valid in Alertmanager, and swallows what it gets. */
export function reachesAnyone(receiver: ReceiverDeclaration): boolean {
  return Object.values(receiver).some((integration) => integration !== undefined);
}

/** Whether nobody is meant to get it. */
export function isUnwanted({ severity, receiver }: Audience): boolean {
  return severity === "info" && receiver === undefined;
}

function severitiesOf(plan: Plan, owner: string): Severity[] {
  const services = plan.services.filter(({ service }) => service.owner === owner);
  const used = new Set(alertsOnValues(plan, owner).map(({ severity }) => severity));
  for (const each of services.flatMap((service) => [...watchedIn(service), service]))
    if (possible(each).some((severity) => !used.has(severity)))
      for (const { severity } of each.alerts) used.add(severity);
  return severities.filter((severity) => used.has(severity));
}

/** No alert of it has another: what cannot add one is not asked, as that makes its rules. */
function possible(watched: ServicePlan | ReturnType<typeof watchedIn>[number]): readonly Severity[] {
  if ("service" in watched) return URGENT;
  if (!("slo" in watched)) return severities;
  const informs = watched.slo.policy !== undefined || watched.tiers.some(({ severity }) => severity === "info");
  return informs ? severities : URGENT;
}

const URGENT = ["page", "ticket"] as const satisfies readonly Severity[];

/** Of budgets that name the team for some of their values. */
function alertsOnValues({ services }: Plan, owner: string): SentAlert[] {
  const budgets = services.flatMap((service) => service.budgets);
  const own = budgets.filter((budget) => teamsOf(budget).some(({ team }) => team === owner));
  return own.flatMap(({ alerts }) => alerts.filter(isOfValue));
}
