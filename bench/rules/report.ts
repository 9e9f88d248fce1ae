/** Results as tables, and the targets that our rules miss. */
import type { WindowError } from "./accuracy.ts";
import type { CostResult, PeerCost } from "./cost.ts";
import { windowName } from "./peer.ts";
import type { CaseResult, PeerResult } from "./run-case.ts";
import type { Table } from "./table.ts";

export interface Results {
  readonly accuracy: readonly CaseResult[];
  readonly periods: readonly CaseResult[];
  readonly costs: readonly CostResult[];
}

const OWN = "firebreak";
const SLOTH = "Sloth";

export function costTables(costs: readonly CostResult[]): Table[] {
  return costs.map(({ name, days, peers }) => {
    const rival = peers.find(({ peer }) => peer === SLOTH);
    return {
      title: `Cost of one SLO in an hour, ${name}, after ${days} days`,
      head: ["", "rules", "samples read", "Sloth reads times as many", "base", "all others", "query seconds"],
      rows: peers.map((cost) => costRow(cost, rival)),
    };
  });
}

function costRow(cost: PeerCost, rival: PeerCost | undefined): string[] {
  const isOwn = cost.peer === OWN;
  const ratio = rival ? `${(rival.samplesRead / cost.samplesRead).toFixed(0)}` : "";
  const split = isOwn ? [grouped(cost.base), grouped(cost.others)] : ["", ""];
  return [cost.peer, `${cost.rules}`, grouped(cost.samplesRead), ratio, ...split, cost.seconds.toFixed(1)];
}

function grouped(count: number): string {
  return `${Math.round(count)}`.replace(/\B(?=(\d{3})+$)/g, ",");
}

export function accuracyTables(cases: readonly CaseResult[]): Table[] {
  if (cases.length === 0) return [];
  const rows = [...cases].sort((a, b) => b.peers.length - a.peers.length).flatMap(accuracyRows);
  return [{ title: "Largest errors of windows, and times of the fast page", head: accuracyHead, rows }];
}

const accuracyHead = ["", "", "5m", "1h", "6h", "1d", "3d or 4d", "page after", "resolved after", "flaws"];

function accuracyRows({ name, peers }: CaseResult): string[][] {
  const several = new Set(peers.map(({ slo }) => slo)).size > 1;
  return peers.map((result) => [
    name,
    several ? `${result.peer}, ${result.slo}` : result.peer,
    ...result.windows.map(windowCell),
    seconds(result.page.pagedAfter),
    seconds(result.page.resolvedAfter),
    flaws(result),
  ]);
}

/**
 * The largest error at the rule's own instants. Where the reading is right but a few seconds old, since its group reads what
 * another wrote, the error then and how old.
 */
function windowCell(window: WindowError): string {
  if (window.samples === 0) return "–";
  const { max, maxBehind, lagSeconds } = window;
  return isMerelyBehind(window) ? `${percent(maxBehind)}, ${lagSeconds} s old` : percent(max);
}

/** One evaluation of the group that is read. */
const OLDEST_SECONDS = 30;

function isMerelyBehind({ max, maxBehind, lagSeconds }: WindowError): boolean {
  return lagSeconds > 0 && lagSeconds <= OLDEST_SECONDS && maxBehind * 4 <= max;
}

function percent(ratio: number): string {
  return `${(ratio * 100).toFixed(2)} %`;
}

function seconds(value: number | undefined): string {
  return value === undefined ? "–" : `${Math.round(value)} s`;
}

function flaws({ windows, failures }: PeerResult): string {
  const notNumbers = windows.reduce((sum, window) => sum + window.notNumbers, 0);
  const absent = windows.filter(({ absentSeconds }) => absentSeconds > 0);
  const found = [
    ...(notNumbers > 0 ? [`${notNumbers} NaN`] : []),
    ...absent.map(
      ({ seconds, absentSeconds }) => `${windowName(seconds)} absent for ${Math.round(absentSeconds / 60)} min`,
    ),
    ...(failures > 0 ? [`${failures} evaluations failed`] : []),
  ];
  return found.join("; ");
}

export function periodTable(periods: readonly CaseResult[]): Table[] {
  if (periods.length === 0) return [];
  const rows = periods.flatMap(({ name, peers }) =>
    peers.map(({ peer, period }) => [
      name,
      peer,
      periodName(period.seconds),
      signed(period.ofTruth),
      signed(period.ofBudget),
    ]),
  );
  return [{ title: "Error of the period", head: ["", "", "period", "of the truth", "of the budget"], rows }];
}

function periodName(seconds: number): string {
  return windowName(seconds);
}

function signed(ratio: number): string {
  if (!Number.isFinite(ratio)) return "NaN";
  return `${ratio >= 0 ? "+" : "−"}${percent(Math.abs(ratio))}`;
}

export interface MissedTarget {
  readonly what: string;
}

const PERIOD_TOLERANCE = 0.002;
const MOST_EVALUATIONS_OFF = 2;

/** Targets that our own rules miss. */
export function missedTargets({ accuracy, periods, costs }: Results): MissedTarget[] {
  return [...costs.flatMap(missedCosts), ...accuracy.flatMap(missedAccuracy), ...periods.flatMap(missedPeriod)];
}

/** Samples that one SLO may read in an hour, at 220 series, with every window full. */
const MOST_SAMPLES = 1_300_000;
const LONGEST_WINDOW_DAYS = 30;

function missedCosts({ name, days, peers }: CostResult): MissedTarget[] {
  const own = peers.find(({ peer }) => peer === OWN);
  if (days < LONGEST_WINDOW_DAYS)
    return [{ what: `${name}: not known after ${days} days, when the 30d window is not full` }];
  if (!own || name !== "220 series" || own.samplesRead <= MOST_SAMPLES) return [];
  return [{ what: `${name}: ${own.samplesRead} samples an hour, more than ${MOST_SAMPLES}` }];
}

function missedAccuracy({ name, tolerance, peers }: CaseResult): MissedTarget[] {
  return peers
    .filter(({ peer }) => peer === OWN)
    .flatMap((result) => [
      ...result.windows.flatMap((window) => missedWindow(name, tolerance, window)),
      ...result.verdicts
        .filter(({ evaluationsOff }) => evaluationsOff === undefined || evaluationsOff > MOST_EVALUATIONS_OFF)
        .map(({ tier, fired, due, evaluationsOff }) => ({
          what: `${name}: ${tier} fired ${fired} times and had to ${due} times, off by ${evaluationsOff?.toFixed(1) ?? "more"} evaluations`,
        })),
      ...(result.failures > 0 ? [{ what: `${name}: ${result.failures} evaluations failed: ${result.failure}` }] : []),
    ]);
}

/** Windows of tickets are two tiles late by design: their alerts are judged, and not their readings. */
const JUDGED = [3600, 21_600];

function missedWindow(name: string, tolerance: number, window: WindowError): MissedTarget[] {
  const label = `${name}: ${windowName(window.seconds)}`;
  const off = window.max;
  const behind = `${percent(window.max)} off, ${percent(window.maxBehind)} if taken ${window.lagSeconds} s earlier, at ${window.strays} of ${window.samples} readings`;
  return [
    ...(JUDGED.includes(window.seconds) && off > tolerance ? [{ what: `${label} is up to ${behind}` }] : []),
    ...(window.notNumbers > 0 ? [{ what: `${label} has ${window.notNumbers} readings that are no numbers` }] : []),
    ...(window.absentSeconds > 0 ? [{ what: `${label} is absent for ${window.absentSeconds} s with traffic` }] : []),
  ];
}

function missedPeriod({ name, peers }: CaseResult): MissedTarget[] {
  return peers
    .filter(({ peer, period }) => peer === OWN && !(period.max <= PERIOD_TOLERANCE && period.samples > 0))
    .map(({ period }) => ({ what: `month, ${name}: the period is up to ${percent(period.max)} off` }));
}
