/**
 * Route tests: labels as they will arrive and the receivers that must get them, for
 * `amtool config routes test --verify.receivers=…`.
 */
import { alerts } from "../../compile/alert-names.ts";
import type { AlertingRule, Plan, Rule, SentAlert, ServicePlan, SloPlan } from "../../compile/plan.ts";
import {
  heartbeatReceiver,
  NOBODY,
  receiverName,
  rootReceiver,
  routedAudiences,
  strayPageReceiver,
} from "./receivers/receivers.ts";
import { isTargetsDown } from "./timing.ts";

/** One case. */
export interface RouteTest {
  readonly labels: Readonly<Record<string, string>>;
  readonly receivers: readonly string[];
}

/** Alerts that no service of this plan sends. */
export function compileRouteTests(plan: Plan): RouteTest[] {
  return [...strayTests(plan), ...foreignTests(plan)];
}

/** Each SLO, budget and experiment of a service by each route that its alerts take, and alerts that carry its labels. */
export function serviceRouteTests(each: ServicePlan, plan: Plan): RouteTest[] {
  const { service, slos, budgets, experiments } = each;
  const targets = { alerts: each.alerts, groupLabels: jobOf(plan) };
  const all = [targets, ...slos, ...budgets, ...experiments];
  return [...silentTests(slos), ...all.flatMap((of) => testsOf(plan, service.owner, of)), ...copiedTests(each)];
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

function testsOf(plan: Plan, owner: string, of: Pick<SloPlan, "alerts" | "groupLabels">): RouteTest[] {
  const routes = of.alerts.map((alert) => `${alert.severity} ${isTargetsDown(alert)}`);
  const first = of.alerts.filter((_alert, index) => routes.indexOf(routes[index] ?? "") === index);
  return first.map((alert) => ({
    labels: arrivingLabels(of.groupLabels, alert),
    receivers: [expectedReceiver(plan, owner, alert)],
  }));
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
