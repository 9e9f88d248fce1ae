/** Histories in which a tier may fire, those that read best first. */
import { printNumber } from "../promql/number.ts";
import type { Subject } from "./subject.ts";
import type { Tier } from "./tiers.ts";
import type { Phase } from "./timeline.ts";

/** A history before, during and after an incident. */
export interface Candidate {
  readonly before: readonly Phase[];
  /** The incident, for so many seconds. */
  readonly during: (seconds: number) => readonly Phase[];
  readonly after: readonly Phase[];
  /** "40 % of events are bad": what begins. */
  readonly words: string;
}

/** A healthy time as long as the long window, at most so long. */
const HEALTHY_UP_TO = 7200;

export function* candidates(tier: Tier, masks: readonly Tier[], subject: Subject): Generator<Candidate> {
  if (tier.long <= HEALTHY_UP_TO) yield* afterHealthyTime(tier, masks, subject);
  yield* fromTheStart(tier, masks, subject);
  yield* thenSilence(tier, subject);
}

/** The long window is full of good events, and then some are bad. */
function* afterHealthyTime(tier: Tier, masks: readonly Tier[], subject: Subject): Generator<Candidate> {
  for (const share of shares(tier, masks, tier.long / 3)) {
    const units = unitsFor(share, subject);
    for (const blocks of blocksFor(share, subject))
      yield {
        before: [{ seconds: tier.long, bad: 0, units }],
        during: (seconds) => [{ seconds, bad: share, units, ...blocks }],
        after: recovery(tier, units),
        words: badWords(share, subject),
      };
  }
}

/** A new SLO: what was before it counts as good. */
function* fromTheStart(tier: Tier, masks: readonly Tier[], subject: Subject): Generator<Candidate> {
  for (const share of shares(tier, masks, Math.min(tier.long / 3, 2400))) {
    const units = unitsFor(share, subject);
    for (const blocks of blocksFor(share, subject))
      yield {
        before: [],
        during: (seconds) => [{ seconds, bad: share, units, ...blocks }],
        after: recovery(tier, units),
        words: badWords(share, subject),
      };
  }
}

/** Some bad minutes of a new SLO, and then nothing happens: the short windows of pages forget them before they matter. */
function* thenSilence(tier: Tier, subject: Subject): Generator<Candidate> {
  for (const seconds of [600, 1200, 1800])
    for (const share of [
      1, 0.8, 0.6, 0.5, 0.4, 0.3, 0.25, 0.2, 0.15, 0.12, 0.1, 0.08, 0.06, 0.05, 0.04, 0.03, 0.02, 0.01,
    ]) {
      if (share < 1.5 * tier.threshold) continue;
      const units = unitsFor(share, subject);
      for (const blocks of blocksFor(share, subject))
        yield {
          before: [],
          during: (lasts) => [
            { seconds, bad: share, units, ...blocks },
            { seconds: lasts - seconds, bad: 0, units: 0 },
          ],
          after: [],
          words: `${badWords(share, subject)} for ${seconds / 60} minutes and then nothing happens`,
        };
    }
}

function recovery(tier: Tier, units: number): Phase[] {
  return tier.severity === "page" ? [{ seconds: 0, bad: 0, units }] : [];
}

/** Below what a page would be held back by; else so high that the long window passes its threshold after some time. */
function shares(tier: Tier, masks: readonly Tier[], dueSeconds: number): number[] {
  const below = Math.min(...masks.map(({ threshold }) => threshold));
  const wanted =
    masks.length > 0
      ? [0.95, 0.9, 0.85, 0.75].map((part) => part * below)
      : [(tier.threshold * tier.long) / dueSeconds, 1];
  return wanted.map((share) => Math.min(1, rounded(share))).filter((share) => share > 1.05 * tier.threshold);
}

/** Two digits: `0.013`. */
function rounded(share: number): number {
  return Number(share.toPrecision(2));
}

/** So many events per scrape that the bad ones among them are a whole number, and enough of them. */
function unitsFor(share: number, { slo }: Subject): number {
  const enough = Math.max(1000, 10 / share, slo.minEvents ?? 0, (slo.minBad ?? 0) / share);
  return 10 ** Math.ceil(Math.log10(enough) - 1e-9);
}

/** A slice is good or bad as a whole, unless what it shows is a ratio itself. */
function blocksFor(share: number, { history, slo }: Subject): { readonly blocks?: number }[] {
  if (history.type !== "gauge" || slo.sli.kind === "ratio" || share === 1) return [{}];
  return [1, 2, 4].map((blocks) => ({ blocks }));
}

function badWords(share: number, { history }: Subject): string {
  const what = history.type === "gauge" ? "slices" : "events";
  return share === 1 ? `only bad ${what}` : `${printNumber(share * 100)} % bad ${what}`;
}
