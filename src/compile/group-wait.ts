/** How long a notification is held back for more of the same: the routes have it, and `explain` says it. */
import type { Severity, Slo } from "../model/service.ts";
import type { Plan, SloPlan } from "./plan.ts";

/** Seconds that the alerts of these SLOs, which share a route, wait at a severity. */
export function groupWaitSeconds(plan: Plan, slos: readonly SloPlan[], severity: Severity): number {
  // A ticket's wait lets the page of the same outage come first and silence it.
  return severity === "page" ? pageWaitSeconds(plan, slos) : 300;
}

/** Seconds that the pages of a team wait. Every SLO of a plan asks, and every answer needs all of them. */
export function ownersPageWait(plan: Plan, owner: string): number {
  const waits = known.get(plan) ?? allPageWaits(plan);
  known.set(plan, waits);
  return waits.get(owner) ?? pageWaitSeconds(plan, []);
}

const known = new WeakMap<Plan, ReadonlyMap<string, number>>();

function allPageWaits(plan: Plan): ReadonlyMap<string, number> {
  const owners = new Set(plan.services.map(({ service }) => service.owner));
  return new Map([...owners].map((owner) => [owner, pageWaitSeconds(plan, slosOfOwner(plan, owner))]));
}

/** All SLOs of a team: one route is for them all. */
export function slosOfOwner(plan: Plan, owner: string): SloPlan[] {
  return plan.services.filter(({ service }) => service.owner === owner).flatMap((service) => service.slos);
}

/**
 * Seconds that the pages of an SLO wait at least. Ten gather the alerts of one evaluation. Where it depends on another,
 * that one's page begins within an evaluation of its own, and `SloUpstreamDown` within one of the dependant: a page that
 * is out cannot be inhibited.
 */
export function dependencyWaitSeconds({ evaluationSeconds }: Slo, upstreams: readonly Slo[]): number {
  return 10 + Math.max(0, ...upstreams.map((upstream) => upstream.evaluationSeconds + evaluationSeconds));
}

function pageWaitSeconds(plan: Plan, slos: readonly SloPlan[]): number {
  const wanted = new Set(slos.flatMap(({ slo }) => slo.dependsOn));
  const all = plan.services.flatMap((service) => service.slos.map(({ slo }) => slo));
  const upstreams = new Map(all.filter(({ id }) => wanted.has(id)).map((slo) => [slo.id, slo]));
  const waits = slos.map(({ slo }) =>
    dependencyWaitSeconds(
      slo,
      slo.dependsOn.flatMap((id) => upstreams.get(id) ?? []),
    ),
  );
  return Math.max(10, ...waits);
}
