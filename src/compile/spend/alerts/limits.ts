/** Limits as series, and shares of them: what was spent against what may be. */

import type { Expr, Matcher, Matching, Selector } from "../../../promql/ast.ts";
import { aggregate, binary, call, chain, number, on, selector, sumBy } from "../../../promql/build.ts";
import { escapeRegex } from "../../../promql/regex.ts";
import { limitRecord, periodRecord } from "../../names.ts";
import type { RecordingRule } from "../../plan.ts";
import { increase, type SpendMeasure } from "../measure.ts";

/** The limit over everything has no label of `by`; that of a value has it. */
export function limitRules(measure: SpendMeasure): RecordingRule[] {
  const { limit, limits, limitEach, by } = measure.budget;
  const [label = ""] = by;
  const general = [
    ...(limit === undefined ? [] : [call("vector", number(limit))]),
    ...(limitEach === undefined ? [] : [limitOfOthers(limitEach, measure)]),
  ];
  const words =
    general.length < 2 ? {} : { comment: "The limit over everything, and that of every value that is not listed." };
  return [
    ...(general.length === 0 ? [] : [{ ...limitRule(chain("or", ...general), measure), ...words }]),
    ...Object.entries(limits).map(([value, amount]) =>
      limitRule(call("vector", number(amount)), measure, { [label]: value }),
    ),
  ];
}

/**
 * What was spent over what may be, for every limit.
 *
 * @param spent - By the labels of the budget.
 * @param factor - For a pace: how often the window lies in the period.
 */
export function overLimits(spent: Expr, measure: SpendMeasure, factor = 1): Expr {
  const { limit, by } = measure.budget;
  const all = limit === undefined ? [] : [binary("/", sumBy(measure.base.identity, spent), number(limit))];
  const single = hasSingle(measure) ? [binary("/", spent, singleLimits(measure), onValue(measure))] : [];
  const shares = [...all, ...(by.length === 0 ? [] : single)];
  return chain("or", ...shares.map((share) => (factor === 1 ? share : binary("*", share, number(factor)))));
}

/** Whether a value has a limit of its own. */
function hasSingle({ budget }: SpendMeasure): boolean {
  return budget.limitEach !== undefined || Object.keys(budget.limits).length > 0;
}

/** Matched by the labels of `by`; identity labels are many to one limit. */
function onValue({ budget, base }: SpendMeasure): Matching {
  const values = on(...budget.by);
  return base.identity.length === 0 ? values : { ...values, group: "left", include: [] };
}

function singleLimits({ budget, base }: SpendMeasure): Selector {
  const limits = selector(limitRecord(budget), base.id);
  return { ...limits, matchers: [...limits.matchers, present(budget.by[0] ?? "")] };
}

/** Of every value that spends now, or has spent something in the period. */
function limitOfOthers(amount: number, measure: SpendMeasure): Expr {
  const { budget, base } = measure;
  const others = (series: Selector): Selector => ({
    ...series,
    matchers: [...series.matchers, ...unlisted(measure)],
  });
  const known = binary("or", others(selector(periodRecord(budget), base.id)), others(increase(measure)));
  return binary("*", number(amount), aggregate("group", budget.by, known));
}

function unlisted({ budget }: SpendMeasure): Matcher[] {
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

function limitRule(expr: Expr, { budget, base }: SpendMeasure, labels: Record<string, string> = {}): RecordingRule {
  return { type: "record", record: limitRecord(budget), expr, labels: { ...base.id, ...labels } };
}
