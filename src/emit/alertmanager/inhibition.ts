/**
 * Inhibition: pages of SLOs that depend on another are held back while `SloUpstreamDown` fires, which spares those that are
 * out. Tickets of a budget that pages, and those of what depends on it, are not held back here but end in their own rule,
 * in less than a ticket's wait: Alertmanager never sends the end of an alert that ends while it is inhibited, so a ticket
 * that was out would stay open. The alerts of one limit end in their own rules for the same reason.
 *
 * Each rule has a single source alert. Alertmanager 0.28.1 to 0.34.0 remembers one source for each set of equal labels
 * and forgets the others when that one resolves: https://github.com/prometheus/alertmanager/issues/5162
 */

import { alerts } from "../../compile/alert-names.ts";
import { type Plan, pageTiers, type ServicePlan, type SloPlan } from "../../compile/plan.ts";
import type { Matcher } from "../../promql/ast.ts";
import type { InhibitRule } from "./config.ts";
import { isFirebreaks, isOfSlo, isOneOf } from "./matcher.ts";

/** The few rules that hold within every service, then those between SLOs. */
export function compileInhibition(plan: Plan): InhibitRule<Matcher>[] {
  const { services, platform } = plan;
  return [...absenceRules(services, platform.identity), ...dependencyRules(plan)];
}

/**
 * Targets that are down leave no data: the page says so already. An SLO whose job is known has it as a label, so another
 * job of the service does not hold it back.
 */
function absenceRules(services: readonly ServicePlan[], identity: readonly string[]): InhibitRule<Matcher>[] {
  const down = new Set(services.flatMap(({ alerts }) => alerts.map(({ alert }) => alert)));
  const gone = services.flatMap(({ slos }) => slos.flatMap((slo) => alertNames(slo, alerts.noData.tier)));
  if (gone.length === 0) return [];
  const rule = (source: string, job: Matcher, equal: readonly string[]): InhibitRule<Matcher> => ({
    source_matchers: [isFirebreaks, isOneOf("alertname", [source])],
    target_matchers: [isOneOf("alertname", gone), job],
    equal: [...new Set([...equal, ...identity])],
  });
  return [...down]
    .sort()
    .flatMap((source) => [
      rule(source, { label: "job", op: "!=", value: "" }, ["slo_service", "job"]),
      rule(source, { label: "job", op: "=", value: "" }, ["slo_service"]),
    ]);
}

/**
 * What explains the burning of an SLO does not explain that its own targets are down or that its measurement is broken:
 * whoever is paged would not repair that.
 */
function dependencyRules({ services }: Plan): InhibitRule<Matcher>[] {
  const slos = services.flatMap((service) => service.slos);
  const groupsOf = new Map(slos.map(({ slo }) => [slo.id, slo.groupBy]));
  return slos.flatMap((slo) =>
    slo.groups.flatMap(({ rules }) =>
      rules
        .filter((rule) => rule.type === "alert" && rule.alert === alerts.upstream.name)
        .map(({ labels }) => dependencyRule(slo, labels, groupsOf)),
    ),
  );
}

function dependencyRule(
  dependant: SloPlan,
  { depends_on: upstream = "", reason }: Readonly<Record<string, string>>,
  groupsOf: ReadonlyMap<string, readonly string[]>,
): InhibitRule<Matcher> {
  const { slo, measurement } = dependant;
  const shared = slo.groupBy.filter((label) => groupsOf.get(upstream)?.includes(label));
  const equal = [...measurement.base.identity, ...(reason === "targets-down" ? [] : shared)].sort();
  const why = Object.entries({ depends_on: upstream, reason }).flatMap(([label, value]) =>
    value === undefined ? [] : [isOneOf(label, [value])],
  );
  return {
    source_matchers: [...isOfSlo(dependant), isOneOf("alertname", [alerts.upstream.name]), ...why],
    target_matchers: [...isOfSlo(dependant), isOneOf("alertname", pagesOf(dependant))],
    ...(equal.length === 0 ? {} : { equal }),
  };
}

function pagesOf(slo: SloPlan): string[] {
  return pageTiers(slo).map(({ alert }) => alert);
}

function alertNames(slo: SloPlan, tier: string): string[] {
  return slo.alerts.filter((alert) => alert.labels.tier === tier).map((alert) => alert.alert);
}
