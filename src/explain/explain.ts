/** One SLO in words and numbers. Everything is computed from the plan; the shells only print it. */

import { severities } from "../compile/audience.ts";
import { REMEMBERED_MS } from "../compile/calendar.ts";
import { groupWaitSeconds, ownersPageWait, slosOfOwner } from "../compile/group-wait.ts";
import type { Plan, SloPlan, TierPlan } from "../compile/plan.ts";
import type { Measure } from "../compile/slo/measure.ts";
import { isCountedLater } from "../compile/slo/windows/counted.ts";
import { exhaustionSeconds } from "../compile/tiers/burn-maths.ts";
import { detectionBy, resetBy } from "../compile/tiers/slice-maths.ts";
import { type Period, periodPhrase, periodWords } from "../model/period.ts";
import { printDuration, printSeconds } from "../promql/duration.ts";
import { printNumber } from "../promql/number.ts";
import { kindOf } from "../sli/index.ts";
import { costSection } from "./cost-section.ts";
import { budgetSection } from "./error-budget.ts";
import { guardSections } from "./guards.ts";
import { printPercent, printTime } from "./words.ts";

export interface Explanation {
  readonly id: string;
  readonly sections: readonly Section[];
}

/** Rows of cells; where `head` is given, the first row names the columns. */
export interface Section {
  readonly title: string;
  readonly head?: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const ERROR_RATIOS = [1, 0.1, 0.01] as const;

/** Budget, tiers, times to detect and to reset, what is inexact, and what it costs. */
export function explain(plan: Plan, sloPlan: SloPlan): Explanation {
  const sections = [
    promise(sloPlan),
    budgetSection(sloPlan),
    tiers(sloPlan),
    ...guardSections(sloPlan),
    times(plan, sloPlan),
    delays(plan, sloPlan),
    notes(plan, sloPlan),
    costSection(sloPlan, "windows"),
  ];
  return { id: sloPlan.slo.id, sections: sections.filter((section) => section.rows.length > 0) };
}

/** Seconds within which the first page of a full outage is sent, from the first bad event; undefined where nothing pages. */
export function pagesWithinSeconds(plan: Plan, sloPlan: SloPlan): number | undefined {
  const first = firstPageSeconds(plan, sloPlan);
  return first === undefined ? undefined : first + ownersPageWait(plan, sloPlan.slo.owner);
}

/** The same until the alert fires, which may be held back. */
export function firstPageSeconds(plan: Plan, sloPlan: SloPlan): number | undefined {
  const { slo, tiers: all } = sloPlan;
  const pages = all
    .filter((tier) => tier.severity === "page")
    .map((tier) => detectionBy(slo.budgeting, tier, 1, slo.minBad) + pipelineSeconds(plan, sloPlan, tier))
    .filter(Number.isFinite);
  return pages.length === 0 ? undefined : Math.min(...pages);
}

/**
 * Seconds from the first bad event to the alert, at worst: a scrape, the settle time, the evaluations, the tiles and the
 * tier's `for` on top of what the long window needs.
 */
export function pipelineSeconds(plan: Plan, sloPlan: SloPlan, tier: TierPlan): number {
  const { slo } = sloPlan;
  // A composite reads what its components recorded an evaluation ago.
  const componentDelay = slo.sli.kind === "composite" ? 2 * slo.evaluationSeconds : 0;
  // What happened is read an evaluation later, where slices of it count, or nothing in an exclusion.
  const laterDelay = isCountedLater(slo) ? slo.evaluationSeconds : 0;
  // Several counters are counted each by itself, and added up an evaluation later; so are counters made of histograms.
  const madeBefore = kindOf(slo.sli).counts(slo.sli, sloPlan.measure.base).before ? slo.evaluationSeconds : 0;
  const counted = slo.scrapeSeconds + plan.platform.settleSeconds + slo.evaluationSeconds + laterDelay + madeBefore;
  return counted + tileDelay(sloPlan, tier) + componentDelay + tier.forSeconds;
}

/** A tile is written when it is over and an evaluation old, and read by the next evaluation of a group as slow as it is long. */
function tileDelay({ slo, groups }: SloPlan, tier: TierPlan): number {
  const own = groups.find((group) => group.rules.some((rule) => rule.type === "alert" && rule.alert === tier.alert));
  const tile = own?.intervalSeconds ?? slo.evaluationSeconds;
  return tile > slo.evaluationSeconds ? slo.evaluationSeconds + 2 * tile : 0;
}

function promise({ slo, words, groupLabels }: SloPlan): Section {
  const each = groupLabels.length === 0 ? [] : [["for each", groupLabels.join(", ")]];
  return {
    title: "Promise",
    rows: [
      ["objective", `${printNumber(slo.objectivePercent)}% over ${periodPhrase(slo.periods[0])}`],
      ["good", words.good],
      ["bad", words.bad],
      ...each,
      ["no traffic", `counts as ${slo.noTraffic === "ignore" ? "nothing" : slo.noTraffic}`],
      ...(slo.alerting.threshold === "traffic"
        ? [["thresholds", "shares of the budget really spent, by the traffic of the whole window"]]
        : []),
      ["owner", slo.owner],
    ],
  };
}

function tiers({ slo, tiers: all, dropped }: SloPlan): Section {
  const rows = all.map((tier) => [
    tier.name,
    tier.severity,
    `${printNumber(tier.burn)}×`,
    `${printSeconds(tier.longSeconds)} / ${printSeconds(tier.shortSeconds)}`,
    printPercent(tier.threshold),
    printPercent(tier.budgetSpent),
    printTime(exhaustionSeconds(tier.burn, slo.windowSeconds)),
  ]);
  const left = dropped.map((tier) => [tier.name, "left out", tier.reason]);
  return {
    title: "Tiers",
    head: ["tier", "severity", "burn", "long / short", "bad events over", "spent when it fires", "budget lasts"],
    rows: [...rows, ...left],
  };
}

function times(plan: Plan, sloPlan: SloPlan): Section {
  const cell = (tier: TierPlan, ratio: number): string => {
    const detect = detectionBy(sloPlan.slo.budgeting, tier, ratio, sloPlan.slo.minBad);
    return Number.isFinite(detect)
      ? `${printTime(detect)} / ${printTime(resetBy(sloPlan.slo.budgeting, tier, ratio))}`
      : "never";
  };
  const rows = sloPlan.tiers.map((tier) => [
    tier.name,
    ...ERROR_RATIOS.map((ratio) => cell(tier, ratio)),
    printTime(pipelineSeconds(plan, sloPlan, tier)),
  ]);
  return {
    title: "Time to detect / to reset",
    head: ["tier", ...ERROR_RATIOS.map((ratio) => `at ${printPercent(ratio)} errors`), "pipeline, at most"],
    rows,
  };
}

function delays(plan: Plan, sloPlan: SloPlan): Section {
  const { slo } = sloPlan;
  return {
    title: "Pipeline",
    rows: [
      ["scrape", printSeconds(slo.scrapeSeconds)],
      [
        "settle",
        `${printSeconds(plan.platform.settleSeconds)}: a scrape is visible only when it ends, and is read after that`,
      ],
      ["evaluation", printSeconds(slo.evaluationSeconds)],
      ...groupWait(plan, sloPlan),
    ],
  };
}

/** Of the severities at which it alerts, as the routes of its team have it. */
function groupWait(plan: Plan, { slo, alerts }: SloPlan): string[][] {
  const route = slosOfOwner(plan, slo.owner);
  const used = severities.filter((severity) => alerts.some((alert) => alert.severity === severity));
  const waits = used.map((each) => `${printSeconds(groupWaitSeconds(plan, route, each))} for ${plural[each]}`);
  return waits.length === 0 ? [] : [["group wait", `${waits.join(", ")}, in Alertmanager`]];
}

const plural = { page: "pages", ticket: "tickets", info: "information" } as const;

function notes(plan: Plan, { slo, tiers: all, measure }: SloPlan): Section {
  const rows: string[][] = all.flatMap((tier) =>
    tier.retuned === undefined ? [] : [[tier.name, `retuned: ${tier.retuned}`]],
  );
  if (JSON.stringify(slo.sli).includes('"promql"')) {
    const window = Math.max(4 * slo.scrapeSeconds, slo.evaluationSeconds);
    rows.push([
      "expression",
      `its rate looks back ${printSeconds(window)}: every event is smeared over that time, and first increments of new series are lost`,
    ]);
  }
  if (slo.sli.kind === "ratio") rows.push(["ratio", "averaged over time, not weighted by events"]);
  if (slo.sli.kind === "latency" && slo.sli.type !== "classic")
    rows.push(["native histogram", "observations are interpolated within a bucket, and increases extrapolated"]);
  rows.push(...slo.periods.flatMap((period) => calendarNotes(period, measure)));
  if (plan.platform.retentionSeconds === undefined)
    rows.push(["retention", "not declared: a window longer than it would see only a part"]);
  return { title: "What is inexact", rows };
}

/** Where a calendar period begins, and what it stands on. */
function calendarNotes(period: Period, measure: Measure): string[][] {
  if (period.kind === "rolling") return [];
  const tile = printSeconds(measure.tileSeconds);
  const bound = `it begins with the first tile that begins after its boundary: up to ${tile} of events count for the one before`;
  const pause = `a pause of the rules loses what happened in it, and one of more than ${printDuration(REMEMBERED_MS)} all of the ${period.unit} before it`;
  return [[periodWords(period), period.unit === "day" ? bound : `${bound}; ${pause}`]];
}
