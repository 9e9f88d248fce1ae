/** One budget: numbers, the period against its limit, who spends, what a unit costs, and its alerts. */
import { amountWords, periodWords } from "../../compile/budget/words.ts";
import type { BudgetPlan } from "../../compile/plan.ts";
import type { Budget } from "../../model/service.ts";
import type { Line, Placed, Section } from "./arrange.ts";
import { plain } from "./escape.ts";
import type { PanelBody } from "./model.ts";
import {
  coverageStat,
  elapsedStat,
  forecastStat,
  hourGraph,
  hourStat,
  periodGraph,
  shareOfValues,
  spentStat,
  unitCostGraph,
  usedStat,
} from "./spend-panels.ts";
import { spendTimeline } from "./spend-timeline.ts";

export function spendSection(budget: BudgetPlan): Section {
  const { id } = budget.budget;
  const lines = [numbers(budget), graphs(budget), details(budget)];
  return { name: id, heading: { title: plain(`${id}: ${limitWords(budget.budget)}`), collapsed: false }, lines };
}

function limitWords(budget: Budget): string {
  const { limit, unit, by } = budget;
  const amount = limit === undefined ? `limits by ${by.join(", ")}` : amountWords(limit, unit);
  return `${amount} ${periodWords(budget)}`;
}

function numbers(budget: BudgetPlan): Line {
  const panels = {
    spent: spentStat(budget),
    used: usedStat(budget),
    elapsed: elapsedStat(budget),
    forecast: forecastStat(budget),
    hour: hourStat(budget),
    coverage: coverageStat(budget),
  };
  const present = Object.entries(panels).filter((entry): entry is [string, PanelBody] => entry[1] !== undefined);
  const width = Math.floor(24 / present.length);
  return { height: 4, panels: present.map(([name, body]): Placed => ({ name, width, body })) };
}

function graphs(budget: BudgetPlan): Line {
  return {
    height: 9,
    panels: [
      { name: "period", width: 12, body: periodGraph(budget) },
      { name: "by-value", width: 12, body: hourGraph(budget) },
    ],
  };
}

function details(budget: BudgetPlan): Line {
  const unit = unitCostGraph(budget);
  const panels: Placed[] = [
    { name: "limits", width: 8, body: shareOfValues(budget) },
    ...(unit ? [{ name: "unit-cost", width: 8, body: unit }] : []),
    { name: "alerts", width: unit ? 8 : 16, body: spendTimeline(budget) },
  ];
  return { height: 8, panels };
}
