/** What is spent of every limit at a time, added up here from the charges and not from any rule. */
import { HOUR } from "../../time/units.ts";
import { sum } from "../arithmetic.ts";
import type { PlayedPeriod } from "./played-period.ts";
import type { Delay, Limit, Stage } from "./stage.ts";

/** What everybody spends at a moment, in seconds from the start of the history. */
export interface Charge {
  readonly atSeconds: number;
  /** By spender, in money. */
  readonly amounts: readonly number[];
}

/** What is charged on one limit in a history. */
export interface Account {
  readonly limit: Limit;
  readonly charges: readonly Charge[];
  readonly stage: Stage;
}

/** The least and the most that rules may know of something by a time. */
export interface Known {
  readonly least: number;
  readonly most: number;
}

/** So much that the tightest limit is spent to this share by it; of a unit each where nobody who spends has a limit. */
export function shareOfTightest(share: number, { limits, spenders }: Stage): number[] {
  const scales = limits.map(
    ({ amount, spenders: who }) => amount / sum(who.map((place) => spenders[place]?.weight ?? 0)),
  );
  const scale = scales.length === 0 ? 1 : Math.min(...scales);
  return spenders.map(({ weight }) => round(weight * scale * share));
}

/** What was spent on a limit, as a window of so many seconds before a time has it. */
function spentWithin(seconds: number, at: number, seen: Delay, { limit, charges }: Account): Known {
  const total = (of: (charged: number) => boolean): number =>
    sum(charges.filter(({ atSeconds }) => of(atSeconds)).map((charge) => onLimit(charge, limit)));
  return {
    least: total((charged) => charged + seen.least > at - seconds && charged + seen.most <= at),
    most: total((charged) => charged + seen.most > at - seconds && charged + seen.least <= at),
  };
}

/** The share of a limit that is spent in the period, or within the rolling one. */
export function usedOf(at: number, account: Account): Known {
  const { limit, stage } = account;
  const { periodSeconds } = stage.plan.measurement;
  return shareOf(spentWithin(periodSeconds, at, stage.seen.sum, account), limit.amount);
}

/** 1 spends the limit in exactly its period. */
export function burnOf(seconds: number, at: number, account: Account, pace: "page" | "ticket" = "ticket"): Known {
  const { limit, stage } = account;
  const seen = stage.seen[seconds > 6 * HOUR ? "sum" : pace];
  const times = stage.plan.measurement.periodSeconds / seconds;
  return shareOf(spentWithin(seconds, at, seen, account), limit.amount / times);
}

/** The share of a limit that will be spent at the end, if it goes on as within the last so many seconds. */
export function forecastOf(pace: number, at: number, account: Account, elapsed: (at: number) => number): Known {
  const used = usedOf(at, account);
  const burn = burnOf(pace, at, account);
  const left = (when: number): number => 1 - elapsed(when);
  return {
    least: used.least + burn.least * left(at),
    most: used.most + burn.most * left(at - account.stage.lateSum),
  };
}

/** How much of the period is over when the history began at a Unix time. */
export function elapsedIn(period: PlayedPeriod, startSeconds: number): (at: number) => number {
  const { startSeconds: begin, endSeconds: end } = period;
  return (at) => (startSeconds + at - begin) / (end - begin);
}

function shareOf({ least, most }: Known, limit: number): Known {
  return { least: least / limit, most: most / limit };
}

function onLimit({ amounts }: Charge, { spenders }: Limit): number {
  return sum(spenders.map((place) => amounts[place] ?? 0));
}

/** Amounts that a person can read. */
function round(value: number): number {
  return Number(value.toPrecision(4));
}
