/** The queries below the fold: from "is it burning" to "where do the numbers come from". */

import type { Plan, SloPlan } from "../../../compile/plan.ts";
import { periodWords } from "../../../model/period.ts";
import { printSeconds } from "../../../promql/duration.ts";
import { isComposite } from "../../../sli/index.ts";
import { times } from "../figures.ts";
import { type LiveQuery, liveQuery } from "./live-query.ts";
import { rawSeriesQueries } from "./raw-series.ts";
import { budgetRemainingOf, burnOf, fastestWindow } from "./recorded.ts";

/** Over recorded series: cheap, and exactly what the alerts and dashboards see. */
export function recordedQueries({ platform }: Plan, plan: SloPlan): LiveQuery[] {
  const { queries, slo } = plan;
  const further = slo.periods
    .slice(1)
    .map((period) => liveQuery(`Budget left over ${periodWords(period)}`, budgetRemainingOf(slo, period), platform));
  const good = liveQuery("Good per second", queries.goodRate, platform);
  const all = [
    ...burnQueries(plan).map(({ title, expr }) => liveQuery(title, expr, platform)),
    ...further,
    ...(isComposite(slo.sli) ? [] : [good]),
    liveQuery("Share of the last six hours' rule evaluations that took place", queries.coverage, platform),
  ];
  return all.map(inOnePlace);
}

/** Over raw series: those that are bad, then all. */
export function rawQueries({ platform }: Plan, plan: SloPlan): LiveQuery[] {
  return rawSeriesQueries(plan).map(({ title, expr }) => inOnePlace(liveQuery(title, expr, platform)));
}

/** One address each: there are many of them, and the query itself is there to be pasted elsewhere. */
function inOnePlace(query: LiveQuery): LiveQuery {
  return { ...query, places: query.places.slice(0, 1) };
}

/** One per window that an alert looks at. */
function burnQueries(plan: SloPlan) {
  const windows = [...new Set([fastestWindow(plan), ...plan.tiers.map((tier) => tier.longSeconds)])];
  return windows.map((seconds) => ({ title: burnTitle(plan, seconds), expr: burnOf(plan, seconds) }));
}

function burnTitle({ tiers }: SloPlan, seconds: number): string {
  const limits = tiers
    .filter((tier) => tier.longSeconds === seconds)
    .map((tier) => `, ${tier.name} alerts above ${times(tier.burn)}`);
  return `Burn over ${printSeconds(seconds)}${limits.join("")}`;
}
