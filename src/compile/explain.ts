/** One SLO in words and numbers. Everything is computed from the plan; the shells only print it. */
import { nominalWords, type Period, periodPhrase, periodWords } from "../model/period.ts";
import type { Slo } from "../model/service.ts";
import { printSeconds } from "../promql/duration.ts";
import { exact, printNumber } from "../promql/number.ts";
import { isCarried, SO_FAR_SECONDS } from "./calendar-period.ts";
import { costSection } from "./cost-section.ts";
import { guardSections } from "./explain-guards.ts";
import { budgetMinutes, exhaustionSeconds } from "./maths.ts";
import type { Measure } from "./measure.ts";
import type { Plan, SloPlan, TierPlan } from "./plan.ts";
import { samplingErrors, samplingWords } from "./sampling.ts";
import { budgetSlices, detectionBy, resetBy } from "./slice-maths.ts";
import { costOfOne, eventsForSilence } from "./volume-maths.ts";

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
    budget(sloPlan),
    tiers(sloPlan),
    ...guardSections(sloPlan),
    times(plan, sloPlan),
    delays(plan, sloPlan),
    notes(plan, sloPlan),
    costSection(sloPlan, "windows"),
  ];
  return { id: sloPlan.slo.id, sections: sections.filter((section) => section.rows.length > 0) };
}

/** "43m12s", "26s", "5.76 min" are all hard to compare: whole seconds below an hour, whole minutes above. */
export function printTime(seconds: number): string {
  if (!Number.isFinite(seconds)) return "never";
  if (seconds < 60) return `${printNumber(exact(Math.round(seconds * 10) / 10))}s`;
  if (seconds < 3600) return printSeconds(Math.round(seconds));
  return printSeconds(Math.round(seconds / 60) * 60);
}

/** `0.0144` is `1.44%`. */
export function printPercent(ratio: number): string {
  return `${printNumber(exact(ratio * 100))}%`;
}

/**
 * Seconds from the first bad event to the alert, at worst: a scrape, the settle time, the evaluations and the tier's `for`
 * on top of what the long window needs.
 */
export function pipelineSeconds(plan: Plan, { slo, groups }: SloPlan, tier: TierPlan): number {
  const own = groups.find((group) => group.rules.some((rule) => rule.type === "alert" && rule.alert === tier.alert));
  const evaluation = own?.intervalSeconds ?? slo.evaluationSeconds;
  // Sums of raw windows are made in a group of their own, at the same interval.
  const tileDelay = own?.file !== "long" ? 0 : slo.rawWindows ? own.intervalSeconds : slo.evaluationSeconds;
  // A composite reads what its components recorded an evaluation ago.
  const componentDelay = slo.sli.kind === "composite" ? 2 * slo.evaluationSeconds : 0;
  return slo.scrapeSeconds + plan.platform.settleSeconds + evaluation + tileDelay + componentDelay + tier.forSeconds;
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

function budget(sloPlan: SloPlan): Section {
  const { slo, words } = sloPlan;
  const outage = (period: Period): string => outageWords(slo, period);
  const [primary, ...further] = slo.periods;
  const rows = [
    ["error budget", `${printPercent(slo.errorBudget)}, ${outage(primary)}`],
    ...further.map((period) => [`over ${periodWords(period)}`, `${outage(period)}; recorded, no tiers of its own`]),
  ];
  if (slo.budgeting.kind !== "events") {
    const slices = budgetSlices(slo.errorBudget, slo.windowSeconds, slo.budgeting.sliceSeconds);
    rows.push(["in slices", `${printNumber(exact(slices))} of ${printSeconds(slo.budgeting.sliceSeconds)}`]);
  } else if (slo.eventsPerDay !== undefined) {
    const events = (slo.eventsPerDay * slo.windowSeconds * slo.errorBudget) / 86_400;
    rows.push([
      `in ${words.unit}`,
      `${printNumber(exact(Math.round(events * 100) / 100))} at ${printNumber(slo.eventsPerDay)} a day`,
    ]);
    rows.push(["one failure", `${printPercent(costOfOne(1, events))} of the budget`]);
  }
  return { title: "Budget", rows: [...rows, ...silence(sloPlan), ...sampling(sloPlan)] };
}

/** Among how many events one failure tells nobody. */
function silence({ slo, words, tiers: all }: SloPlan): string[][] {
  if (all.length === 0 || slo.alerting.threshold === "traffic" || slo.eventsPerDay === undefined) return [];
  const each = all.map(
    (tier) =>
      `${tier.name} among ${eventsForSilence(1, tier.threshold)} ${words.unit} or more in ${printSeconds(tier.longSeconds)}`,
  );
  return [["one failure is silent", each.join(", ")]];
}

/** One standard error of each window: what differs by less is chance. */
function sampling(sloPlan: SloPlan): string[][] {
  const all = samplingErrors(sloPlan).map(samplingWords);
  return all.map((words, index) => [index === 0 ? "sampling error" : "", words]);
}

/** `43m12s of full outage`. */
function outageWords({ errorBudget }: Slo, period: Period): string {
  const seconds = budgetMinutes(errorBudget, period.seconds) * 60;
  return `${printTime(seconds)} of full outage${nominalWords(period)}`;
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
    const detect = detectionBy(sloPlan.slo.budgeting, tier, ratio);
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

function delays(plan: Plan, { slo }: SloPlan): Section {
  return {
    title: "Pipeline",
    rows: [
      ["scrape", printSeconds(slo.scrapeSeconds)],
      [
        "settle",
        `${printSeconds(plan.platform.settleSeconds)}: a scrape is visible only when it ends, and is read after that`,
      ],
      ["evaluation", printSeconds(slo.evaluationSeconds)],
      ["group wait", "10s for pages, in Alertmanager"],
    ],
  };
}

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
  if (slo.rawWindows)
    rows.push(["raw windows", "exact where no counter was reset in a window; where one was, `increase` extrapolates"]);
  if (slo.budgeting.kind === "meanOfSlices")
    rows.push(["mean of slices", "an average of ratios: a quiet slice weighs as much as a busy one"]);
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
  const bound = `it begins at the first evaluation after its boundary: up to ${tile} of events count for the one before`;
  const carried = `samples are kept for ${printSeconds(measure.retentionSeconds ?? 0)} only, so its counts are carried from one evaluation to the next: ${printSeconds(SO_FAR_SECONDS)} without any would lose them`;
  return [[periodWords(period), bound], ...(isCarried(period, measure) ? [[periodWords(period), carried]] : [])];
}
