/**
 * Route tests: labels as they will arrive and the receivers that must get them, for
 * `amtool config routes test --verify.receivers=…`.
 */
import type { Plan, SentAlert, SloPlan } from "../../compile/plan.ts";
import { receiverName, rootReceiver, routedAudiences, strayPageReceiver } from "./receivers.ts";

/** One case. */
export interface RouteTest {
  readonly labels: Readonly<Record<string, string>>;
  readonly receivers: readonly string[];
}

/** Each SLO and budget at each severity that it alerts with, then alerts that no team of this file owns. */
export function compileRouteTests(plan: Plan): RouteTest[] {
  const slos = plan.services.flatMap((service) => service.slos).sort((a, b) => (a.slo.id < b.slo.id ? -1 : 1));
  const budgets = plan.services.flatMap((service) => service.budgets);
  const experiments = plan.services.flatMap((service) => service.experiments);
  return [
    ...slos.flatMap((slo) => testsOf(plan, slo.slo.owner, slo)),
    ...budgets.flatMap((budget) => testsOf(plan, budget.budget.owner, budget)),
    ...experiments.flatMap((each) => testsOf(plan, each.experiment.owner, each)),
    ...strayTests(plan),
    ...foreignTests(plan),
  ];
}

function testsOf(plan: Plan, owner: string, of: Pick<SloPlan, "alerts" | "groupLabels">): RouteTest[] {
  const { alerts } = of;
  const first = alerts.filter(
    (alert, index) => alerts.findIndex((other) => other.severity === alert.severity) === index,
  );
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
  return receiverName(owner, audience?.severity ?? severity);
}

/** Rules of a team that was deployed before this file. */
function strayTests(plan: Plan): RouteTest[] {
  const { severities } = plan.platform;
  const labels = { alertname: "SloBurnPageFast", slo_service: "not-known-yet", slo: "any", owner: "not-known-yet" };
  const root = rootReceiver(plan.platform);
  return [{ labels: { ...labels, severity: severities.page }, receivers: [strayPageReceiver(plan.platform) ?? root] }];
}

/** kube-prometheus's InfoInhibitor copies the labels of the alert it stands for, ours included. */
function foreignTests(plan: Plan): RouteTest[] {
  const root = [rootReceiver(plan.platform)];
  const copied = plan.services[0]?.slos[0]?.alerts[0]?.labels ?? {};
  return [
    { labels: { alertname: "Watchdog", severity: "none" }, receivers: root },
    { labels: { alertname: "InfoInhibitor", ...copied, severity: "none" }, receivers: root },
    { labels: { alertname: "KubePodCrashLooping", namespace: "shop", severity: "critical" }, receivers: root },
    { labels: { alertname: "NodeDown", severity: plan.platform.severities.page }, receivers: root },
  ];
}
