/** What was spent since the last evaluation: what a counter gained, or what counters of tokens gained at their prices. */
import type { Prices } from "../../model/service.ts";
import type { Expr } from "../../promql/ast.ts";
import { binary, call, number, offset, over, selector, sumBy } from "../../promql/build.ts";
import { oncePer } from "../../promql/clock.ts";
import { printSeconds } from "../../promql/duration.ts";
import { spent, spentWords } from "../../sli/counting/gain.ts";
import type { ParsedMetric } from "../../sli/metric.ts";
import { increaseRecord, priceRecord, spendRecords, tileRecord } from "../names.ts";
import type { RecordingRule } from "../plan.ts";
import { increase, type SpendMeasurement } from "./spend-measurement.ts";

/** Spend since the last evaluation by the budget's labels, and what it is made from where that is tokens. */
export function meterRules(measurement: SpendMeasurement): RecordingRule[] {
  const { meter } = measurement.budget;
  if (meter.type === "prices") return [...tokenRules(meter.prices, measurement), paidRule(meter.prices, measurement)];
  const comment = spentWords(meter.metric, measurement.base);
  return [
    { ...record(increaseRecord(measurement.budget), spent(meter.metric, measurement.base), measurement), comment },
  ];
}

/** One sample a tile, behind by one evaluation: a ruler that shows results only afterwards loses nothing. */
export function tileRule(measurement: SpendMeasurement): RecordingRule {
  const { budget, intervalSeconds, tileSeconds } = measurement;
  const sum = call("sum_over_time", offset(over(increase(measurement), tileSeconds * 1000), intervalSeconds * 1000));
  const each = printSeconds(tileSeconds);
  return {
    ...record(tileRecord(increaseRecord(budget), tileSeconds), oncePer(tileSeconds, intervalSeconds, sum), measurement),
    everySeconds: tileSeconds,
    comment: `${each} of spend in one sample, once every ${each}: what the period and the slow windows read.`,
  };
}

/** What a token costs, by model and type: a rule each, which reads as the table that was declared. */
export function priceRules(measurement: SpendMeasurement): RecordingRule[] {
  const { budget } = measurement;
  if (budget.meter.type === "metric") return [];
  const { modelLabel, typeLabel, perToken } = budget.meter.prices;
  return Object.entries(perToken).flatMap(([model, types]) =>
    Object.entries(types).map(([type, price]) =>
      record(priceRecord(budget), call("vector", number(price)), measurement, {
        [modelLabel]: model,
        [typeLabel]: type,
      }),
    ),
  );
}

/** Tokens since the last evaluation, by model and type. */
function tokenRules({ counters, modelLabel, typeLabel }: Prices, measurement: SpendMeasurement): RecordingRule[] {
  const by = (...labels: string[]) => ({ ...measurement.base, by: distinct([...measurement.base.by, ...labels]) });
  const rule = (metric: ParsedMetric, base: SpendMeasurement["base"], labels: Record<string, string>) =>
    record(spendRecords.tokens, spent(metric, base), measurement, labels);
  if (counters.type === "labelled") {
    const comment = spentWords(counters.metric, measurement.base);
    return [{ ...rule(counters.metric, by(modelLabel, typeLabel), {}), comment }];
  }
  return Object.entries(counters.metrics).map(([type, metric], index) => ({
    ...rule(metric, by(modelLabel), { [typeLabel]: type }),
    ...(index === 0 ? { comment: spentWords(metric, measurement.base) } : {}),
  }));
}

/** Each sample of tokens is paid once: the one of the evaluation before, on every ruler. */
function paidRule({ modelLabel, typeLabel }: Prices, measurement: SpendMeasurement): RecordingRule {
  const { budget, base } = measurement;
  const counted = offset(over(selector(spendRecords.tokens, base.id), base.intervalMs), base.intervalMs);
  const paid = binary("*", call("sum_over_time", counted), selector(priceRecord(budget), base.id), {
    type: "on",
    labels: [modelLabel, typeLabel],
    group: "left",
    include: [],
  });
  const comment = "Cost of the previous evaluation's tokens. Those without a price are free, and reported below.";
  return { ...record(increaseRecord(budget), sumBy(base.by, paid), measurement), comment };
}

function record(
  name: string,
  expr: Expr,
  { base }: SpendMeasurement,
  labels: Readonly<Record<string, string>> = {},
): RecordingRule {
  return { type: "record", record: name, expr, labels: { ...base.id, ...labels } };
}

function distinct(labels: readonly string[]): string[] {
  return [...new Set(labels)].sort();
}
