/** Burn alerts and the forecast: silent just below, firing just above, and over when the spending or the limit is. */

import { alertId, alerts, spendBurnAlertName } from "../../compile/alert-names.ts";
import { hasForecast, paceSeconds } from "../../compile/spend/alerts/forecast.ts";
import { fasterBurns, spentShare } from "../../compile/spend/alerts/overtaken.ts";
import { burnKeptSeconds, burnShare, burnWindows } from "../../compile/spend/alerts/pace.ts";
import type { SpendBurn } from "../../model/service.ts";
import { printNumber } from "../../promql/number.ts";
import { HOUR } from "../../time/units.ts";
import { downTo, upTo } from "../arithmetic.ts";
import type { AlertId, Proof } from "../proof.ts";
import { expectationOf, expectationOn, proofOf } from "./acts.ts";
import {
  type Account,
  burnOf,
  type Charge,
  elapsedIn,
  forecastOf,
  type Known,
  shareOfTightest,
  usedOf,
} from "./oracle.ts";
import { type PlayedPeriod, playedPeriod } from "./played-period.ts";
import type { Limit, Stage } from "./stage.ts";

export function proveBurns(stage: Stage): Proof[] {
  return stage.plan.budget.burns.map((burn) => proveBurn(burn, stage));
}

/** A little less than the long window may hold, and then a little more; slowly where a faster burn would fire instead. */
function proveBurn(burn: SpendBurn, stage: Stage): Proof {
  const { long, short } = burnWindows(burn, stage.plan.measurement);
  const allowed = burnShare(stage.plan.measurement, burn.burn, long);
  const late = long > 6 * HOUR ? stage.lateSum : stage.seen[burn.severity === "page" ? "page" : "ticket"].most;
  const before = spread(0.95 * allowed, long, fasterBurns(burn, stage.plan.budget).length > 0, stage);
  const first = before.at(-1)?.atSeconds ?? 0;
  const second = upTo(first + late + 2 * stage.every, stage.scrape);
  const more = Math.max(0.1, (1.2 * short) / long);
  const charges = [...before, charge(second, more * allowed, stage)];
  const id: AlertId = { alert: spendBurnAlertName(burn), tier: `burn-${burn.name}` };
  const known = (at: number) => (limit: Limit) => knownOf(burn, at, { limit, charges, stage });
  const over = second + short + burnKeptSeconds(burn, stage.plan.measurement) + late + 2 * stage.every;
  const times = [first + late, second + late, over].map((at) => upTo(at, stage.every));
  return proofOf(
    {
      scenario: `burn-${burn.name} fires, then resolves`,
      story: `it spends 95% of what ${printNumber(burn.burn)} times the limit's pace allows in its long window, then ${Math.round(more * 100)}% more`,
      ...atBegin(stage),
      untilSeconds: (times.at(-1) ?? 0) + stage.every,
      expectations: times.flatMap((at) => expectationOn(id, at, stage, { known: known(at), above: burn.burn })),
      proves: [id],
    },
    { charges },
    stage,
  );
}

/** At one moment, or evenly over two thirds of the window. */
function spread(share: number, long: number, isSlow: boolean, stage: Stage): Charge[] {
  const count = isSlow ? PARTS : 1;
  const step = (2 * long) / (3 * PARTS);
  return Array.from({ length: count }, (_part, place) =>
    charge(upTo(stage.tile + place * step, stage.scrape), share / count, stage),
  );
}

const PARTS = 24;

/** Nothing is certain where a faster burn or the spent limit may have taken over. */
function knownOf(burn: SpendBurn, at: number, account: Account): Known {
  const { charges, stage } = account;
  const both = burnIn(burn, at, account);
  const times = charges.map(({ atSeconds }) => atSeconds + stage.lateSum).filter((time) => time < at);
  const faster = fasterBurns(burn, stage.plan.budget).some((other) =>
    [...times, at].some((time) => burnIn(other, time, account).most >= other.burn),
  );
  const spent = usedOf(at, account).most >= (spentShare(burn, stage.plan.budget) ?? Number.POSITIVE_INFINITY);
  return faster || spent ? { least: 0, most: both.most } : both;
}

function burnIn(burn: SpendBurn, at: number, account: Account): Known {
  const { long, short } = burnWindows(burn, account.stage.plan.measurement);
  const pace = burn.severity === "page" ? "page" : "ticket";
  const [inLong, inShort] = [long, short].map((seconds) => burnOf(seconds, at, account, pace));
  return lower(inLong, inShort);
}

/** Both windows must burn. */
function lower(one: Known = NONE, other: Known = NONE): Known {
  return { least: Math.min(one.least, other.least), most: Math.min(one.most, other.most) };
}

const NONE: Known = { least: 0, most: 0 };
const FORECAST = alertId(alerts.forecast);
const WAITS = 1800;

/** In the middle of a period: what will just not be passed, what will, and then the limit itself. */
export function proveForecast(stage: Stage): Proof[] {
  const { budget, measurement } = stage.plan;
  const played = playedPeriod(budget.period);
  const { startSeconds } = startIn(stage);
  if (!hasForecast(measurement) || !played || startSeconds === undefined) return [];
  const elapsed = elapsedIn(played, startSeconds);
  const times = forecastTimes(stage);
  const charges = forecastCharges(times, elapsed, stage);
  const before = (time: number) => {
    const at = downTo(time - stage.scrape, stage.every);
    const known = (limit: Limit) => untilSpent(at, { limit, charges, stage }, elapsed);
    return expectationOn(FORECAST, at, stage, { known, above: 1 });
  };
  const story =
    "in the middle of a period it spends what will just not pass its tightest limit, then what will, then all of its limits";
  return [
    proofOf(
      {
        scenario: "the forecast fires, then ends when the limit is spent",
        story,
        startSeconds,
        untilSeconds: times.over,
        expectations: [
          ...before(times.second),
          expectationOf(FORECAST, upTo(times.second + stage.lateSum, stage.every), stage, []),
          ...before(times.third),
          expectationOf(FORECAST, times.over, stage, []),
        ],
        proves: [FORECAST],
      },
      { charges },
      stage,
    ),
  ];
}

type Times = Readonly<Record<"first" | "second" | "third" | "over", number>>;

/** Each charge is known, and has been for as long as the alert waits, before the next. */
function forecastTimes({ lateSum, every, scrape, tile }: Stage): Times {
  const wait = upTo(WAITS + lateSum + 2 * every, scrape);
  const first = upTo(tile, scrape);
  const [second, third] = [first + wait, first + 2 * wait];
  return { first, second, third, over: upTo(third + lateSum + every, every) };
}

function forecastCharges({ first, second, third }: Times, elapsed: (at: number) => number, stage: Stage): Charge[] {
  const { measurement } = stage.plan;
  const times = measurement.periodSeconds / paceSeconds(measurement);
  const ahead = (at: number): number => 1 + times * (1 - elapsed(at));
  const [silent, reported] = [0.9 / ahead(first), 1.15 / ahead(third)];
  return [
    charge(first, silent, stage),
    charge(second, reported - silent, stage),
    charge(third, 1.05 * spentUp(stage) - reported, stage),
  ];
}

/** A limit that is spent has no forecast. */
function untilSpent(at: number, account: Account, elapsed: (at: number) => number): Known {
  const used = usedOf(at, account);
  const { least, most } = forecastOf(paceSeconds(account.stage.plan.measurement), at, account, elapsed);
  return { least: used.most >= 1 ? 0 : least, most: used.least >= 1 ? 0 : most };
}

/** The share of the tightest limit at which every limit is spent. */
function spentUp(stage: Stage): number {
  const amounts = shareOfTightest(1, stage);
  const shares = stage.limits.map(
    ({ amount, spenders }) => spenders.reduce((sum, place) => sum + (amounts[place] ?? 0), 0) / amount,
  );
  return 1 / Math.min(...shares);
}

/** When a period begins: at any pace above 1 its limit will be reached. */
function atBegin({ plan }: Stage): { readonly startSeconds?: number } {
  const played = playedPeriod(plan.budget.period);
  return played ? { startSeconds: played.startSeconds } : {};
}

/** Halfway through a period, on a tile. */
export function startIn({ plan, tile }: Stage): { readonly startSeconds?: number } {
  const played: PlayedPeriod | undefined = playedPeriod(plan.budget.period);
  if (!played) return {};
  return { startSeconds: downTo((played.startSeconds + played.endSeconds) / 2, HOUR % tile === 0 ? HOUR : tile) };
}

function charge(atSeconds: number, share: number, stage: Stage): Charge {
  return { atSeconds, amounts: shareOfTightest(share, stage) };
}
