/** What is wrong with the series that a budget reads: labels and values that none has, and counters that fall. */
import type { Text } from "../../../declare/declaration.ts";
import type { Expr } from "../../../promql/ast.ts";
import { binary, call, chain, on, selector, subquery, sumBy } from "../../../promql/build.ts";
import { FALLING, falling } from "../../../sli/counting/falling.ts";
import type { ParsedMetric } from "../../../sli/metric.ts";
import { DAY, HOUR_MS, WEEK_MS } from "../../../time/units.ts";
import { labelInTemplate } from "../../annotations/label-in-template.ts";
import { limitRecord } from "../../names.ts";
import { increase, type SpendMeasurement } from "../spend-measurement.ts";

/** Each way in which spending is not counted correctly: the label `reason` of `BudgetBroken`. */
export type BrokenReason =
  | "never-any-data"
  | "evaluations-missed"
  | "gap"
  | "by-label-missing"
  | "limit-never-seen"
  | "counters-fall"
  | "cost-below-zero"
  | "cost-not-counted"
  | "unpriced-model";

/** Why what is spent cannot be believed. */
export interface Reason {
  readonly reason: BrokenReason;
  readonly comment?: string;
  readonly description: Text;
  readonly expr: Expr;
  readonly forSeconds: number;
  readonly keepFiringForSeconds?: number;
}

/** A misspelt label makes one nameless part, and the limits of parts are compared with nothing. */
export function byLabelMissing(measurement: SpendMeasurement): Reason[] {
  const labels = measurement.budget.by;
  if (labels.length === 0) return [];
  const { identity } = measurement.base;
  const spent = (label: string, op: "=" | "!="): Expr => {
    const own = increase(measurement);
    return sumBy(identity, { ...own, matchers: [...own.matchers, { label, op, value: "" }] });
  };
  const missing = labels.map((label) => binary("unless", spent(label, "="), spent(label, "!="), on(...identity)));
  return [
    {
      reason: "by-label-missing",
      comment: `No series has the label ${labels.join(" or ")}, so everything is one unnamed part without a limit.`,
      description: `The budget is split by ${labels.join(", ")}, but no series has that label, so limits of single values are not checked.`,
      expr: chain("or", ...missing),
      forSeconds: 900,
    },
  ];
}

/** A value that is misspelt in `limits` has a limit and spends nothing. */
export function limitsNeverSeen(measurement: SpendMeasurement): Reason[] {
  const { budget, base } = measurement;
  const [label = ""] = budget.by;
  if (Object.keys(budget.limits).length === 0) return [];
  const limits = selector(limitRecord(budget), base.id);
  const single: Expr = { ...limits, matchers: [...limits.matchers, { label, op: "!=", value: "" }] };
  const seen = call("last_over_time", subquery(increase(measurement), WEEK_MS, HOUR_MS));
  return [
    {
      reason: "limit-never-seen",
      comment: "A value with a limit has had no series for a week: usually it is misspelt in `limits`.",
      description: {
        template: `There is a limit for {{ ${labelInTemplate(label)} }}, but for a week, or since the rules were loaded, nothing has been spent under that name: it is misspelt in limits, or no longer used.`,
      },
      expr: binary("unless", single, seen, on(label)),
      forSeconds: DAY,
    },
  ];
}

/** Each fall would be paid as a restart, with all that the other worker has ever spent. */
export function countersFall({ budget: { meter }, base }: SpendMeasurement): Reason[] {
  const counters = countersOf(meter).flatMap((metric) => (metric.type === "selector" ? [metric.selector] : []));
  const [first] = counters;
  if (!first) return [];
  return [
    {
      ...FALLING,
      description: `${FALLING.description} What is counted is far too much.`,
      expr: falling(counters, first, base),
    },
  ];
}

function countersOf(meter: SpendMeasurement["budget"]["meter"]): readonly ParsedMetric[] {
  if (meter.type === "metric") return [meter.metric];
  const { counters } = meter.prices;
  return counters.type === "labelled" ? [counters.metric] : Object.values(counters.metrics);
}
