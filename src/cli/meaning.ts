/** What the declarations mean, in figures that people compare: computed, never typed. */

import type { ExperimentPlan, Plan, SloPlan, SpendPlan } from "../compile/plan.ts";
import { amountWords, periodWords as budgetPeriodWords } from "../compile/spend/words.ts";
import { budgetMinutes } from "../compile/tiers/burn-maths.ts";
import { someOf } from "../diff/words.ts";
import { pagesWithinSeconds } from "../explain/delays.ts";
import { printTime } from "../explain/words.ts";
import { periodWords } from "../model/period.ts";
import { printSeconds } from "../promql/duration.ts";
import { exact, printNumber, printPercent } from "../promql/number.ts";
import { count } from "./print/print-issues.ts";
import { alignColumns } from "./print/table.ts";
import type { Paint } from "./print/terminal.ts";

/** Everything of a plan, in its order, as `--json` gives it. */
export interface Meanings {
  readonly slos: readonly SloMeaning[];
  readonly budgets: readonly BudgetMeaning[];
  readonly experiments: readonly ExperimentMeaning[];
}

interface SloMeaning {
  readonly id: string;
  readonly objectivePercent: number;
  /** In words, the primary one first. */
  readonly windows: readonly string[];
  /** Of the primary window; nominal for a calendar period. */
  readonly windowSeconds: number;
  /** The error budget as time of full outage. */
  readonly budgetMinutes: number;
  /** At full outage, from the first bad event until the first page is sent, at most; null where nothing pages. */
  readonly pagesWithinSeconds: number | null;
}

interface BudgetMeaning {
  readonly id: string;
  readonly unit: string;
  /** Over everything; null where only parts are limited. */
  readonly limit: number | null;
  /** In words: `per day`. */
  readonly period: string;
  readonly by: readonly string[];
  /** Shares of a limit that alert, rising. */
  readonly thresholds: readonly number[];
}

interface ExperimentMeaning {
  readonly id: string;
  readonly label: string;
  readonly baseline: string;
  readonly windowSeconds: number;
}

/** The meaning of what a plan has; nothing where there is no plan. */
export function meaningsOf(plan: Plan | undefined): Meanings {
  const services = plan?.services ?? [];
  return {
    slos: services.flatMap(({ slos }) => slos.map((slo) => sloMeaning(plan as Plan, slo))),
    budgets: services.flatMap(({ budgets }) => budgets.map(budgetMeaning)),
    experiments: services.flatMap(({ experiments }) => experiments.map(experimentMeaning)),
  };
}

/** `30 SLOs, 4 budgets, 1 experiment`, or `No SLO`. */
export function countMeanings({ slos, budgets, experiments }: Meanings): string {
  const counts = [
    count(slos.length, "SLO"),
    count(budgets.length, "budget"),
    count(experiments.length, "experiment"),
  ].filter((text) => text !== "");
  return counts.join(", ") || "No SLO";
}

/** The same as tables: a line for each, or, of very many, for those that are alike. */
export function printMeanings({ slos, budgets, experiments }: Meanings, paint: Paint): string {
  const tables = [
    withNote(table(["SLO", "OBJECTIVE", "WINDOW", "ERROR BUDGET", "PAGES WITHIN"], slos.map(sloRow), paint), paint),
    table(["BUDGET", "LIMIT", "BY", "ALERTS AT"], budgets.map(budgetRow), paint),
    table(["EXPERIMENT", "BY", "AGAINST", "OVER"], experiments.map(experimentRow), paint),
  ];
  return tables.filter((text) => text !== "").join("\n\n");
}

function sloMeaning(plan: Plan, sloPlan: SloPlan): SloMeaning {
  const { slo } = sloPlan;
  const within = pagesWithinSeconds(plan, sloPlan);
  return {
    id: slo.id,
    objectivePercent: slo.objectivePercent,
    windows: slo.periods.map(periodWords),
    windowSeconds: slo.windowSeconds,
    budgetMinutes: exact(budgetMinutes(slo.errorBudget, slo.windowSeconds)),
    pagesWithinSeconds: within === undefined ? null : exact(within),
  };
}

function budgetMeaning({ budget }: SpendPlan): BudgetMeaning {
  return {
    id: budget.id,
    unit: budget.unit,
    limit: budget.limit ?? null,
    period: budgetPeriodWords(budget),
    by: budget.by,
    thresholds: budget.thresholds.map(({ at }) => at),
  };
}

function experimentMeaning({ experiment }: ExperimentPlan): ExperimentMeaning {
  const { id, label, baseline, windowSeconds } = experiment;
  return { id, label, baseline, windowSeconds };
}

function table(head: readonly string[], rows: readonly (readonly string[])[], paint: Paint): string {
  if (rows.length === 0) return "";
  const named = alike(rows).map(([id = "", ...cells]) => [paint("bold", id), ...cells]);
  const text = alignColumns([head.map((title) => paint("dim", title)), ...named]);
  return text.replaceAll(NO_PAGE, paint("yellow", NO_PAGE));
}

/** More lines than these hide the warnings above them. */
const MANY_ROWS = 50;

/** Of many rows, those that differ in the name alone are one. */
function alike(rows: readonly (readonly string[])[]): (readonly string[])[] {
  if (rows.length <= MANY_ROWS) return [...rows];
  const groups = Map.groupBy(rows, ([, ...cells]) => JSON.stringify(cells));
  return [...groups.values()].map((same) => [
    someOf(
      same.map(([id = ""]) => id),
      2,
    ),
    ...(same[0]?.slice(1) ?? []),
  ]);
}

function withNote(text: string, paint: Paint): string {
  return text && `${text}\n${paint("dim", SLO_NOTE)}`;
}

const NO_PAGE = "does not page";

const SLO_NOTE =
  "Error budget: full outage that the window allows. Pages within: of the start of a full outage, at most.";

function sloRow({ id, objectivePercent, windows, budgetMinutes: minutes, pagesWithinSeconds: seconds }: SloMeaning) {
  return [
    id,
    `${printNumber(objectivePercent)}%`,
    windows.join("; "),
    printTime(minutes * 60),
    seconds === null ? NO_PAGE : printTime(seconds),
  ];
}

function budgetRow({ id, unit, limit, period, by, thresholds }: BudgetMeaning): string[] {
  const amount = limit === null ? `one for each, ${period}` : `${amountWords(limit, unit)} ${period}`;
  return [id, amount, by.join(", ") || "-", thresholds.map((at) => printPercent(at)).join(" / ")];
}

function experimentRow({ id, label, baseline, windowSeconds }: ExperimentMeaning): string[] {
  return [id, label, baseline || '""', printSeconds(windowSeconds)];
}
