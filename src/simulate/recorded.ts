/** What the base rules of an SLO record of a history, evaluation by evaluation. */

import type { SloPlan } from "../compile/plan.ts";
import { isCountedLater } from "../compile/slo/windows/counted.ts";
import { eventSlices } from "../model/budgeting.ts";
import type { Slo } from "../model/service.ts";
import { countedOf } from "../prove/slo/counting/counted.ts";
import { isLater } from "../prove/slo/stage.ts";
import type { Step } from "../prove/slo/timeline.ts";
import { DEFAULT_SLICE_SECONDS } from "../sli/counting/slices.ts";
import { kindOf, ownSliceSeconds } from "../sli/index.ts";
import type { History as Series } from "../sli/kind.ts";
import { excludedAt } from "./excluded.ts";
import type { History } from "./history.ts";

/** The total and the bad ones of each evaluation; the first is at time 0. */
export interface Recorded {
  readonly total: Float64Array;
  readonly bad: Float64Array;
}

/**
 * How the series of an SLO come to be counts.
 *
 * @param origin - Unix seconds of the beginning, where exclusions count; without it, no history lies in one.
 */
export function recordedOf(history: History, plan: SloPlan, origin?: number): Recorded {
  const series = seriesOf(plan);
  const counted = series?.type === "gauge" ? slicesOf(history, series, plan) : eventsOf(history, series, plan);
  return isCountedLater(plan.slo) ? laterOf(counted, plan, origin) : counted;
}

/** Seconds of the slices that the SLI judges as a whole; undefined where events are counted, or shares. */
export function wholeSliceSeconds({ slo }: SloPlan): number | undefined {
  return kindOf(slo.sli).partlyBad ? undefined : judgedEvery(slo);
}

/** How often the SLI judges a slice, in seconds; undefined where it counts events. */
export function judgedEvery({ sli, evaluationSeconds }: Slo): number | undefined {
  const slice = ownSliceSeconds(sli);
  return slice && Math.max(slice, evaluationSeconds);
}

function seriesOf({ slo, measurement }: SloPlan): Series | undefined {
  return kindOf(slo.sli).history(slo.sli, measurement.base);
}

/** A scrape is seen by the first evaluation that is `settle` later; counters that are made first, an evaluation after that. */
function eventsOf(history: History, series: Series | undefined, { slo, measurement }: SloPlan): Recorded {
  const { good, bad, scrapeSeconds } = history;
  const [every, settle] = [slo.evaluationSeconds, measurement.base.settleMs / 1000];
  const made = series !== undefined && isLater(series) ? 1 : 0;
  const recorded = emptyRecord(Math.floor(((good.length - 1) * scrapeSeconds) / every) + 1);
  for (let scrape = 1; scrape < good.length; scrape++) {
    const seen = Math.ceil((scrape * scrapeSeconds + settle) / every) + made;
    if (seen >= recorded.total.length) break;
    add(recorded, seen, (good[scrape] ?? 0) + (bad[scrape] ?? 0), bad[scrape] ?? 0);
  }
  return recorded;
}

function slicesOf(history: History, series: Series, { slo, measurement, groupLabels }: SloPlan): Recorded {
  const pace = {
    every: slo.evaluationSeconds,
    scrape: history.scrapeSeconds,
    settle: measurement.base.settleMs / 1000,
    slice: ownSliceSeconds(slo.sli) ?? DEFAULT_SLICE_SECONDS,
    noTraffic: slo.noTraffic,
    grouped: groupLabels.length > 0,
    later: 0,
  };
  const { total, bad } = countedOf(series, stepsOf(history), pace);
  return { total: Float64Array.from(total), bad: Float64Array.from(bad) };
}

function stepsOf({ good, bad, share }: History): Step[] {
  return Array.from(share, (badShare, index): Step => {
    const [well, failed] = [good[index] ?? 0, bad[index] ?? 0];
    return { good: well, bad: failed, badShare, there: true, measured: well + failed > 0 };
  });
}

/** Events of an evaluation ago, or slices of them. */
function laterOf(happened: Recorded, plan: SloPlan, origin: number | undefined): Recorded {
  const { evaluationSeconds: every, noTraffic } = plan.slo;
  const slices = eventSlices(plan.slo);
  const isExcluded = origin === undefined ? () => false : excludedAt(plan, origin, happened.total.length);
  const later = emptyRecord(happened.total.length);
  const slice = slices?.sliceSeconds ?? every;
  for (let index = 1; index < later.total.length; index++) {
    if ((index * every) % slice >= every || isExcluded(index - 1)) continue;
    const [total, bad] = lastOf(happened, index - 1, Math.round(slice / every));
    if (!slices) add(later, index, total, bad);
    else if (total > 0) add(later, index, 1, Number(bad / total > slices.badShare));
    else if (noTraffic !== "ignore") add(later, index, 1, Number(noTraffic === "bad"));
  }
  return later;
}

function lastOf({ total, bad }: Recorded, index: number, evaluations: number): [number, number] {
  let [all, failed] = [0, 0];
  for (let at = Math.max(0, index + 1 - evaluations); at <= index; at++) {
    all += total[at] ?? 0;
    failed += bad[at] ?? 0;
  }
  return [all, failed];
}

export function emptyRecord(length: number): Recorded {
  return { total: new Float64Array(length), bad: new Float64Array(length) };
}

function add({ total, bad }: Recorded, index: number, events: number, failed: number): void {
  total[index] = (total[index] ?? 0) + events;
  bad[index] = (bad[index] ?? 0) + failed;
}
