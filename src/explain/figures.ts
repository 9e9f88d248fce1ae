/** The numbers of an SLO, a budget or an experiment, for programs: every name ends in its unit. */
import type { ExperimentPlan, Plan, RuleGroup, SloPlan, SpendPlan, TierPlan } from "../compile/plan.ts";
import { burnWindows } from "../compile/spend/alerts/pace.ts";
import { exhaustionSeconds } from "../compile/tiers/burn-maths.ts";
import type { Severity } from "../model/service.ts";
import { exact } from "../promql/number.ts";
import type { Sli } from "../sli/index.ts";
import { evaluationCost } from "./cost.ts";
import { pagesWithinSeconds, pipelineSeconds, tierTimes } from "./delays.ts";

/** Error ratios at which times to detect and to reset are given. */
export const ERROR_RATIOS = [1, 0.1, 0.01] as const;

/** What its rules cost: samples are an upper bound. */
interface CostFigures {
  readonly rules: number;
  /** From recorded series, for each group. */
  readonly recordedSamplesPerHour: number;
  /** For each raw series. */
  readonly rawSamplesPerHour: number;
}

export interface SloFigures extends CostFigures {
  readonly objectivePercent: number;
  readonly errorBudgetRatio: number;
  readonly windowSeconds: number;
  /** Of full outage that the error budget holds. */
  readonly errorBudgetSeconds: number;
  readonly scrapeSeconds: number;
  readonly settleSeconds: number;
  readonly evaluationSeconds: number;
  /** From the first bad event of a full outage to its page; missing where nothing pages. */
  readonly pagesWithinSeconds?: number;
  readonly tiers: readonly TierFigures[];
}

export interface TierFigures {
  readonly tier: string;
  readonly severity: Severity;
  /** Multiple of the sustainable rate. */
  readonly burnRate: number;
  readonly longWindowSeconds: number;
  readonly shortWindowSeconds: number;
  /** Of either window: it fires above it. */
  readonly errorRatio: number;
  /** Share of the error budget that is spent when it fires. */
  readonly budgetSpentRatio: number;
  /** At this burn rate. */
  readonly budgetLastsSeconds: number;
  /** From an event to the alert, at most, beside what the window needs. */
  readonly pipelineSeconds: number;
  readonly incidents: readonly IncidentFigures[];
}

/** Infinity, and so `null` in JSON, where it never fires. */
export interface IncidentFigures {
  readonly errorRatio: number;
  readonly detectSeconds: number;
  readonly resetSeconds: number;
}

export interface SpendFigures extends CostFigures {
  /** What every amount is in. */
  readonly unit: string;
  /** Months and quarters by their usual length. */
  readonly periodSeconds: number;
  readonly limitAmount?: number;
  readonly limitAmounts: Readonly<Record<string, number>>;
  readonly limitEachAmount?: number;
  readonly thresholds: readonly { readonly limitRatio: number; readonly severity: Severity }[];
  readonly burns: readonly {
    readonly burn: string;
    readonly severity: Severity;
    readonly burnRate: number;
    readonly longWindowSeconds: number;
    readonly shortWindowSeconds: number;
  }[];
}

export interface ExperimentFigures extends CostFigures {
  readonly windowSeconds: number;
  readonly compareSeconds: number;
  readonly leastSampleEvents: number;
  readonly standardErrors: number;
  /** By how much of all events a group must be worse. */
  readonly leastDifferenceRatio: number;
  readonly forSeconds: number;
}

export function sloFigures(plan: Plan, sloPlan: SloPlan): SloFigures {
  const { slo, tiers, groups } = sloPlan;
  const within = pagesWithinSeconds(plan, sloPlan);
  return {
    objectivePercent: slo.objectivePercent,
    errorBudgetRatio: slo.errorBudget,
    windowSeconds: slo.windowSeconds,
    errorBudgetSeconds: exact(slo.errorBudget * slo.windowSeconds),
    scrapeSeconds: slo.scrapeSeconds,
    settleSeconds: plan.platform.settleSeconds,
    evaluationSeconds: slo.evaluationSeconds,
    ...(within === undefined ? {} : { pagesWithinSeconds: exact(within) }),
    tiers: tiers.map((tier) => tierFigures(plan, sloPlan, tier)),
    ...costFigures(groups, slo),
  };
}

function tierFigures(plan: Plan, sloPlan: SloPlan, tier: TierPlan): TierFigures {
  const { windowSeconds } = sloPlan.slo;
  return {
    tier: tier.name,
    severity: tier.severity,
    burnRate: tier.burn,
    longWindowSeconds: tier.longSeconds,
    shortWindowSeconds: tier.shortSeconds,
    errorRatio: tier.threshold,
    budgetSpentRatio: tier.budgetSpent,
    budgetLastsSeconds: exhaustionSeconds(tier.burn, windowSeconds),
    pipelineSeconds: pipelineSeconds(plan, sloPlan, tier),
    incidents: ERROR_RATIOS.map((errorRatio) => {
      const { detectSeconds, endSeconds } = tierTimes(plan, sloPlan, tier, errorRatio);
      return { errorRatio, detectSeconds, resetSeconds: endSeconds };
    }),
  };
}

export function spendFigures({ budget, measurement, groups }: SpendPlan): SpendFigures {
  return {
    unit: budget.unit,
    periodSeconds: budget.period.seconds,
    ...(budget.limit === undefined ? {} : { limitAmount: budget.limit }),
    limitAmounts: budget.limits,
    ...(budget.limitEach === undefined ? {} : { limitEachAmount: budget.limitEach }),
    thresholds: budget.thresholds.map(({ at, severity }) => ({ limitRatio: at, severity })),
    burns: budget.burns.map((burn) => {
      const { long, short } = burnWindows(burn, measurement);
      const { name, severity } = burn;
      return { burn: name, severity, burnRate: burn.burn, longWindowSeconds: long, shortWindowSeconds: short };
    }),
    ...costFigures(groups, budget),
  };
}

export function experimentFigures({ experiment, measurement, groups }: ExperimentPlan): ExperimentFigures {
  return {
    windowSeconds: experiment.windowSeconds,
    compareSeconds: measurement.compareSeconds,
    leastSampleEvents: experiment.minSample,
    standardErrors: experiment.sigma,
    leastDifferenceRatio: experiment.atLeast,
    forSeconds: experiment.forSeconds,
    ...costFigures(groups, experiment),
  };
}

function costFigures(
  groups: readonly RuleGroup[],
  slo: { readonly scrapeSeconds: number; readonly sli?: Sli },
): CostFigures {
  const { rules, samplesPerHour } = evaluationCost({ groups, slo });
  return {
    rules,
    recordedSamplesPerHour: Math.round(samplesPerHour.windows),
    rawSamplesPerHour: Math.round(samplesPerHour.perSeries),
  };
}
