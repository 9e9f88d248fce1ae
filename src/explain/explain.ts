/** One SLO in words and numbers. Everything is computed from the plan; the shells only print it. */

import { severities } from "../compile/audience.ts";
import { REMEMBERED_MS } from "../compile/calendar.ts";
import { groupWaitSeconds, slosOfOwner } from "../compile/group-wait.ts";
import type { Plan, SloPlan } from "../compile/plan.ts";
import type { SloMeasurement } from "../compile/slo/slo-measurement.ts";
import { isRolling, type Period, periodPhrase, periodWords } from "../model/period.ts";
import { printDuration, printSeconds } from "../promql/duration.ts";
import { printNumber, printPercent } from "../promql/number.ts";
import { kindOf } from "../sli/index.ts";
import { costSection } from "./cost-section.ts";
import { budgetSection } from "./error-budget.ts";
import { ERROR_RATIOS, type IncidentFigures, type SloFigures, sloFigures } from "./figures.ts";
import { guardSections } from "./guards.ts";
import type { Explanation, Section } from "./section.ts";
import { printTime } from "./words.ts";

/** Budget, tiers, times to detect and to reset, what is inexact, and what it costs. */
export function explain(plan: Plan, sloPlan: SloPlan): Explanation {
  const figures = sloFigures(plan, sloPlan);
  const sections = [
    promise(sloPlan),
    budgetSection(sloPlan),
    tiers(figures, sloPlan),
    ...guardSections(sloPlan),
    times(figures),
    delays(plan, sloPlan),
    notes(plan, sloPlan),
    costSection(sloPlan, "windows"),
  ];
  return { id: sloPlan.slo.id, figures, sections: sections.filter((section) => section.rows.length > 0) };
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

function tiers(figures: SloFigures, { dropped }: SloPlan): Section {
  const rows = figures.tiers.map((tier) => [
    tier.tier,
    tier.severity,
    `${printNumber(tier.burnRate)}×`,
    `${printSeconds(tier.longWindowSeconds)} / ${printSeconds(tier.shortWindowSeconds)}`,
    printPercent(tier.errorRatio),
    printPercent(Number(tier.budgetSpentRatio.toPrecision(3))),
    printTime(tier.budgetLastsSeconds),
  ]);
  const left = dropped.map((tier) => [tier.name, "left out", tier.reason]);
  return {
    title: "Tiers",
    head: ["tier", "severity", "burn", "long / short", "bad events over", "spent when it fires", "budget lasts"],
    rows: [...rows, ...left],
  };
}

function times(figures: SloFigures): Section {
  const cell = ({ detectSeconds, resetSeconds }: IncidentFigures): string =>
    Number.isFinite(detectSeconds) ? `${printTime(detectSeconds)} / ${printTime(resetSeconds)}` : "never";
  const rows = figures.tiers.map((tier) => [tier.tier, ...tier.incidents.map(cell), printTime(tier.pipelineSeconds)]);
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

function notes(plan: Plan, { slo, tiers: all, measurement }: SloPlan): Section {
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
  rows.push(...(kindOf(slo.sli).inexact?.(slo.sli) ?? []).map((row) => [...row]));
  rows.push(...slo.periods.flatMap((period) => calendarNotes(period, measurement)));
  if (plan.platform.retentionSeconds === undefined)
    rows.push(["retention", "not declared: a window longer than it would see only a part"]);
  return { title: "What is inexact", rows };
}

/** Where a calendar period begins, and what it stands on. */
function calendarNotes(period: Period, measurement: SloMeasurement): string[][] {
  if (isRolling(period)) return [];
  const tile = printSeconds(measurement.tileSeconds);
  const bound = `it begins with the first tile that begins after its boundary: up to ${tile} of events count for the one before`;
  const pause = `a pause of the rules loses what happened in it, and one of more than ${printDuration(REMEMBERED_MS)} all of the ${period.unit} before it`;
  return [[periodWords(period), period.unit === "day" ? bound : `${bound}; ${pause}`]];
}
