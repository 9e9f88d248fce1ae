/** A target that takes a second or two to answer a scrape, and keeps a ledger of what it was read. */
import { setTimeout as sleep } from "node:timers/promises";
import { steadyTraffic } from "./live-traffic.ts";

export interface SlowTarget {
  readonly name: string;
  readonly path: string;
  /** Exposition text, late. */
  readonly scrape: () => Promise<string>;
  /** What befalls a target half-way: its first failure, or a restart, or nothing. */
  turn(): void;
  /** No more events. */
  stop(): void;
  /** What the scrapes have shown, each event once. */
  ledger(): Ledger;
}

export interface Ledger {
  readonly total: number;
  readonly bad: number;
}

/** Lifetime of the counters before they were first scraped: not to be counted. */
const HISTORY = 1_000_000;

/**
 * Every third target is an old one without failures until half-way: its series of failures is born under watch.
 * Every fifth restarts half-way: its counters begin anew.
 */
export function slowTarget(index: number): SlowTarget {
  const [name, path] = [`target-${index}`, `/target-${index}`];
  const [unfailing, restarting] = [index % 3 === 0, index % 5 === 0];
  const work = steadyTraffic(3 + index);
  const [done, failed] = [counterLedger(), counterLedger({ bornUnderWatch: unfailing })];
  let base = { total: HISTORY, bad: unfailing ? 0 : HISTORY };
  if (!unfailing) work.fail(0.1);

  const scrape = async () => {
    await sleep(1000 + Math.random() * 1000);
    const { total, bad } = work.counts();
    const shown = done.note(base.total + total);
    const shownBad = base.bad + bad === 0 ? undefined : failed.note(base.bad + bad);
    return `work_done_total ${shown}\n${shownBad === undefined ? "" : `work_failed_total ${shownBad}\n`}`;
  };
  const turn = () => {
    if (unfailing) work.fail(0.1);
    else if (restarting) base = negative(work.counts());
  };
  const ledger = () => ({ total: done.sum(), bad: failed.sum() });
  return { name, path, scrape, turn, stop: work.stop, ledger };
}

/** Counters that begin anew are at zero now. */
function negative({ total, bad }: { readonly total: number; readonly bad: number }) {
  return { total: -total, bad: -bad };
}

interface CounterLedger {
  note(value: number): number;
  sum(): number;
}

/** Sums what a counter gained from reading to reading. The first one tells nothing, unless the series is born under watch. */
function counterLedger({ bornUnderWatch = false } = {}): CounterLedger {
  let last = bornUnderWatch ? 0 : undefined;
  let gained = 0;
  return {
    note: (value) => {
      if (last !== undefined) gained += value >= last ? value - last : value;
      last = value;
      return value;
    },
    sum: () => gained,
  };
}
