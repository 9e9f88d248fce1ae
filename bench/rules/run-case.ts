/** One history, all peers in one replay over it, and what came of it. */
import { join } from "node:path";
import { WORKBOOK_TIERS } from "../oracle/alerts.ts";
import { writeHistory } from "../oracle/history-file.ts";
import type { Span } from "../oracle/scenario.ts";
import { simulate } from "../oracle/simulate.ts";
import { type Truth, truthOf } from "../oracle/truth.ts";
import { START_MS, type World } from "../oracle/world.ts";
import { type Comparison, type PeriodError, periodError, type WindowError, windowErrors } from "./accuracy.ts";
import { type AlertVerdict, firingSpans, judge } from "./alert-times.ts";
import type { Case } from "./cases.ts";
import type { Peer } from "./peer.ts";
import { type PeerJob, type Report, replay } from "./replay.ts";
import type { BenchSlo } from "./slo.ts";

export interface CaseResult {
  readonly name: string;
  readonly tolerance: number;
  readonly peers: readonly PeerResult[];
}

export interface PeerResult {
  readonly peer: string;
  readonly slo: string;
  readonly windows: readonly WindowError[];
  readonly period: PeriodError;
  readonly verdicts: readonly AlertVerdict[];
  readonly page: PageTimes;
  /** Evaluations that failed, and why. */
  readonly failures: number;
  readonly failure: string | undefined;
}

/** Seconds from the first bad event to the fast page, and from the last one to its end; undefined where there was none. */
export interface PageTimes {
  readonly pagedAfter: number | undefined;
  readonly resolvedAfter: number | undefined;
}

export interface RunOptions {
  /** Only what the period needs, and only its last hours in full. */
  readonly periodOnly?: boolean;
}

/** Replays a case. */
export async function runCase(
  one: Case,
  peers: readonly Peer[],
  folder: string,
  options: RunOptions = {},
): Promise<CaseResult> {
  const world = simulate(one.scenario);
  const history = join(folder, "history.bin");
  writeHistory(history, world);
  const end = START_MS + one.scenario.seconds * 1000;
  const report = await replay(folder, {
    history,
    start: START_MS,
    end,
    seed: one.scenario.seed,
    intervalMs: one.scenario.scrapes.everySeconds * 1000,
    peers: peers.map((peer) => peerJob(peer, one, folder, options)),
    dump: [{ match: selectorOf(peers, one.slos), from: START_MS, to: end }],
  });
  return {
    name: one.name,
    tolerance: one.tolerance,
    peers: peers.flatMap((peer) =>
      one.slos.map((slo, failure) => resultOf({ peer, slo, failure, one, world }, report)),
    ),
  };
}

function peerJob(peer: Peer, one: Case, folder: string, { periodOnly }: RunOptions): PeerJob {
  const files = (slos: readonly BenchSlo[], version: string): readonly string[] =>
    peer.rules(join(folder, peer.name, version), slos, one.scenario.scrapes.everySeconds);
  const first = { from: START_MS + (one.rulesFrom ?? 0) * 1000, files: files(one.slos, "first") };
  const { relabelledAt } = one;
  const relabelled = one.slos.map((slo) => ({ ...slo, owner: "another-team" }));
  const later =
    relabelledAt === undefined
      ? []
      : [{ from: START_MS + relabelledAt * 1000, files: files(relabelled, "relabelled") }];
  const month = { only: peer.periodOnly, warmUntil: START_MS + one.scenario.seconds * 1000 - 7_200_000 };
  return {
    name: peer.name,
    phase: "hash",
    drop: one.dropped ?? 0,
    versions: [first, ...later],
    ...(periodOnly ? month : {}),
  };
}

function selectorOf(peers: readonly Peer[], slos: readonly BenchSlo[]): string {
  const labels = peers.flatMap((peer) => [...peer.windows, peer.period].flatMap((one) => slos.map(one.labels)));
  const names = new Set(["ALERTS", ...labels.map(({ __name__ }) => __name__ ?? "")]);
  return `{__name__=~"${[...names].join("|")}"}`;
}

interface Subject {
  readonly peer: Peer;
  readonly slo: BenchSlo;
  readonly failure: number;
  readonly one: Case;
  readonly world: World;
}

function resultOf(subject: Subject, { series, rules }: Report): PeerResult {
  const { peer, slo, failure, one, world } = subject;
  const truth = truthOf(world, { failure, settleMs: peer.settleMs });
  const failing = rules.filter((rule) => rule.peer === peer.name && rule.failures > 0);
  const comparison = comparisonOf(one, slo, truth);
  return {
    peer: peer.name,
    slo: slo.name,
    windows: windowErrors(peer, series, comparison),
    period: periodError(peer, series, comparison),
    verdicts: verdictsOf(subject, truth, { series, rules }),
    page: pageTimes(world, failure, failureOf(one, failure), firingSpans(peer, series, slo, "page-fast")),
    failures: failing.reduce((sum, rule) => sum + rule.failures, 0),
    failure: failing[0]?.failure,
  };
}

function comparisonOf(one: Case, slo: BenchSlo, truth: Truth): Comparison {
  const failures = one.failures.map(({ from, to }) => ({ from: START_MS + from * 1000, to: START_MS + to * 1000 }));
  const to = START_MS + one.scenario.seconds * 1000;
  // Before a window is full, what was before the rules counts as good: the alert weighs it, the record does not.
  const from = (windowSeconds: number): number => (one.rulesFrom ?? 0) + windowSeconds + 600;
  const spanOf = (windowSeconds: number): Span => ({ from: START_MS + from(windowSeconds) * 1000, to });
  return { truth, slo, spanOf, failures, tolerance: one.tolerance };
}

/** In a case with several SLOs each has a failure of its own; in others the last is the one that pages. */
function failureOf(one: Case, failure: number): Span | undefined {
  return one.slos.length > 1 ? one.failures[failure] : one.failures.at(-1);
}

function verdictsOf({ peer, slo, one }: Subject, truth: Truth, { series, rules }: Report): AlertVerdict[] {
  const span = { from: START_MS + (one.rulesFrom ?? 0) * 1000, to: START_MS + one.scenario.seconds * 1000 };
  // For the period alone, no alert was evaluated.
  const has = rules.some((rule) => rule.peer === peer.name && rule.kind === "alert");
  return WORKBOOK_TIERS.filter(({ name }) => has && name in peer.alerts).map((tier) =>
    judge(firingSpans(peer, series, slo, tier.name), {
      told: toldSpans(peer, series, slo, tier.name),
      keptMs: (peer.keptSeconds?.[tier.name] ?? 0) * 1000,
      truth,
      slo,
      tier,
      intervalMs: intervalOf(peer, tier.name, rules),
      span,
    }),
  );
}

/** When alerts that tell the same fired, and for how long after them nothing is told anew. */
function toldSpans(peer: Peer, series: Report["series"], slo: BenchSlo, tier: string): Span[] {
  const { tiers = [], forSeconds = 0 } = peer.toldBy?.[tier] ?? {};
  const spans = tiers.flatMap((each) => firingSpans(peer, series, slo, each));
  return spans.map(({ from, to }) => ({ from, to: to + forSeconds * 1000 }));
}

/** How often the alert of a tier is evaluated. */
function intervalOf(peer: Peer, tier: string, rules: Report["rules"]): number {
  const { alertname, ...labels } = peer.alerts[tier] ?? {};
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  const found = rules.find(
    (rule) =>
      rule.peer === peer.name &&
      rule.kind === "alert" &&
      (alertname === undefined || rule.name === alertname) &&
      pairs.every((pair) => rule.labels.includes(pair)),
  );
  if (found === undefined) throw new Error(`${peer.name} has no alert of tier ${tier}`);
  return found.intervalMs;
}

function pageTimes(world: World, failure: number, span: Span | undefined, fired: readonly Span[]): PageTimes {
  const seconds = [...(world.badSeconds[failure] ?? new Map()).keys()].filter(
    (second) => span && second >= span.from && second < span.to,
  );
  const [first, last] = [Math.min(...seconds) + 0.5, Math.max(...seconds) + 0.5];
  const page = fired.find(({ from }) => (from - START_MS) / 1000 >= first);
  if (page === undefined) return { pagedAfter: undefined, resolvedAfter: undefined };
  const resolvedAfter = Number.isFinite(page.to) ? (page.to - START_MS) / 1000 - last : undefined;
  return { pagedAfter: (page.from - START_MS) / 1000 - first, resolvedAfter };
}
