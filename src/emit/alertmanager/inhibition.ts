/**
 * Inhibition: pages of SLOs that depend on another are held back while the `SloBurning` of that one fires. Tickets of a
 * budget that pages, and those of what depends on it, are not held back here but end in their own rule, in less than a
 * ticket's wait: Alertmanager never sends the end of an alert that ends while it is inhibited, so a ticket that was out
 * would stay open. The alerts of one limit end in their own rules for the same reason.
 *
 * Each rule has a single source alert. Alertmanager 0.28.1 to 0.34.0 remembers one source for each set of equal labels
 * and forgets the others when that one resolves: https://github.com/prometheus/alertmanager/issues/5162
 */

import { alerts } from "../../compile/alert-names.ts";
import { type Plan, pagesOnBurn, pageTiers, type ServicePlan, type SloPlan } from "../../compile/plan.ts";
import { jobOf } from "../../compile/slo/job.ts";
import { dependencies, foundFirst } from "../../explain/dependency-order.ts";
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

function dependencyRules(plan: Plan): InhibitRule<Matcher>[] {
  return dependencies(plan).flatMap(({ dependant, upstream }) => [
    ...burningRule(upstream, dependant, plan),
    ...downRules(upstream, dependant, plan),
  ]);
}

/**
 * That an SLO burns explains the burning of those that depend on it. It does not explain that the dependant's own targets
 * are down or that its measurement is broken: whoever is paged would not repair that. Pages that are out before the other
 * begins are not held back: their end would never be sent.
 */
function burningRule(upstream: SloPlan, dependant: SloPlan, plan: Plan): InhibitRule<Matcher>[] {
  const explained = pagesOf(dependant);
  const early = foundFirst(plan, dependant, upstream) !== undefined;
  // Only what pages has the silent source.
  if (early || explained.length === 0 || !pagesOnBurn(upstream)) return [];
  const shared = upstream.groupLabels.filter((label) => dependant.groupLabels.includes(label));
  return [
    {
      source_matchers: [...isOfSlo(upstream), isOneOf("alertname", [alerts.burning.name])],
      target_matchers: [...isOfSlo(dependant), isOneOf("alertname", explained)],
      ...(shared.length === 0 ? {} : { equal: shared }),
    },
  ];
}

/** That targets of its job are down explains the same; of any job of its service, where it names none. */
function downRules(upstream: SloPlan, dependant: SloPlan, { services }: Plan): InhibitRule<Matcher>[] {
  const explained = pagesOf(dependant);
  const alerts = services.filter(({ service }) => service.name === upstream.slo.service).flatMap((each) => each.alerts);
  if (explained.length === 0) return [];
  const job = jobOf(upstream.slo, upstream.measurement.base);
  const ofJob = job === undefined ? [] : [isOneOf("job", [job])];
  return [...new Set(alerts.map(({ alert }) => alert))].map((alert) => ({
    source_matchers: [isOneOf("slo_service", [upstream.slo.service]), isOneOf("alertname", [alert]), ...ofJob],
    target_matchers: [...isOfSlo(dependant), isOneOf("alertname", explained)],
  }));
}

function pagesOf(slo: SloPlan): string[] {
  return pageTiers(slo).map(({ alert }) => alert);
}

function alertNames(slo: SloPlan, tier: string): string[] {
  return slo.alerts.filter((alert) => alert.labels.tier === tier).map((alert) => alert.alert);
}
