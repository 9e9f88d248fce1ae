/** Whether what an SLO depends on pages before it: only then can its page be held back, and not after it is out. */

import type { Plan, SloPlan } from "../compile/plan.ts";
import { firstPageSeconds } from "./delays.ts";

/** Seconds from a full outage of both to the alert that pages first, of each; undefined where one of them never pages. */
interface Detection {
  readonly upstreamSeconds: number;
  readonly dependantSeconds: number;
}

/**
 * How long both need, where the dependant is found so much earlier that its page, which waits for an evaluation of each,
 * does not wait long enough.
 */
export function foundFirst(plan: Plan, dependant: SloPlan, upstream: SloPlan): Detection | undefined {
  const upstreamSeconds = firstPageSeconds(plan, upstream);
  const dependantSeconds = firstPageSeconds(plan, dependant);
  if (upstreamSeconds === undefined || dependantSeconds === undefined) return undefined;
  const wait = upstream.slo.evaluationSeconds + dependant.slo.evaluationSeconds;
  return upstreamSeconds > dependantSeconds + wait ? { upstreamSeconds, dependantSeconds } : undefined;
}

/** Pairs of an SLO and one that it depends on. */
export function dependencies({ services }: Plan): { readonly dependant: SloPlan; readonly upstream: SloPlan }[] {
  const slos = services.flatMap((service) => service.slos);
  // Few depend on anything, and those are compared with all.
  const dependants = slos.filter(({ slo }) => slo.dependsOn.length > 0);
  return dependants.flatMap((dependant) =>
    slos
      .filter((upstream) => dependant.slo.dependsOn.includes(upstream.slo.id))
      .map((upstream) => ({ dependant, upstream })),
  );
}
