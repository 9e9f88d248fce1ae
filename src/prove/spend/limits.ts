/** Every threshold is silent just below its share, fires just above it, and ends when the period begins anew. */

import { percent, thresholdAlertName } from "../../compile/alert-names.ts";
import { isCalendar } from "../../model/period.ts";
import type { SpendThreshold } from "../../model/service.ts";
import type { AlertId, Proof } from "../proof.ts";
import { expectationOf, expectationOn, proofOf } from "./acts.ts";
import { playedPeriod } from "./calendar.ts";
import { type Charge, shareOfTightest, usedOf } from "./oracle.ts";
import type { Stage } from "./stage.ts";

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
  const end = upTo((steps.at(-1)?.atSeconds ?? 0) + stage.lateSum + stage.tile, stage.tile);
  const played = playedPeriod(period);
  const over = overAfter(end, stage);
  const ended = over === undefined ? [] : thresholds.map((each) => expectationOf(idOf(each), over, stage, []));
  return [
    proofOf(
      {
        scenario: "limits are passed",
        story: `it spends ${steps.map(({ share }) => `${percent(share)}%`).join(", then ")} of its tightest limit${over === undefined ? "" : ", and the period ends"}`,
        ...(played ? { startSeconds: played.endSeconds - end } : {}),
        untilSeconds: over ?? end,
        expectations: [...steps.flatMap((step) => claimsAt(step, charges, stage)), ...ended],
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
  const { thresholds, period } = stage.plan.budget;
  const wait = upTo(stage.lateSum + 2 * stage.every, stage.scrape);
  const all = thresholds.flatMap(({ at }) => [BELOW * at, ABOVE * at]);
  const rising = all.filter((share, place) => share > Math.max(0, ...all.slice(0, place)));
  const isShort = (rising.length + 2) * wait > lengthOf(period);
  const shares = isShort ? thresholds.map(({ at }) => ABOVE * at) : rising;
  return shares.map((share, place) => ({ share, atSeconds: upTo(stage.tile, stage.scrape) + place * wait }));
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

/** Before the next step, when everything is known. */
function claimsAt({ atSeconds }: Step, charges: readonly Charge[], stage: Stage) {
  const at = upTo(atSeconds + stage.lateSum, stage.every);
  return stage.plan.budget.thresholds.flatMap((threshold) =>
    expectationOn(idOf(threshold), at, stage, (limit) => usedOf(at, limit, charges, stage), threshold.at),
  );
}

/** When a period that ends at this time is over for every rule; of a rolling one, when all has left it, if that is soon. */
function overAfter(end: number, stage: Stage): number | undefined {
  const { budget, measure } = stage.plan;
  const held = upTo(stage.lateSum + 4 * stage.tile, stage.every);
  if (isCalendar(budget.period)) return end + held;
  return measure.periodSeconds <= 3 * 3600 ? end + measure.periodSeconds + held : undefined;
}

function idOf(threshold: SpendThreshold): AlertId {
  return { alert: thresholdAlertName(threshold), tier: `spent-${percent(threshold.at)}` };
}

export function upTo(seconds: number, step: number): number {
  return Math.ceil(seconds / step) * step;
}
