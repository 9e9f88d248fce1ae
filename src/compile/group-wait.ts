/** How long Alertmanager gathers a team's pages before it sends the first: the routes say it, and whoever tells when a page comes. */
import type { Plan } from "./plan.ts";

/**
 * Ten seconds gather the alerts of one evaluation. Where an SLO depends on another, its page also waits for one
 * evaluation of that: rule groups run at different moments, and a page that is out cannot be inhibited.
 *
 * @param owner - The team; all of them where there is none.
 */
export function pageWaitSeconds({ services }: Plan, owner?: string): number {
  const slos = services.flatMap((service) => service.slos.map(({ slo }) => slo));
  const asked = owner === undefined ? slos : slos.filter((slo) => slo.owner === owner);
  const upstreams = new Set(asked.flatMap(({ dependsOn }) => dependsOn));
  return 10 + Math.max(0, ...slos.filter(({ id }) => upstreams.has(id)).map((slo) => slo.evaluationSeconds));
}
