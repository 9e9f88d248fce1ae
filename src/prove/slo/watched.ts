/** Which targets a service watches, how late all of its SLOs see that they are gone, and what is said of them. */

import { alerts, namedAt } from "../../compile/alert-names.ts";
import type { ServicePlan, SloPlan } from "../../compile/plan.ts";
import { hasTargets } from "../../compile/service/targets-down.ts";
import { isRolling } from "../../model/period.ts";
import type { Platform, Slo } from "../../model/service.ts";
import { DAY, HOUR, MINUTE } from "../../time/units.ts";
import type { Expected } from "../alerts.ts";
import { pages, sliceOf } from "./burn/tiers.ts";
import { lateSeconds, type Stage, targetOf } from "./stage.ts";

/** Whose series are there; how late that is seen when they are gone, and how late of any that may read them. */
export type Watched = Stage & { readonly late: number; readonly longest: number };

/** SLOs with longer slices than it has do not delay what is said of it; usual slices are of a minute. */
export function lateOf(stage: Stage, { slos }: ServicePlan, everySeconds: number): number {
  const longest = Math.max(MINUTE, sliceOf(stage.slo));
  const read = slos.filter(hasTargets).filter(({ slo }) => sliceOf(slo) <= longest);
  return Math.max(latest(stage), ...read.map((one) => knownFor(one, everySeconds)));
}

/** A slice is known until it ends, and the one before it is not forgotten at once; a rate reaches back. */
export function latest(stage: Stage): number {
  const { history, pace, slo } = stage;
  if (hasLongSlices(slo)) return pace.settle + pace.scrape + 2 * pace.every;
  const back = history.type === "gauge" ? (history.series[0]?.overSeconds ?? 0) + 2 * pace.slice : 0;
  return lateSeconds(stage, false) + back;
}

/** Other SLOs of the service may read the same series: what counts slices of them is known for two of its own. */
export function knownFor({ slo, measurement }: SloPlan, everySeconds: number): number {
  const slices = hasLongSlices(slo) ? 0 : 2 * sliceOf(slo);
  return measurement.base.settleMs / 1000 + slo.scrapeSeconds + 4 * everySeconds + slices;
}

/** They are watched by their series: when the third one without data ends, it may be an hour since there was traffic. */
function hasLongSlices(slo: Slo): boolean {
  return sliceOf(slo) > Math.max(10 * MINUTE, slo.evaluationSeconds);
}

/**
 * Budgets of long periods are read from tiles of an hour: before the first of them nobody knows that there was traffic.
 * Nor does anybody before the first slice ends.
 */
export function beginOf({ slo }: Stage): number {
  const [period] = slo.periods;
  const tile = isRolling(period) && slo.windowSeconds > 100 * DAY ? HOUR : 0;
  return tile + (hasLongSlices(slo) ? sliceOf(slo) : 0) + BEGIN;
}

const BEGIN = 12 * MINUTE;
/** An alert that paged goes on for so long, so that targets that come and go page once. */
export const KEPT = 10 * MINUTE;

export function expectedIn(reason: string, stage: Stage, { service, slos }: ServicePlan, platform: Platform): Expected {
  const { instance: _, ...job } = targetOf(stage, stage.groups[0] ?? {});
  const isPage = slos.filter(hasTargets).some(pages);
  const { name, tier, severity } = namedAt(alerts.targetsDown, isPage ? "page" : "ticket");
  const own = { tier, severity: platform.severities[severity], owner: service.owner, reason };
  return {
    alertname: name,
    labels: { ...service.labels, slo_service: service.name, ...job, ...own },
  };
}
