/** What is left of the budget, where a history makes it certain: nothing has happened for so long that all has been seen. */

import { quote } from "../../../promql/print-selector.ts";
import { sum } from "../../arithmetic.ts";
import { onceForAll } from "../../once-for-all.ts";
import { isSteady, shareSeen, stepSeconds } from "../../period-share.ts";
import type { Expectation } from "../../proof.ts";
import type { Labels } from "../../raw-series.ts";
import { seriesName } from "../../series-text.ts";
import type { Counted } from "../counting/counted.ts";
import { countsOf, lateSeconds, type Stage } from "../stage.ts";
import type { Phase } from "../timeline.ts";

/** At the last such instant up to an evaluation; nothing where there is none. */
export function budgetLeft(phases: readonly Phase[], until: number, stage: Stage, errorBudget: number): Expectation[] {
  if (!isSteady(stage)) return [];
  const { pace, slo } = stage;
  const settled = settledIn(phases, until * pace.every, stage);
  if (!settled) return [];
  const { at, badShare } = settled;
  if (at * pace.every > slo.windowSeconds || isJustAfterLook(at * pace.every, stage)) return [];
  const left = 1 - (badShare / errorBudget) * shareSeen(at * pace.every, stage);
  return isOnEdge(left) ? [] : [expectationOf(at * pace.every, rounded(left), stage)];
}

/** What was bad until the last evaluation at which all has been seen. */
interface Settled {
  readonly at: number;
  readonly badShare: number;
}

/** Of counters, which all count the same history alike. */
function settledIn(phases: readonly Phase[], untilSeconds: number, stage: Stage): Settled | undefined {
  const late = Math.ceil(lateSeconds(stage, true) / stage.pace.every);
  const [settled] = settledOnce([phases, untilSeconds, stage.pace, late], () => {
    const counted = countsOf(phases, untilSeconds, stage);
    const at = lastSettled(counted, late);
    if (at === undefined) return [];
    const [total, bad] = [counted.total, counted.bad].map((counts) => sum(counts.slice(0, at + 1))) as [number, number];
    return [{ at, badShare: bad / total }];
  });
  return settled;
}

const settledOnce = onceForAll<readonly [] | readonly [Settled]>();

/** What is recorded every few minutes may not have seen it yet. */
function isJustAfterLook(seconds: number, stage: Stage): boolean {
  return seconds % stepSeconds(stage) < 300;
}

/** The last evaluation of those up to which nothing was counted so many times in a row, after something was. */
function lastSettled({ total }: Counted, times: number): number | undefined {
  const last = total.findLastIndex(
    (_, index) => index >= times && total.slice(index - times, index + 1).every((count) => count === 0),
  );
  return last < 0 || sum(total.slice(0, last)) === 0 ? undefined : last;
}

function expectationOf(atSeconds: number, left: number, { slo, groups, healthy }: Stage): Expectation {
  const own = { slo_service: slo.service, slo: slo.name };
  const sample = (value: number) => (group: Labels) => ({ labels: seriesName("", { ...own, ...group }), value });
  return {
    atSeconds,
    query: `round(slo:error_budget_remaining_ratio{slo=${quote(slo.name)}}, 0.001)`,
    samples: [...groups.map(sample(left)), ...healthy.map(sample(1))],
  };
}

/** As `round` does. */
function rounded(value: number): number {
  return Math.floor(value * 1000 + 0.5) / 1000;
}

/** Two ways to compute the same may round to different sides. */
function isOnEdge(value: number): boolean {
  return rounded(value - 1e-9) !== rounded(value + 1e-9);
}
