/**
 * Inhibition: what a page has told is not told again. Tickets of an error budget are held back while its `SloBurning`
 * fires, and so are alerts of SLOs that depend on it. Nothing is held back by its own condition: that would hide its end.
 *
 * Each rule has a single source alert. Alertmanager 0.28.1 to 0.34.0 remembers one source for each set of equal labels
 * and forgets the others when that one resolves: https://github.com/prometheus/alertmanager/issues/5162
 */
import type { Plan, ServicePlan, SloPlan } from "../../compile/plan.ts";
import { burningAlertName } from "../../compile/slo/alerts/burning.ts";
import { budgetRules } from "./budget-order.ts";
import type { InhibitRule } from "./config.ts";
import { isOfSlo, isOneOf, isPresent } from "./matcher.ts";

/** The few rules that hold within every SLO, then those between SLOs. */
export function compileInhibition({ services, platform }: Plan): InhibitRule[] {
  const slos = services.flatMap((service) => service.slos).sort((a, b) => (a.slo.id < b.slo.id ? -1 : 1));
  const equal = budgetLabels(slos);
  return [
    ...ticketRules(slos, equal),
    ...absenceRules(services, platform.identity),
    ...dependencyRules(services),
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

/** Tickets and infos of a budget that pages, until what was bad has left their windows. */
function ticketRules(slos: readonly SloPlan[], equal: readonly string[]): InhibitRule[] {
  const held = slos.flatMap(({ tiers }) => tiers.filter(({ severity }) => severity !== "page"));
  if (held.length === 0 || !slos.some(canBurn)) return [];
  return [
    {
      source_matchers: [isPresent("slo_service"), isOneOf("alertname", [burningAlertName])],
      target_matchers: [
        isOneOf(
          "alertname",
          held.map(({ alert }) => alert),
        ),
      ],
      equal,
    },
  ];
}

/** Targets that are down leave no data: the page says so already. */
function absenceRules(services: readonly ServicePlan[], identity: readonly string[]): InhibitRule[] {
  const down = new Set(services.flatMap(({ alerts }) => alerts.map(({ alert }) => alert)));
  const gone = services.flatMap(({ slos }) => slos.flatMap((slo) => alertNames(slo, "no-data")));
  if (gone.length === 0) return [];
  return [...down].sort().map((source) => ({
    source_matchers: [isPresent("slo_service"), isOneOf("alertname", [source])],
    target_matchers: [isOneOf("alertname", gone)],
    equal: ["slo_service", ...identity],
  }));
}

function dependencyRules(services: readonly ServicePlan[]): InhibitRule[] {
  const slos = services.flatMap(({ slos }) => slos);
  return slos.flatMap((dependant) =>
    services.flatMap((service) =>
      service.slos
        .filter((upstream) => dependant.slo.dependsOn.includes(upstream.slo.id))
        .flatMap((upstream) => explanations(upstream, service, dependant)),
    ),
  );
}

/**
 * That an SLO burns, or that its service's targets are down, explains the burning of those that depend on it, and their
 * silence. It does not explain that the dependant's own targets are down or that its measurement is broken: whoever is
 * paged would not repair that.
 */
function explanations(upstream: SloPlan, { service, alerts }: ServicePlan, dependant: SloPlan): InhibitRule[] {
  const explained = [...dependant.tiers.map((tier) => tier.alert), ...alertNames(dependant, "no-data")];
  if (explained.length === 0) return [];
  const shared = upstream.groupLabels.filter((label) => dependant.groupLabels.includes(label));
  const target_matchers = [...isOfSlo(dependant), isOneOf("alertname", explained)];
  const burning = {
    source_matchers: [...isOfSlo(upstream), isOneOf("alertname", [burningAlertName])],
    target_matchers,
    ...(shared.length === 0 ? {} : { equal: shared }),
  };
  const down = [...new Set(alerts.map(({ alert }) => alert))].map((alert) => ({
    source_matchers: [isOneOf("slo_service", [service.name]), isOneOf("alertname", [alert])],
    target_matchers,
  }));
  return [...(canBurn(upstream) ? [burning] : []), ...down];
}

/** Whether it has pages, and so the silent source. */
function canBurn({ tiers }: SloPlan): boolean {
  return tiers.some(({ severity }) => severity === "page");
}

function alertNames(slo: SloPlan, tier: string): string[] {
  return slo.alerts.filter((alert) => alert.labels.tier === tier).map((alert) => alert.alert);
}
