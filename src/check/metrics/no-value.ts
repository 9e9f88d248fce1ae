/** Whether an expression that is compared gives such a value: a gauge, a share, or a time. */
import type { Plan } from "../../compile/plan.ts";
import type { Reading } from "../../promql/shape/readings.ts";
import type { Shape } from "../../promql/shape/shape.ts";
import { typeByName } from "./known-types.ts";
import { scaleByName } from "./scales.ts";
import type { Fault, Use } from "./uses.ts";

type Types = Plan["platform"]["metricTypes"];

/** What is wrong with the one series that it reads, or the one share that it makes. */
export function noValue({ as, metric }: Use, { readings, selectors }: Shape, types: Types): Fault[] {
  if (as === "time" && metric.type === "promql" && /^[\s(]*time\(\)\s*-/.test(metric.text)) return [AGE];
  const [reading, ...more] = readings;
  if (!reading || more.length > 0 || as === "counter" || as === "histogram") return [];
  if (reading.type === "instant" && selectors.length === 1) return ofInstant(as, reading, types);
  if (as !== "ratio") return [];
  if (reading.type === "share" && reading.factor === 100) return [PERCENT];
  return reading.type === "rate" && !isOfTime(reading.metric) && selectors.length === 1 ? [NO_SHARE] : [];
}

const AGE: Fault = {
  code: "wrong-scale",
  message: "it gives an age, where the Unix time of the last success is wanted.",
  hint: "Leave `time() -` out: firebreak subtracts.",
};

const PERCENT: Fault = {
  code: "wrong-scale",
  message: "it is multiplied by 100, where a ratio between 0 and 1 is wanted.",
  hint: "Leave the factor out.",
};

const NO_SHARE: Fault = {
  code: "wrong-scale",
  message: "it gives events per second, where a ratio between 0 and 1 is wanted.",
  hint: "Write events({ total, bad }) with the counters, or divide by the rate of all.",
};

/** Seconds per second are a share of the time. */
function isOfTime(metric: string): boolean {
  return /_(seconds|milliseconds)(_total|_sum)?$/.test(metric);
}

function ofInstant(as: Use["as"], { metric, factor }: Extract<Reading, { type: "instant" }>, types: Types): Fault[] {
  const declared = Object.hasOwn(types, metric) ? types[metric] : undefined;
  const byName = typeByName(metric) ?? (/_(total|bucket)$/.test(metric) ? "counter" : undefined);
  if ((declared ?? byName) === "counter") return [ofCounter(metric)];
  const scale = factor === 1 && declared === undefined ? scaleByName(as, metric) : undefined;
  if (!scale) return [];
  const hint = scale.divisor === undefined ? `${scale.hint}.` : `Divide it by ${scale.divisor}.`;
  return [{ code: "wrong-scale", message: `\`${metric}\` ${scale.message}.`, hint }];
}

function ofCounter(metric: string): Fault {
  return {
    code: "not-a-gauge",
    message: `\`${metric}\` is a counter, and stands without \`rate\`: it only says how long the process runs.`,
    hint: `Write rate(${metric}[5m]), or events({ total, bad }); where it is a gauge in spite of its name, say so in the platform: metricTypes: { ${JSON.stringify(metric)}: "gauge" }.`,
  };
}
