/** The first line of an SLO: is it burning, how far is it from the objective, and how long until the budget is gone. */

import { budgetOf } from "../../compile/slo/objectives.ts";
import { nominalWords, type Period, periodName, periodPhrase, periodWords } from "../../model/period.ts";
import type { Expr } from "../../promql/ast.ts";
import { aggregate, binary, call, number } from "../../promql/build.ts";
import { printSeconds } from "../../promql/duration.ts";
import { budgetRemainingOf, burnOf } from "../runbooks/recorded.ts";
import { stateStat } from "./alert-panels.ts";
import type { Placed } from "./arrange.ts";
import { chosen, highest, lowest } from "./groups.ts";
import type { PanelBody } from "./model.ts";
import { BAD, budgetSteps, burnSteps, CAREFUL, GOOD, NEUTRAL, steps, WORSE, whenEmpty } from "./palette.ts";
import { stat } from "./panels.ts";
import { type SloView, worstOf } from "./slo-view.ts";

/** Six numbers, from "what is it" to "can I believe it". */
export function headline(view: SloView): Placed[] {
  const bodies = {
    state: stateStat(view),
    sli: sliStat(view),
    budget: budgetStat(view),
    burn: burnStat(view),
    exhaustion: exhaustionStat(view),
    coverage: coverageStat(view),
  };
  return Object.entries(bodies).map(([name, body]) => ({ name, width: 4, body }));
}

function sliStat(view: SloView): PanelBody {
  const { slo, queries, groupLabels } = view.plan;
  const spent = binary("-", number(1), queries.budgetRemaining);
  const overWindow = binary("-", number(1), binary("*", spent, budgetOf(slo)));
  return stat({
    title: `SLI over ${view.window}`,
    description: `Share of good ${view.plan.words.unit} over ${view.window}. The objective is ${view.objective}. What was not measured counts as good.${worstOf(view)}`,
    links: view.links,
    queries: [{ expr: lowest(overWindow, groupLabels), legend: "SLI" }],
    unit: "percentunit",
    decimals: view.decimals,
    thresholds: steps([BAD, GOOD], [slo.objectivePercent / 100]),
    mappings: [whenEmpty("no data")],
  });
}

function budgetStat(view: SloView): PanelBody {
  return stat({
    title: "Budget left",
    description: `Share of the error budget that is left of ${view.window}. Below zero the objective is missed.${worstOf(view)}`,
    links: view.links,
    queries: [{ expr: lowest(view.plan.queries.budgetRemaining, view.plan.groupLabels), legend: "budget left" }],
    unit: "percentunit",
    decimals: 1,
    thresholds: budgetSteps,
    mappings: [whenEmpty("no data")],
  });
}

/** Budgets of the windows after the first, which have no alerts of their own. */
export function furtherBudgets(view: SloView): Placed[] {
  return view.plan.slo.periods.slice(1).map((period) => ({
    name: `budget-${periodName(period)}`,
    width: 8,
    body: budgetLeft(view, period),
  }));
}

function budgetLeft(view: SloView, period: Period): PanelBody {
  return stat({
    title: `Budget left: ${periodWords(period)}`,
    description: `Share of the error budget that is left of ${periodPhrase(period)}. It has no alerts of its own.${worstOf(view)}`,
    links: view.links,
    queries: [{ expr: lowest(budgetRemainingOf(view.plan.slo, period), view.plan.groupLabels), legend: "budget left" }],
    unit: "percentunit",
    decimals: 1,
    thresholds: budgetSteps,
    mappings: [whenEmpty("no data")],
  });
}

function burnStat(view: SloView): PanelBody {
  return stat({
    title: `Burn over ${printSeconds(view.fastSeconds)}`,
    description: `How many times faster than sustainable the budget is being spent: 1× spends it in exactly ${view.window}.${worstOf(view)}`,
    links: view.links,
    queries: [{ expr: highest(burnOf(view.plan, view.fastSeconds), view.plan.groupLabels), legend: "burn" }],
    unit: "suffix:×",
    decimals: 1,
    thresholds: burnSteps,
    mappings: [whenEmpty("no traffic")],
  });
}

function exhaustionStat(view: SloView): PanelBody {
  return stat({
    title: "Budget gone in",
    description: `Time until the budget is spent if the burn of the last ${printSeconds(view.fastSeconds)} goes on. Empty while it is sustainable.${lengthNote(view)}${worstOf(view)}`,
    links: view.links,
    queries: [{ expr: aggregate("min", [], exhaustion(view)), legend: "time left" }],
    unit: "s",
    decimals: 1,
    thresholds: steps([BAD, WORSE, CAREFUL, GOOD], [86_400, 3 * 86_400, view.plan.slo.windowSeconds]),
    mappings: [whenEmpty("not burning", GOOD)],
  });
}

/** Figures take all periods of a kind for equally long. */
function lengthNote(view: SloView): string {
  const [period] = view.plan.slo.periods;
  if (period.kind === "rolling" || nominalWords(period) === "") return "";
  return ` A ${period.unit} counts as ${period.seconds / 86_400} days.`;
}

/** What is left, at the present pace; only where the pace is faster than sustainable. */
function exhaustion(view: SloView): Expr {
  const { slo, queries, groupLabels } = view.plan;
  const left = call("clamp_min", aggregate("min", groupLabels, queries.budgetRemaining), number(0));
  const pace = binary(">", aggregate("max", groupLabels, burnOf(view.plan, view.fastSeconds)), number(1));
  return chosen(binary("/", binary("*", left, number(slo.windowSeconds)), pace), groupLabels);
}

function coverageStat(view: SloView): PanelBody {
  return stat({
    title: "Measured",
    description:
      "Share of the rule evaluations of the last six hours that took place. Below 95% the other numbers cannot be believed.",
    links: view.links,
    queries: [{ expr: lowest(view.plan.queries.coverage, []), legend: "measured" }],
    unit: "percentunit",
    decimals: 1,
    max: 1,
    thresholds: steps([BAD, GOOD], [0.95]),
    mappings: [whenEmpty("no data", NEUTRAL)],
  });
}
