/** What a reviewer wants to know of a budget of money or tokens. */

import { pascal } from "../../compile/alert-names.ts";
import type { Plan, SpendPlan } from "../../compile/plan.ts";
import { amountWords, periodWords } from "../../compile/spend/words.ts";
import { isRolling } from "../../model/period.ts";
import type { Prices, SpendBudget } from "../../model/service.ts";
import { exact, printNumber, printPercent } from "../../promql/number.ts";
import { metricWords } from "../../sli/words.ts";
import { offsetWords } from "../../time/utc-offset.ts";
import type { Memory, Subject } from "../subject.ts";
import { alertFacts, audienceFacts, costFacts } from "./alert-facts.ts";
import { detail, type Fact, mainFact } from "./fact.ts";
import { otherFacts } from "./value-words.ts";

/** The budget as something that can change. */
export function budgetSubject({ platform }: Plan, budgetPlan: SpendPlan): Subject {
  const { budget, groupLabels, alerts, groups, measurement } = budgetPlan;
  const { unit, meter } = budget;
  return {
    type: "budget",
    id: budget.id,
    service: budget.service,
    owner: budget.owner,
    formerly: [],
    counts: JSON.stringify([budget.meter, budget.period, budget.unit]),
    groupLabels,
    memory: memoryOf(budgetPlan),
    spend: { unit, meter: JSON.stringify(meter), identity: measurement.base.identity.join() },
    facts: [
      ...limitFacts(budgetPlan),
      ...audienceFacts(alerts, budget.owner, platform),
      ...alertFacts(alerts),
      ...costFacts({ groups, slo: budget }),
      ...otherFacts(budget, SHOWN),
    ],
    alerts,
    groups,
  };
}

const SHOWN = [
  ...["id", "service", "name", "owner", "path", "source"],
  "meter",
  "period",
  "limit",
  "limits",
  "limitEach",
  "thresholds",
  "by",
  "unit",
  "unitCost",
];

function memoryOf({ budget }: SpendPlan): Memory {
  const { period } = budget;
  return isRolling(period) ? { kind: "rolling", seconds: period.seconds } : { kind: "calendar", unit: period.unit };
}

function limitFacts({ budget }: SpendPlan): Fact[] {
  const { unit, limit, limits, limitEach, by, meter, period, thresholds } = budget;
  const amount = (field: string, label: string, value: number): Fact =>
    mainFact(field, label, value, `${amountWords(value, unit)} ${periodWords(budget)}`);
  const counted = meter.type === "metric" ? metricWords(meter.metric) : pricedWords(meter.prices);
  const shares = thresholds.map(({ at, severity }) => ({ at, severity }));
  const sharesInWords = thresholds.map(({ at, severity }) => `${printPercent(at)} ${severity}`).join(", ");
  return [
    ...(limit === undefined ? [] : [amount(`limit${pascal(unit)}`, "limit", limit)]),
    ...Object.entries(limits).map(([value, each]) =>
      amount(`limits${pascal(unit)}.${value}`, `limit of ${value}`, each),
    ),
    ...(limitEach === undefined ? [] : [amount(`limitEach${pascal(unit)}`, "limit of each other value", limitEach)]),
    mainFact("period", "period", periodWords(budget), periodWords(budget)),
    ...(isRolling(period)
      ? []
      : [detail("offsetSeconds", "calendar", period.offsetSeconds, offsetWords(period.offsetSeconds))]),
    mainFact("counts", "counts", counted, counted),
    ...(meter.type === "metric" ? [] : priceFacts(meter.prices, unit)),
    mainFact("by", "by", by, by.join(", ") || "no label"),
    detail("thresholds", "alerts at", shares, sharesInWords || "no share"),
    ...unitCostFacts(budget),
  ];
}

function pricedWords({ counters, modelLabel, typeLabel }: Prices): string {
  const metrics =
    counters.type === "labelled"
      ? metricWords(counters.metric)
      : Object.entries(counters.metrics)
          .map(([type, metric]) => `${type} in ${metricWords(metric)}`)
          .join(", ");
  return `tokens at their prices: ${metrics}, by ${modelLabel} and ${typeLabel}`;
}

/** A type within another one is charged the difference, as the rules have it. */
function priceFacts({ perToken }: Prices, unit: string): Fact[] {
  return Object.entries(perToken).map(([model, types]) => {
    const words = Object.entries(types).map(([type, price]) => `${type} ${amountWords(exact(price * MILLION), unit)}`);
    return mainFact(`prices.${model}`, `1M tokens of ${model}`, types, words.join(", "));
  });
}

const MILLION = 1e6;

function unitCostFacts({ unitCost: { perRequest, per1kTokens, minRequests }, unit }: SpendBudget): Fact[] {
  const amount = (field: string, label: string, value: number | undefined): Fact[] =>
    value === undefined ? [] : [mainFact(field, label, value, amountWords(value, unit))];
  return [
    ...amount("unitCost.perRequest", "a request may cost", perRequest),
    ...amount("unitCost.per1kTokens", "1k tokens may cost", per1kTokens),
    detail("unitCost.minRequests", "unit cost needs", minRequests, `${printNumber(minRequests)} requests`),
  ];
}
