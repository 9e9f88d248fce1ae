/**
 * Inhibition: an outage is told once. Within one error budget a page silences tickets, and a fast burn a slow one;
 * between SLOs the pages of what is depended on silence the dependants. Nothing silences upwards.
 *
 * Each rule has a single source alert. Alertmanager 0.28.1 to 0.34.0 remembers one source for each set of equal labels
 * and forgets the others when that one resolves: https://github.com/prometheus/alertmanager/issues/5162
 */
import type { Plan, SloPlan } from "../../compile/plan.ts";
import { budgetRules } from "./budget-order.ts";
import { speedRules, urgencyRules } from "./burn-order.ts";
import type { InhibitRule } from "./config.ts";
import { isOfSlo, isOneOf, isPresent } from "./matcher.ts";

/** The few rules that hold within every SLO, then those between SLOs. */
export function compileInhibition({ services, platform }: Plan): InhibitRule[] {
  const slos = services.flatMap((service) => service.slos).sort((a, b) => (a.slo.id < b.slo.id ? -1 : 1));
  const equal = budgetLabels(slos);
  return [
    ...urgencyRules(slos, platform.severities, equal),
    ...speedRules(slos, platform.severities, equal),
    ...absenceRules(slos, equal),
    ...dependencyRules(slos),
    ...budgetRules(services.flatMap((service) => service.budgets)),
  ];
}

/**
 * What all alerts of one error budget have in common. One list serves all SLOs: to Alertmanager a label that is
 * missing on both sides is equal, and an SLO's own group labels are on all of its alerts.
 */
function budgetLabels(slos: readonly SloPlan[]): string[] {
  return ["slo_service", "slo", ...new Set(slos.flatMap((slo) => slo.groupLabels).sort())];
}

/** Targets that are down leave no data: the page says so already. */
function absenceRules(slos: readonly SloPlan[], equal: readonly string[]): InhibitRule[] {
  const down = slos.flatMap((slo) => alertNames(slo, "targets-down"));
  const gone = slos.flatMap((slo) => alertNames(slo, "no-data"));
  if (gone.length === 0) return [];
  return [...new Set(down)].sort().map((source) => ({
    source_matchers: [isPresent("slo_service"), isOneOf("alertname", [source])],
    target_matchers: [isOneOf("alertname", gone)],
    equal,
  }));
}

function dependencyRules(slos: readonly SloPlan[]): InhibitRule[] {
  return slos.flatMap((dependant) => {
    const upstreams = slos.filter((upstream) => dependant.slo.dependsOn.includes(upstream.slo.id));
    return upstreams.flatMap((upstream) => explanations(upstream, dependant));
  });
}

/**
 * The pages of an SLO explain the burning of those that depend on it, and their silence. They do not explain that
 * the dependant's own targets are down or that its measurement is broken: whoever is paged would not repair that.
 */
function explanations(upstream: SloPlan, dependant: SloPlan): InhibitRule[] {
  const pages = upstream.alerts.filter((alert) => alert.severity === "page").map((alert) => alert.alert);
  const explained = [...dependant.tiers.map((tier) => tier.alert), ...alertNames(dependant, "no-data")];
  if (explained.length === 0) return [];
  const shared = upstream.groupLabels.filter((label) => dependant.groupLabels.includes(label));
  return [...new Set(pages)].sort().map((page) => ({
    source_matchers: [...isOfSlo(upstream), isOneOf("alertname", [page])],
    target_matchers: [...isOfSlo(dependant), isOneOf("alertname", explained)],
    ...(shared.length === 0 ? {} : { equal: shared }),
  }));
}

function alertNames(slo: SloPlan, tier: string): string[] {
  return slo.alerts.filter((alert) => alert.labels.tier === tier).map((alert) => alert.alert);
}
