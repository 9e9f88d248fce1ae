/** The raw series behind an SLO: which instance, route or code is bad, and what there is at all. */
import type { SloPlan } from "../../../compile/plan.ts";
import type { DebugQuery } from "../../../sli/debug-queries.ts";
import { kindOf } from "../../../sli/index.ts";

/** What the kind asks, bad ones first. No title and no query is there twice. */
export function rawSeriesQueries({ slo, measurement }: SloPlan): DebugQuery[] {
  const asked = kindOf(slo.sli).debugQueries?.(slo.sli, measurement.base) ?? [];
  return [...new Map(asked.map((query) => [query.title, query])).values()];
}
