/** What an SLO's alerts do, before and after a change, as the simulation has it: time until a page, and the budget left. */

import type { SloPlan } from "../compile/plan.ts";
import { printTime } from "../explain/words.ts";
import { printPercent } from "../promql/number.ts";
import { steadyIncident } from "../simulate/simulate.ts";
import { isComposite } from "../sli/index.ts";
import { DAY, HOUR } from "../time/units.ts";
import { type Curve, chart } from "./chart.ts";
import { table } from "./html.ts";

/** Shares of bad events, from nearly none to all. */
const SHARES = [0.001, 0.002, 0.003, 0.005, 0.007, 0.01, 0.015, 0.02, 0.03, 0.05, 0.1, 0.2, 0.3, 0.5, 1] as const;
const SHOWN: readonly number[] = [0.001, 0.01, 0.1, 1];

/** Two charts and the table of what the first shows; nothing where the SLO cannot be played. */
export function curvesOf(before: SloPlan, after: SloPlan): string {
  if ([before, after].some(({ slo, tiers }) => isComposite(slo.sli) || tiers.length === 0)) return "";
  const detected = [before, after].map((plan) => SHARES.map((share) => pageAfter(plan, share)));
  return [detection(detected), detectionTable(detected), burnDown(before, after)].join("\n");
}

/** Seconds from the beginning of a steady incident until the first page; infinite where there is none within a day. */
function pageAfter(plan: SloPlan, share: number): number {
  const { alerts } = steadyIncident(plan, share, DAY);
  return Math.min(...alerts.filter(({ severity }) => severity === "page").map(({ firesAfter }) => firesAfter));
}

function detection([before = [], after = []]: readonly (readonly number[])[]): string {
  const curve = (name: Curve["name"], times: readonly number[]): Curve => ({
    name,
    points: SHARES.map((share, index) => [share, times[index] ?? Number.POSITIVE_INFINITY]),
  });
  const x = {
    label: "share of events that are bad",
    kind: "log",
    from: 0.001,
    to: 1,
    ticks: SHOWN,
    words: printPercent,
  } as const;
  const y = {
    label: "",
    kind: "log",
    from: 30,
    to: DAY,
    ticks: [60, 600, HOUR, 6 * HOUR, DAY],
    words: printTime,
  } as const;
  const curves = [curve("before", before), curve("after", after)];
  return chart({ title: "Time until a page", caption: "The table below has the numbers.", curves, x, y });
}

function detectionTable([before = [], after = []]: readonly (readonly number[])[]): string {
  const rows = SHARES.flatMap((share, index) =>
    SHOWN.includes(share) ? [[printPercent(share), timeWords(before[index]), timeWords(after[index])]] : [],
  );
  return table("Time until a page, within a day", ["bad events", "before", "after"], rows);
}

function timeWords(seconds = Number.POSITIVE_INFINITY): string {
  return Number.isFinite(seconds) ? printTime(seconds) : "no page";
}

/** A steady burn at twice the larger of the two budgets: what is left of each. */
function burnDown(before: SloPlan, after: SloPlan): string {
  const share = Math.min(1, 2 * Math.max(before.slo.errorBudget, after.slo.errorBudget));
  const days = after.slo.windowSeconds / DAY;
  const curve = (name: Curve["name"], { slo }: SloPlan): Curve => ({
    name,
    points: Array.from({ length: 61 }, (_, step) => {
      const seconds = (step / 60) * after.slo.windowSeconds;
      const left = 1 - (share * seconds) / (slo.errorBudget * slo.windowSeconds);
      // Below, the chart ends.
      return [seconds / DAY, left < -1 ? Number.NaN : left] as const;
    }),
  });
  const x = {
    label: "days",
    kind: "linear",
    from: 0,
    to: days,
    ticks: [0, days / 2, days],
    words: (value: number) => String(Math.round(value * 10) / 10),
  } as const;
  const y = { label: "", kind: "linear", from: -1, to: 1, ticks: [-1, 0, 1], words: printPercent } as const;
  const lasts = ({ slo }: SloPlan): string => printTime((slo.errorBudget * slo.windowSeconds) / share);
  const caption = `It lasts ${lasts(before)} before, and ${lasts(after)} after.`;
  const title = `Error budget left while ${printPercent(share)} is bad. ${caption}`;
  return chart({ title, caption, curves: [curve("before", before), curve("after", after)], x, y });
}
