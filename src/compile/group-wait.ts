/** How long a notification is held back for more of the same: the routes have it, and `explain` says it. */
import type { Severity } from "../model/service.ts";
import type { Plan, SloPlan } from "./plan.ts";

/** Seconds that the alerts of these SLOs, which share a route, wait at a severity. */
export function groupWaitSeconds(plan: Plan, slos: readonly SloPlan[], severity: Severity): number {
  // A ticket's wait lets the page of the same outage come first and silence it.
  return severity === "page" ? pageWaitSeconds(plan, slos) : 300;
}

/** All SLOs of a team: one route is for them all. */
export function slosOfOwner(plan: Plan, owner: string): SloPlan[] {
  return plan.services.filter(({ service }) => service.owner === owner).flatMap((service) => service.slos);
}

/**
 * Ten seconds gather the alerts of one evaluation. Where an SLO depends on another, its page also waits for two
 * evaluations of that, in which its page and its `SloBurning` begin: a page that is out cannot be inhibited.
 */
function pageWaitSeconds(plan: Plan, slos: readonly SloPlan[]): number {
  const upstreams = new Set(slos.flatMap((each) => each.slo.dependsOn));
  const all = plan.services.flatMap((service) => service.slos.map((each) => each.slo));
  return 10 + Math.max(0, ...all.filter((slo) => upstreams.has(slo.id)).map((slo) => 2 * slo.evaluationSeconds));
}
