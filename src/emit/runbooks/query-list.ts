/** The queries of a runbook: to be pasted as they stand, from "is it burning" to "where do the numbers come from". */

import { idLabels } from "../../compile/names.ts";
import type { SloPlan } from "../../compile/plan.ts";
import { periodWords } from "../../model/period.ts";
import type { Expr } from "../../promql/ast.ts";
import { call, number, selector } from "../../promql/build.ts";
import { printSeconds } from "../../promql/duration.ts";
import { print } from "../../promql/print.ts";
import { times } from "./figures.ts";
import { rawQuestions } from "./raw-series.ts";
import { budgetRemainingOf, burnOf, fastestWindow } from "./recorded.ts";

export interface NamedQuery {
  /** Names of metrics stand between back-ticks. */
  readonly title: string;
  readonly promql: string;
}

const TOP = 10;

/** Over recorded series: cheap, and exactly what the alerts and dashboards see. */
export function recordedQueries(plan: SloPlan): NamedQuery[] {
  const { queries, slo } = plan;
  return [
    named("Which alerts of this SLO are active now", selector("ALERTS", idLabels(slo))),
    ...burnQueries(plan),
    named("Budget left: 1 is all of it, 0 none, below zero the objective is missed", queries.budgetRemaining),
    ...slo.periods
      .slice(1)
      .map((period) => named(`Budget left over ${periodWords(period)}`, budgetRemainingOf(slo, period))),
    ...rateQueries(plan),
    named("Share of the rule evaluations of the last six hours that took place", queries.coverage),
  ];
}

function rateQueries({ queries, slo }: SloPlan): NamedQuery[] {
  if (slo.sli.kind === "composite") return [named("Bad share of each component", queries.badRate)];
  return [named("Bad per second", queries.badRate), named("Good per second", queries.goodRate)];
}

/** Over raw series: those that are bad, all, then what is recorded from them. */
export function rawQueries(plan: SloPlan): NamedQuery[] {
  return [...rawQuestions(plan).map(({ title, expr }) => named(title, expr))];
}

/** One per window that an alert looks at, and the groups that burn fastest. */
function burnQueries(plan: SloPlan): NamedQuery[] {
  const fastest = fastestWindow(plan);
  const windows = [...new Set([fastest, ...plan.tiers.map((tier) => tier.longSeconds)])];
  const each = windows.map((seconds) => named(burnTitle(plan, seconds), burnOf(plan, seconds)));
  if (plan.groupLabels.length === 0) return each;
  const top = call("topk", number(TOP), burnOf(plan, fastest));
  return [named(`Which ${plan.groupLabels.join(" / ")} burns fastest, over ${printSeconds(fastest)}`, top), ...each];
}

function burnTitle({ tiers }: SloPlan, seconds: number): string {
  const limits = tiers
    .filter((tier) => tier.longSeconds === seconds)
    .map((tier) => `, ${tier.name} alerts above ${times(tier.burn)}`);
  return `Burn over ${printSeconds(seconds)}: at 1× the budget just lasts${limits.join("")}`;
}

function named(title: string, expr: Expr): NamedQuery {
  return { title, promql: print(expr) };
}
