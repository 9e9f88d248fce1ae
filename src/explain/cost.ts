/** What an SLO or a budget costs to evaluate: samples read per hour, counted from its own expressions. */

import type { RuleGroup } from "../compile/plan.ts";
import type { Expr } from "../promql/ast.ts";
import { componentsOf, type Sli } from "../sli/index.ts";
import { HOUR } from "../time/units.ts";

export interface EvaluationCost {
  readonly rules: number;
  readonly samplesPerHour: {
    /** From recorded series, per group. */
    readonly windows: number;
    /** From raw series, per series. */
    readonly perSeries: number;
  };
}

/** What is evaluated, and how often its raw series are written. */
export interface Evaluated {
  readonly groups: readonly RuleGroup[];
  readonly slo: { readonly scrapeSeconds: number; readonly sli?: Sli };
}

/** Samples that the rules select, by the ranges they name: an upper bound where series are missing. */
export function evaluationCost(plan: Evaluated): EvaluationCost {
  let windows = 0;
  let perSeries = 0;
  for (const { rules, intervalSeconds } of plan.groups) {
    const perHour = HOUR / intervalSeconds;
    for (const rule of rules) {
      for (const reading of readings(rule.expr, plan)) {
        if (reading.recorded) windows += reading.samples * perHour * partsOf(plan);
        else perSeries += reading.samples * perHour;
      }
    }
  }
  const rules = plan.groups.reduce((count, group) => count + group.rules.length, 0);
  return { rules, samplesPerHour: { windows, perSeries } };
}

/** A composite has a series for each component where others have one. */
function partsOf({ slo }: Evaluated): number {
  return slo.sli === undefined ? 1 : Math.max(1, componentsOf(slo.sli).length);
}

interface Reading {
  readonly recorded: boolean;
  readonly samples: number;
}

function readings(expr: Expr, plan: Evaluated, steps = 1): Reading[] {
  switch (expr.node) {
    case "number":
    case "string":
    case "raw":
      return [];
    case "call":
      return expr.args.flatMap((arg) => readings(arg, plan, steps));
    case "aggregation":
      return readings(expr.expr, plan, steps);
    case "binary":
      return [...readings(expr.left, plan, steps), ...readings(expr.right, plan, steps)];
    case "subquery":
      return readings(expr.expr, plan, steps * Math.floor(expr.rangeMs / expr.stepMs));
    case "selector":
      return [{ recorded: /^(slo|budget|experiment):/.test(expr.metric), samples: steps * samplesIn(expr, plan) }];
  }
}

/** One sample, or as many as the range holds at the interval at which the series is written. */
function samplesIn(selector: Extract<Expr, { node: "selector" }>, plan: Evaluated): number {
  if (selector.rangeMs === undefined) return 1;
  return Math.max(1, selector.rangeMs / 1000 / writtenEvery(selector.metric, plan));
}

/** The first rule of a name decides: whole tiles, which are read in numbers, come before the open one. */
function writtenEvery(metric: string, { groups, slo }: Evaluated): number {
  for (const { rules, intervalSeconds } of groups) {
    const writer = rules.find((rule) => rule.type === "record" && rule.record === metric);
    if (writer?.type === "record") return writer.everySeconds ?? intervalSeconds;
  }
  return slo.scrapeSeconds;
}
