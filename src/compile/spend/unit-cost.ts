/** What a request, and a thousand tokens, cost within the hour: a ratio of sums, and nothing where too little happened. */

import type { Prices } from "../../model/service.ts";
import type { Expr } from "../../promql/ast.ts";
import { binary, call, chain, number, over, selector, sumBy } from "../../promql/build.ts";
import { smallDecimals } from "../../promql/number.ts";
import { withWindow } from "../../sli/counting/base.ts";
import type { ParsedMetric } from "../../sli/metric.ts";
import { HOUR, HOUR_MS } from "../../time/units.ts";
import { alerts } from "../alert-names.ts";
import { spendRecords, unitCostRecord } from "../names.ts";
import type { AlertingRule, RecordingRule } from "../plan.ts";
import { type SpendContext, spendAlert } from "./alerts/alert.ts";
import { type SpendMeasurement, spentWithin } from "./spend-measurement.ts";
import { amountWords } from "./words.ts";

type Unit = "request" | "token";

/** Cost of one request and of a thousand tokens, distinguished by the label `unit`. */
export function unitCostRules(measurement: SpendMeasurement): RecordingRule[] {
  return unitsOf(measurement).map(([unit, units]) => ({
    type: "record",
    record: unitCostRecord(measurement.budget),
    expr: costOf(unit, units, measurement),
    labels: { ...measurement.base.id, unit: NAMES[unit].label },
  }));
}

/** How many there were within the hour, by identity. */
export function unitsWithinHour(metric: ParsedMetric, measurement: SpendMeasurement): Expr {
  const { identity } = measurement.base;
  if (metric.type === "promql") return binary("*", sumBy(identity, withWindow(metric.text, HOUR_MS)), number(HOUR));
  return sumBy(identity, call("increase", over(metric.selector, HOUR_MS)));
}

/** One alert for both: above the limit for half an hour. */
export function unitCostAlert(context: SpendContext): AlertingRule[] {
  const { budget, measurement } = context;
  const tooDear = unitsOf(measurement).flatMap(([unit]) => {
    const limit = budget.unitCost[NAMES[unit].field];
    if (limit === undefined) return [];
    const cost = selector(unitCostRecord(budget), { ...measurement.base.id, unit: NAMES[unit].label });
    return [{ unit: NAMES[unit].label, expr: binary(">", cost, number(limit)), limit }];
  });
  if (tooDear.length === 0) return [];
  const [cost, limit] = [
    shown(tooDear, ofValue(budget.unit)),
    shown(tooDear, (most) => amountWords(most, budget.unit)),
  ];
  return [
    spendAlert(
      {
        ...alerts.unitCost,
        severity: "ticket",
        expr: chain("or", ...tooDear.map(({ expr }) => expr)),
        summary: {
          template: `${budget.id}: ${cost} per {{ $labels.unit }}, limit ${limit}`,
        },
        description: {
          template: `The average cost per {{ $labels.unit }} over the last hour was ${cost}; the limit is ${limit}.`,
        },
        forSeconds: HOUR / 2,
      },
      context,
    ),
  ];
}

/** What it costs, to as many digits as its limit: a request may cost a hundredth of a cent. */
function ofValue(currency: string): (limit: number) => string {
  return (limit) => {
    const cost = `{{ $value | printf "%.${limit >= 1 ? 3 : smallDecimals(limit)}f" }}`;
    return currency === "dollars" ? `$${cost}` : `${cost} ${currency}`;
  };
}

/** By the unit that the alert is about. */
function shown(
  [first, second]: readonly { readonly unit: string; readonly limit: number }[],
  words: (limit: number) => string,
): string {
  if (first === undefined) return "";
  const [one, other] = [words(first.limit), words((second ?? first).limit)];
  return one === other ? one : `{{ if eq $labels.unit "${first.unit}" }}${one}{{ else }}${other}{{ end }}`;
}

const NAMES = {
  request: { label: "request", field: "perRequest", size: 1 },
  token: { label: "1k tokens", field: "per1kTokens", size: 1000 },
} as const;

function costOf(unit: Unit, units: Expr, measurement: SpendMeasurement): Expr {
  const { minRequests } = measurement.budget.unitCost;
  const cost = sumBy(measurement.base.identity, spentWithin(HOUR, "tiles", measurement));
  const each = binary("/", cost, binary(">", units, number(unit === "request" ? minRequests : minRequests * 10)));
  return NAMES[unit].size === 1 ? each : binary("*", each, number(NAMES[unit].size));
}

function unitsOf(measurement: SpendMeasurement): [Unit, Expr][] {
  const { budget } = measurement;
  const requests: [Unit, Expr][] = budget.requests ? [["request", unitsWithinHour(budget.requests, measurement)]] : [];
  const tokens = tokensOf(measurement);
  return tokens ? [...requests, ["token", tokens]] : requests;
}

/** Tokens as declared; those of a price table only where a limit per token asks for them, and each once. */
function tokensOf(measurement: SpendMeasurement): Expr | undefined {
  const { tokens, meter, unitCost } = measurement.budget;
  const prices = meter.type === "prices" ? meter.prices : undefined;
  if (tokens && !(prices && isTheirCounter(tokens, prices))) return unitsWithinHour(tokens, measurement);
  if (!prices || (tokens === undefined && unitCost.per1kTokens === undefined)) return undefined;
  return pricedTokens(prices, measurement);
}

/** The counter of a price table, whose types are inside one another: whoever names it means each token once. */
function isTheirCounter(tokens: ParsedMetric, { counters, typeLabel }: Prices): boolean {
  if (counters.type !== "labelled" || counters.metric.type === "promql" || tokens.type === "promql") return false;
  const { metric, matchers } = tokens.selector;
  return metric === counters.metric.selector.metric && !matchers.some(({ label }) => label === typeLabel);
}

function pricedTokens({ typeLabel, wholeTypes }: Prices, { base }: SpendMeasurement): Expr {
  const tokens = selector(spendRecords.tokens, base.id);
  const whole = { label: typeLabel, op: "=~", value: wholeTypes.join("|") } as const;
  const counted = over({ ...tokens, matchers: [...tokens.matchers, whole] }, HOUR_MS);
  return sumBy(base.identity, call("sum_over_time", counted));
}
