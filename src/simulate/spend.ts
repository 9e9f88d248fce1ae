/**
 * A budget in a spend spike: half of its limit is spent evenly, then ten times what it allows for some time. Alerts are
 * timed by what was spent, and by how late rules know of it at most.
 */

import { spendBurnAlertName, thresholdAlertName } from "../compile/alert-names.ts";
import type { SpendPlan } from "../compile/plan.ts";
import { fasterBurns, spentShare } from "../compile/spend/alerts/overtaken.ts";
import { burnWindows } from "../compile/spend/alerts/pace.ts";
import type { Severity, SpendBurn } from "../model/service.ts";
import { printSeconds } from "../promql/duration.ts";
import { HOUR } from "../time/units.ts";

export interface SpendOutcome {
  readonly id: string;
  /** Why it cannot be played. */
  readonly skipped?: string;
  readonly words: string;
  readonly alerts: readonly SpendAlert[];
}

/** Times in seconds. */
export interface SpendAlert {
  readonly alert: string;
  readonly severity: Severity;
  /** From the beginning of the spike, at most. */
  readonly firesWithin: number;
  /** Of the limit, when it is due. */
  readonly spent: number;
}

const USUAL = 0.5;
const SPIKE = 10;
/** How much of the period is over when the spike begins. */
const ELAPSED = 0.25;

export function spendOutcomes({ budget, measurement }: SpendPlan): SpendOutcome {
  const { periodSeconds: period, intervalSeconds: every, tileSeconds: tile, base } = measurement;
  const lasts = Math.max(HOUR, period / 10);
  const words = `ten times what the limit allows is spent for ${printSeconds(Math.round(lasts))}, a quarter into the period, half of that allowed before it`;
  if (budget.limit === undefined) return { id: budget.id, skipped: "only its parts have limits", words, alerts: [] };
  const counted = budget.scrapeSeconds + base.settleMs / 1000 + 2 * every;
  const begun = USUAL * ELAPSED;
  const alerts = [
    ...budget.burns.flatMap((burn): SpendAlert[] => {
      const due = dueOf(burn);
      const isOvertaken = fasterBurns(burn, budget).some((other) => dueOf(other) <= due);
      const spent = spentShare(burn, budget) ?? Number.POSITIVE_INFINITY;
      if (due > lasts || isOvertaken || begun + (due * SPIKE) / period >= spent) return [];
      const late = burn.severity === "page" ? counted : counted + 2 * tile;
      return [alertAt(spendBurnAlertName(burn), burn.severity, due, late)];
    }),
    ...budget.thresholds.flatMap(({ at, severity }): SpendAlert[] => {
      const due = ((at - begun) / SPIKE) * period;
      if (due < 0 || due > lasts) return [];
      return [alertAt(thresholdAlertName({ at, severity }), severity, due, counted + 2 * tile)];
    }),
  ];
  return { id: budget.id, words, alerts: alerts.sort((one, other) => one.firesWithin - other.firesWithin) };

  function dueOf(burn: SpendBurn): number {
    const { long, short } = burnWindows(burn, measurement);
    return Math.max(burnAfter(long, burn.burn), burnAfter(short, burn.burn));
  }

  function alertAt(alert: string, severity: Severity, due: number, late: number): SpendAlert {
    return { alert, severity, firesWithin: due + late, spent: begun + (due * SPIKE) / period };
  }
}

/** Until a window, half of what is allowed before, is spent so many times too fast. */
function burnAfter(window: number, burn: number): number {
  return burn >= SPIKE ? Number.POSITIVE_INFINITY : Math.max(0, (window * (burn - USUAL)) / (SPIKE - USUAL));
}
