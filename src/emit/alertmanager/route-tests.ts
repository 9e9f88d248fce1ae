/**
 * Route tests: labels as they will arrive and the receivers that must get them, for
 * `amtool config routes test --verify.receivers=…`.
 */
import { alerts } from "../../compile/alert-names.ts";
import {
  type AlertingRule,
  type Plan,
  type Rule,
  type SentAlert,
  type ServicePlan,
  type SloPlan,
  type SpendPlan,
  watchedIn,
} from "../../compile/plan.ts";
import { isOfValue, type TeamOfValues, teamsOf } from "../../compile/spend/teams.ts";
import {
  heartbeatReceiver,
  NOBODY,
  receiverName,
  rootReceiver,
  routedAudiences,
  strayPageReceiver,
} from "./receivers/receivers.ts";
import { isTargetsDown } from "./timing.ts";
import { hears } from "./value-routes.ts";

/** One case. */
export interface RouteTest {
  readonly labels: Readonly<Record<string, string>>;
  readonly receivers: readonly string[];
}

/** Alerts that no service of this plan sends. */
export function compileRouteTests(plan: Plan): RouteTest[] {
  return [...strayTests(plan), ...foreignTests(plan)];
}

/** The labels of every alert that may be sent to somebody, with some value for each group label. */
export function alertsIn(plan: Plan): RouteTest["labels"][] {
  return plan.services
    .flatMap((each) => sendersIn(each, plan))
    .flatMap(({ alerts: all, groupLabels }) => all.map((alert) => arrivingLabels(groupLabels, alert)));
}

/** Each SLO, budget and experiment of a service by each route that its alerts take, and alerts that carry its labels. */
export function serviceRouteTests(each: ServicePlan, plan: Plan): RouteTest[] {
  const { service, slos, budgets } = each;
  return [
    ...silentTests(slos),
    ...sendersIn(each, plan).flatMap((of) => testsOf(plan, service.owner, of)),
    ...budgets.flatMap((budget) => valueTests(plan, budget)),
    ...copiedTests(each),
  ];
}

type Sender = Pick<SloPlan, "alerts" | "groupLabels">;

function sendersIn(each: ServicePlan, plan: Plan): Sender[] {
  return [{ alerts: each.alerts, groupLabels: jobOf(plan) }, ...watchedIn(each)];
}

/** What tells two jobs apart. */
function jobOf({ platform }: Plan): string[] {
  return [...new Set(["job", ...platform.identity])].sort();
}

/** One of them stands for all: nothing else in the labels decides. */
function silentTests(slos: readonly SloPlan[]): RouteTest[] {
  const silent = slos.flatMap(({ groups }) => groups.flatMap(({ rules }) => rules)).find(isSilent);
  return silent === undefined ? [] : [{ labels: { alertname: silent.alert, ...silent.labels }, receivers: [NOBODY] }];
}

function isSilent(rule: Rule): rule is AlertingRule {
  return rule.type === "alert" && rule.severity === "none";
}

function testsOf(plan: Plan, owner: string, of: Sender): RouteTest[] {
  const first = firstOf(of.alerts, (alert) => `${alert.severity} ${isTargetsDown(alert)}`);
  return first.map((alert) => ({
    labels: arrivingLabels(of.groupLabels, alert),
    receivers: [expectedReceiver(plan, owner, alert)],
  }));
}

/** The first of those that take one route. */
function firstOf(alerts: readonly SentAlert[], routeOf: (alert: SentAlert) => string): SentAlert[] {
  const routes = alerts.map(routeOf);
  return alerts.filter((_alert, index) => routes.indexOf(routes[index] ?? "") === index);
}

/** A value of each team at each severity, and that what is not counted correctly stays with the owner. */
function valueTests(plan: Plan, budget: SpendPlan): RouteTest[] {
  const [label = ""] = budget.budget.by;
  return teamsOf(budget).flatMap((team) => {
    const value = { [label]: team.values[0] ?? "" };
    return firstOf(budget.alerts, (alert) => `${alert.severity} ${isOfValue(alert)}`).map((alert) => ({
      labels: { ...arrivingLabels(budget.groupLabels, alert), ...value },
      receivers: [receiverOfValue(plan, budget, team, alert)],
    }));
  });
}

function receiverOfValue(plan: Plan, budget: SpendPlan, team: TeamOfValues, alert: SentAlert): string {
  const own = routedAudiences(plan).find((each) => each.severity === alert.severity && hears(each, budget, team));
  const isOwn = own !== undefined && isOfValue(alert);
  return isOwn ? receiverName(team.team, alert.severity) : expectedReceiver(plan, budget.budget.owner, alert);
}

/** The labels that Prometheus sends: the rule's, the alert's name, and some value of each group label. */
function arrivingLabels(groupLabels: readonly string[], { alert, labels }: SentAlert): Record<string, string> {
  const group = groupLabels.map((label) => [label, "any"]);
  return { alertname: alert, ...Object.fromEntries(group), ...labels };
}

function expectedReceiver(plan: Plan, owner: string, { severity }: SentAlert): string {
  const words = plan.platform.severities;
  const audience = routedAudiences(plan).find(
    (each) => each.owner === owner && words[each.severity] === words[severity],
  );
  return audience === undefined ? NOBODY : receiverName(owner, audience.severity);
}

/** Rules of a team that was deployed before this file. */
function strayTests(plan: Plan): RouteTest[] {
  const { severities } = plan.platform;
  const stranger = { slo_service: "not-known-yet", slo: "any", owner: "not-known-yet", severity: severities.page };
  const receivers = [strayPageReceiver(plan.platform) ?? rootReceiver(plan.platform)];
  return [
    { labels: { alertname: "SloBurnPageFast", ...stranger }, receivers },
    { labels: { alertname: alerts.targetsDown.name, ...stranger, tier: alerts.targetsDown.tier }, receivers },
  ];
}

/** kube-prometheus's InfoInhibitor copies the labels of the alert it stands for, ours included. */
function copiedTests({ slos }: ServicePlan): RouteTest[] {
  const copied = slos[0]?.alerts[0]?.labels;
  if (copied === undefined) return [];
  const labels = { alertname: "InfoInhibitor", ...copied, severity: "none" };
  return [{ labels, receivers: [NOBODY] }];
}

/** Whatever else is sent to the same Alertmanager. */
function foreignTests({ platform }: Plan): RouteTest[] {
  const [root, page] = [rootReceiver(platform), strayPageReceiver(platform) ?? rootReceiver(platform)];
  const { severities } = platform;
  return [
    { labels: { alertname: "Watchdog", severity: "none" }, receivers: [heartbeatReceiver(platform)] },
    { labels: { alertname: "KubeVersionMismatch", namespace: "shop", severity: "none" }, receivers: [root] },
    { labels: { alertname: "NodeDown", severity: severities.page }, receivers: [page] },
  ];
}
