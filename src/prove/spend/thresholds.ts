/**
 * Every threshold is silent just below its share, fires just above it, and ends when the next one has taken over, or when
 * the period begins anew.
 */

import { percent, thresholdAlertName } from "../../compile/alert-names.ts";
import { nextShare } from "../../compile/spend/alerts/overtaken.ts";
import { isCalendar } from "../../model/period.ts";
import type { SpendBudget, SpendThreshold } from "../../model/service.ts";
import { HOUR } from "../../time/units.ts";
import { upTo } from "../arithmetic.ts";
import type { AlertId, Proof } from "../proof.ts";
import { expectationOf, expectationOn, proofOf } from "./acts.ts";
import { type Charge, type Known, shareOfTightest, usedOf } from "./oracle.ts";
import { playedPeriod } from "./played-period.ts";
import type { Limit, Stage } from "./stage.ts";

/** Shares of the tightest limit, and when they are spent. */
interface Step {
  readonly atSeconds: number;
  readonly share: number;
}

export function proveThresholds(stage: Stage): Proof[] {
  const { thresholds, period } = stage.plan.budget;
  if (thresholds.length === 0) return [];
  const steps = stepsOf(stage);
  const charges = chargesOf(steps, stage);
  const played = playedPeriod(period);
  const settled = settledAfter(steps, stage);
  const end = upTo(settled ?? (steps.at(-1)?.atSeconds ?? 0) + stage.lateSum + stage.tile, stage.tile);
  const over = overAfter(end, stage);
  const ended = over === undefined ? [] : thresholds.map((each) => expectationOf(idOf(each), over, stage, []));
  return [
    proofOf(
      {
        scenario: "spending passes its thresholds",
        story: `it spends ${steps.map(({ share }) => `${percent(share)}%`).join(", then ")} of its tightest limit${over === undefined ? "" : ", and the period ends"}`,
        ...(played ? { startSeconds: played.endSeconds - end } : {}),
        untilSeconds: over ?? end,
        expectations: [
          ...steps.flatMap(({ atSeconds }) => expectationsAt(atSeconds + stage.lateSum, false, charges, stage)),
          ...(settled === undefined ? [] : expectationsAt(settled, true, charges, stage)),
          ...ended,
        ],
        proves: thresholds.map(idOf),
      },
      { charges },
      stage,
    ),
  ];
}

const BELOW = 0.97;
const ABOVE = 1.03;

/** Just below and just above every threshold, one after the other; above alone where the period is too short. */
function stepsOf(stage: Stage): Step[] {
  const { budget } = stage.plan;
  const { thresholds, period } = budget;
  const wait = upTo(stage.lateSum + 2 * stage.every, stage.scrape);
  const all = thresholds.flatMap((each) => [BELOW * each.at, aboveOf(each, budget)]);
  const rising = all.filter((share, place) => share > Math.max(0, ...all.slice(0, place)));
  const isShort = (rising.length + 2) * wait > lengthOf(period);
  const shares = isShort ? thresholds.map((each) => aboveOf(each, budget)) : rising;
  return shares.map((share, place) => ({ share, atSeconds: upTo(stage.tile, stage.scrape) + place * wait }));
}

/** Before the next one takes over. */
function aboveOf(threshold: SpendThreshold, budget: SpendBudget): number {
  const next = nextShare(threshold, budget) ?? Number.POSITIVE_INFINITY;
  return Math.min(ABOVE * threshold.at, (threshold.at + next) / 2);
}

function lengthOf(period: Stage["plan"]["budget"]["period"]): number {
  const played = playedPeriod(period);
  return played ? played.endSeconds - played.startSeconds : Number.POSITIVE_INFINITY;
}

/** Each step spends what is missing. */
function chargesOf(steps: readonly Step[], stage: Stage): Charge[] {
  return steps.map(({ share, atSeconds }, place) => {
    const [now, before] = [shareOfTightest(share, stage), shareOfTightest(steps[place - 1]?.share ?? 0, stage)];
    return { atSeconds, amounts: now.map((amount, who) => amount - (before[who] ?? 0)) };
  });
}

/** When every threshold that was overtaken has ended, where the period is long enough for that. */
function settledAfter(steps: readonly Step[], stage: Stage): number | undefined {
  const { thresholds, period } = stage.plan.budget;
  const isOvertaken = thresholds.some((each) => nextShare(each, stage.plan.budget) !== undefined);
  const settled = upTo((steps.at(-1)?.atSeconds ?? 0) + stage.lateSum + 4 * stage.tile, stage.tile);
  return isOvertaken && settled + stage.tile <= lengthOf(period) ? settled : undefined;
}

/** When everything is known that was spent before; of what was overtaken nothing is expected until it has ended. */
function expectationsAt(seconds: number, isSettled: boolean, charges: readonly Charge[], stage: Stage) {
  const at = upTo(seconds, stage.every);
  return stage.plan.budget.thresholds.flatMap((threshold) => {
    const known = (limit: Limit) => untilNext(threshold, usedOf(at, { limit, charges, stage }), isSettled, stage);
    return expectationOn(idOf(threshold), at, stage, { known, above: threshold.at });
  });
}

function untilNext(threshold: SpendThreshold, used: Known, isSettled: boolean, { plan }: Stage): Known {
  const next = nextShare(threshold, plan.budget) ?? Number.POSITIVE_INFINITY;
  if (used.most < next) return used;
  return { least: 0, most: isSettled && used.least >= next ? 0 : used.most };
}

/** When a period that ends at this time is over for every rule; of a rolling one, when all has left it, if that is soon. */
function overAfter(end: number, stage: Stage): number | undefined {
  const { budget, measurement } = stage.plan;
  const held = upTo(stage.lateSum + 4 * stage.tile, stage.every);
  if (isCalendar(budget.period)) return end + held;
  return measurement.periodSeconds <= 3 * HOUR ? end + measurement.periodSeconds + held : undefined;
}

function idOf(threshold: SpendThreshold): AlertId {
  return { alert: thresholdAlertName(threshold), tier: `spent-${percent(threshold.at)}` };
}
