/** What an SLO means, in figures that people compare: computed, never typed. */
import { printTime } from "../compile/explain-words.ts";
import { budgetMinutes, detectionSeconds } from "../compile/maths.ts";
import type { Plan, SloPlan, TierPlan } from "../compile/plan.ts";
import { periodWords } from "../model/period.ts";
import { exact, printNumber } from "../promql/number.ts";
import { alignColumns } from "./table.ts";
import type { Paint } from "./terminal.ts";

/** One SLO in figures, as `--json` gives it. */
export interface Meaning {
  readonly id: string;
  readonly objectivePercent: number;
  /** In words, the primary one first. */
  readonly windows: readonly string[];
  /** Of the primary window; nominal for a calendar period. */
  readonly windowSeconds: number;
  /** The error budget as time of full outage. */
  readonly budgetMinutes: number;
  /** From the first bad event of a full outage until the first page; null where nothing pages. */
  readonly pagesAfterSeconds: number | null;
}

/** Every SLO of the plan, in its order. */
export function meaningsOf(plan: Plan): Meaning[] {
  return plan.services.flatMap((service) => service.slos.map(meaningOf));
}

/** The same as a table, one line for each SLO. */
export function printMeanings(meanings: readonly Meaning[], paint: Paint): string {
  const head = ["SLO", "OBJECTIVE", "WINDOW", "BUDGET", "AT FULL OUTAGE"].map((title) => paint("dim", title));
  return alignColumns([head, ...meanings.map((meaning) => printMeaning(meaning, paint))]);
}

function meaningOf({ slo, tiers }: SloPlan): Meaning {
  const pages = tiers
    .filter((tier) => tier.severity === "page")
    .map(secondsAtFullOutage)
    .filter(Number.isFinite);
  return {
    id: slo.id,
    objectivePercent: slo.objectivePercent,
    windows: slo.periods.map(periodWords),
    windowSeconds: slo.windowSeconds,
    budgetMinutes: exact(budgetMinutes(slo.errorBudget, slo.windowSeconds)),
    pagesAfterSeconds: pages.length === 0 ? null : exact(Math.min(...pages)),
  };
}

function secondsAtFullOutage(tier: TierPlan): number {
  return detectionSeconds(tier.longSeconds, tier.threshold, 1) + tier.forSeconds;
}

function printMeaning(meaning: Meaning, paint: Paint): string[] {
  const { pagesAfterSeconds: seconds } = meaning;
  const paging = seconds === null ? paint("yellow", "does not page") : `pages after ${printTime(seconds)}`;
  const budget = `${printNumber(meaning.budgetMinutes)} min`;
  return [
    paint("bold", meaning.id),
    `${printNumber(meaning.objectivePercent)} %`,
    meaning.windows.join("; "),
    budget,
    paging,
  ];
}
