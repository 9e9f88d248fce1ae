/**
 * A plan against histories: what fires when, what is spent by then, and how often chance alone pages. Nothing is read
 * of any ruler: rules are played here, and a test holds that to promtool.
 */

import type { Plan, SloPlan } from "../compile/plan.ts";
import { groupWords } from "../compile/tiers/objectives.ts";
import { eventSlices } from "../model/budgeting.ts";
import { isComposite } from "../sli/index.ts";
import { DAY } from "../time/units.ts";
import { type FalseAlarms, falseAlarmsOf } from "./chance/false-alarms.ts";
import { componentPlans, compositeOutcomes } from "./composite.ts";
import { planForGroup } from "./group-plan.ts";
import { type Outcome, outcomeOf } from "./incident.ts";
import { judgedEvery } from "./recorded.ts";
import { scenariosOf } from "./scenarios.ts";
import { type SpendOutcome, spendOutcomes } from "./spend.ts";
import type { Past } from "./sums.ts";

export interface Simulation {
  readonly slos: readonly SloSimulation[];
  readonly budgets: readonly SpendOutcome[];
}

export interface SloSimulation {
  readonly id: string;
  /** Of the groups that have an objective of their own. */
  readonly group?: string;
  /** Why it cannot be played. */
  readonly skipped?: string;
  /** Events per second, and whether they are declared; undefined where slices of time are counted. */
  readonly traffic?: { readonly perSecond: number; readonly isDeclared: boolean };
  readonly outcomes: readonly Outcome[];
  /** Undefined where the traffic is not known. */
  readonly falseAlarms: FalseAlarms | undefined;
}

export interface Options {
  /** `service/slo` or `service/budget`; undefined: all. */
  readonly id?: string | undefined;
  /** Leaves out what takes a year of evaluations. */
  readonly withoutNoise?: boolean;
}

export function simulate({ services }: Plan, { id, withoutNoise = false }: Options = {}): Simulation {
  const wanted = (own: string): boolean => id === undefined || own === id;
  const all = services.flatMap(({ slos }) => slos);
  return {
    slos: all.filter(({ slo }) => wanted(slo.id)).flatMap((plan) => withGroups(plan, all, withoutNoise)),
    budgets: services.flatMap(({ budgets }) =>
      budgets.filter(({ budget }) => wanted(budget.id)).map((plan) => spendOutcomes(plan)),
    ),
  };
}

/** Taken where no traffic is declared. */
const ASSUMED_PER_SECOND = 100;

/** The SLO, and once more for each objective of its groups. */
function withGroups(plan: SloPlan, all: readonly SloPlan[], withoutNoise: boolean): SloSimulation[] {
  if (isComposite(plan.slo.sli)) return [simulateComposite(plan, all)];
  const groups = plan.slo.objectives.map((objective) => ({
    ...simulateSlo(planForGroup(plan, objective), withoutNoise),
    group: groupWords(objective),
  }));
  return [simulateSlo(plan, withoutNoise), ...groups];
}

/** What chance alone does to it, its components say. */
function simulateComposite(plan: SloPlan, all: readonly SloPlan[]): SloSimulation {
  const { id } = plan.slo;
  const plans = plan.tiers.length === 0 ? WITHOUT_ALERTS : componentPlans(plan, all);
  if (typeof plans === "string") return { id, skipped: plans, outcomes: [], falseAlarms: undefined };
  const components = plans.map((each) => ({ plan: each, past: pastOf(each, rateOf(each)) }));
  return { id, outcomes: compositeOutcomes(plan, components), falseAlarms: undefined };
}

/** One SLO in every scenario. */
export function simulateSlo(plan: SloPlan, withoutNoise: boolean): SloSimulation {
  const { slo } = plan;
  const skipped = whySkipped(plan);
  if (skipped !== undefined) return { id: slo.id, skipped, outcomes: [], falseAlarms: undefined };
  const slices = judgedEvery(slo) !== undefined;
  const declared = slo.eventsPerDay;
  const perSecond = rateOf(plan);
  const past = pastOf(plan, perSecond);
  const isKnown = slices || declared !== undefined;
  return {
    id: slo.id,
    ...(slices ? {} : { traffic: { perSecond, isDeclared: declared !== undefined } }),
    outcomes: scenariosOf(plan, slices ? undefined : perSecond).map((scenario) => outcomeOf(scenario, plan, past)),
    falseAlarms: withoutNoise || !isKnown ? undefined : falseAlarmsOf(plan, past),
  };
}

/** One SLO while a share of its events is bad for some time, at the traffic that it declares. */
export function steadyIncident(plan: SloPlan, share: number, seconds: number): Outcome {
  const rate = rateOf(plan);
  const usual = judgedEvery(plan.slo) === undefined ? rate : 1;
  const steady = (lasts: number, bad: number) => ({ seconds: lasts, rate: usual, bad: [bad, bad] as const });
  const incident = [steady(seconds, share)];
  const scenario = { name: "steady", words: "", isKnown: true, before: [steady(600, 0)], incident };
  return outcomeOf(scenario, plan, pastOf(plan, rate));
}

function whySkipped({ slo, tiers }: SloPlan): string | undefined {
  if (isComposite(slo.sli)) return "it is made of other SLOs";
  return tiers.length === 0 ? WITHOUT_ALERTS : undefined;
}

const WITHOUT_ALERTS = "it has no burn-rate alerts";

/** Events per second. */
function rateOf({ slo: { eventsPerDay } }: SloPlan): number {
  return eventsPerDay === undefined ? ASSUMED_PER_SECOND : eventsPerDay / DAY;
}

/** What every evaluation before counted, on average. */
function pastOf(plan: SloPlan, perSecond: number): Past {
  const { evaluationSeconds: every } = plan.slo;
  const slice = eventSlices(plan.slo)?.sliceSeconds ?? judgedEvery(plan.slo);
  return { total: slice === undefined ? perSecond * every : every / slice, bad: 0 };
}
