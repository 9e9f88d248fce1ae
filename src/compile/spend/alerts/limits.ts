/** Limits as series, and shares of them: what was spent against what may be. */

import type { Expr, Matcher, Matching, Selector } from "../../../promql/ast.ts";
import { aggregate, binary, call, chain, number, on, selector, sumBy } from "../../../promql/build.ts";
import { escapeRegex } from "../../../promql/regex.ts";
import { limitRecord, periodRecord } from "../../names.ts";
import type { RecordingRule } from "../../plan.ts";
import { increase, type SpendMeasurement } from "../spend-measurement.ts";

/** The limit over everything has no label of `by`; that of a value has it. */
export function limitRules(measurement: SpendMeasurement): RecordingRule[] {
  const { limit, limits, limitEach, by } = measurement.budget;
  const [label = ""] = by;
  const general = [
    ...(limit === undefined ? [] : [call("vector", number(limit))]),
    ...(limitEach === undefined ? [] : [limitOfOthers(limitEach, measurement)]),
  ];
  const words =
    general.length < 2 ? {} : { comment: "The limit over everything, and that of every value that is not listed." };
  return [
    ...(general.length === 0 ? [] : [{ ...limitRule(chain("or", ...general), measurement), ...words }]),
    ...Object.entries(limits).map(([value, amount]) =>
      limitRule(call("vector", number(amount)), measurement, { [label]: value }),
    ),
  ];
}

/**
 * What was spent over what may be, for every limit.
 *
 * @param spent - By the labels of the budget.
 * @param factor - For a pace: how often the window lies in the period.
 */
export function overLimits(spent: Expr, measurement: SpendMeasurement, factor = 1): Expr {
  const { limit, by } = measurement.budget;
  const all = limit === undefined ? [] : [binary("/", sumBy(measurement.base.identity, spent), number(limit))];
  const single = hasSingle(measurement) ? [binary("/", spent, singleLimits(measurement), onValue(measurement))] : [];
  const shares = [...all, ...(by.length === 0 ? [] : single)];
  return chain("or", ...shares.map((share) => (factor === 1 ? share : binary("*", share, number(factor)))));
}

/** Whether a value has a limit of its own. */
function hasSingle({ budget }: SpendMeasurement): boolean {
  return budget.limitEach !== undefined || Object.keys(budget.limits).length > 0;
}

/** Matched by the labels of `by`; identity labels are many to one limit. */
function onValue({ budget, base }: SpendMeasurement): Matching {
  const values = on(...budget.by);
  return base.identity.length === 0 ? values : { ...values, group: "left", include: [] };
}

function singleLimits({ budget, base }: SpendMeasurement): Selector {
  const limits = selector(limitRecord(budget), base.id);
  return { ...limits, matchers: [...limits.matchers, present(budget.by[0] ?? "")] };
}

/** Of every value that spends now, or has spent something in the period. */
function limitOfOthers(amount: number, measurement: SpendMeasurement): Expr {
  const { budget, base } = measurement;
  const others = (series: Selector): Selector => ({
    ...series,
    matchers: [...series.matchers, ...unlisted(measurement)],
  });
  const known = binary("or", others(selector(periodRecord(budget), base.id)), others(increase(measurement)));
  return binary("*", number(amount), aggregate("group", budget.by, known));
}

function unlisted({ budget }: SpendMeasurement): Matcher[] {
  const [label = ""] = budget.by;
  const [only, ...more] = Object.keys(budget.limits);
  if (only === undefined) return [present(label)];
  const listed =
    more.length === 0
      ? ({ label, op: "!=", value: only } as const)
      : ({ label, op: "!~", value: [only, ...more].map(escapeRegex).join("|") } as const);
  return [present(label), listed];
}

function present(label: string): Matcher {
  return { label, op: "!=", value: "" };
}

function limitRule(expr: Expr, { budget, base }: SpendMeasurement, labels: Record<string, string> = {}): RecordingRule {
  return { type: "record", record: limitRecord(budget), expr, labels: { ...base.id, ...labels } };
}
