/** Whether an expression that counts gives a rate per second: a count is a rate times the seconds of an evaluation. */
import type { Plan } from "../../compile/plan.ts";
import type { Reading } from "../../promql/shape/readings.ts";
import { DAY, HOUR } from "../../time/units.ts";
import { typeByName } from "./known-types.ts";
import { isPerPeriod } from "./metric-types.ts";
import { isRecordedRate } from "./recorded-names.ts";
import { sumByName } from "./recorded-sums.ts";
import type { Fault } from "./uses.ts";

type Types = Plan["platform"]["metricTypes"];
type Of<T extends Reading["type"]> = Extract<Reading, { readonly type: T }>;

/** What is wrong with where its values come from. */
export function noRate(reading: Reading, types: Types): Fault[] {
  switch (reading.type) {
    case "rate":
      return rateOfGauge(reading.metric, types) ?? [...perLonger(reading), ...sumByName(reading.metric, types)];
    case "share":
      return [notARate("it divides a rate by a rate, which is a share and counts nothing", SHARE_HINT)];
    case "range":
      return isPerSecondOf(reading)
        ? (rateOfGauge(reading.metric, types) ?? sumByName(reading.metric, types))
        : [ofRange(reading)];
    case "rate-of-result":
      return [notARate("it is a rate of a result, which falls without a restart", RESULT_HINT)];
    case "no-count":
      return [notARate(`\`${reading.by}\` gives no number of events`, INSTANT_HINT)];
    case "instant":
      return isPerSecond(reading, types) ? [] : [notARate(instantWords(reading.metric), INSTANT_HINT)];
  }
}

const SHARE_HINT = "Give the rate alone: firebreak divides. A share that exists already is `ratio({ good })`.";
const RESULT_HINT = "Write the rate inside and the sum outside: sum(rate(x[$window])).";
const INSTANT_HINT =
  'Write sum(rate(…[$window])) of a counter; divide what counts a period by its seconds; for slices of time use `gauge`. Where it is a rate per second already, say so in the platform: metricTypes: { …: "gauge" }.';

function notARate(message: string, hint: string): Fault {
  return { code: "not-a-rate", message: `${message}; a rate per second is wanted.`, hint };
}

/** Of what is not a counter, `rate` takes each fall for a restart. */
function rateOfGauge(metric: string, types: Types): Fault[] | undefined {
  const declared = Object.hasOwn(types, metric) ? types[metric] : undefined;
  const type = declared ?? (isPerPeriod(metric) || isRecordedRate(metric) ? "gauge" : typeByName(metric));
  if (metric === "" || type !== "gauge") return undefined;
  return [
    {
      code: "not-a-counter",
      message: `\`${metric}\` is a gauge, and \`rate\` takes each fall of it for a restart.`,
      hint: isPerPeriod(metric)
        ? `Write perPeriod({ metric: ${JSON.stringify(metric)}, period: "1m" }), with the period of the exporter.`
        : `Give a counter; where it is one in spite of its name, say so in the platform: metricTypes: { ${JSON.stringify(metric)}: "counter" }.`,
    },
  ];
}

/** A rate times 60 is one per minute. Minutes of something are counted in seconds that way. */
function perLonger({ factor, metric, seconds }: Of<"rate">): Fault[] {
  const isLonger = [60, HOUR, DAY, seconds].includes(factor) && factor !== 1;
  if (!isLonger || /minutes?|hours?|days?/.test(metric)) return [];
  return [notARate(`it is multiplied by ${factor}, so it is not a rate per second`, "Leave the factor out.")];
}

/** Divided by just its own length. Without one that can be read, any division is taken for it. */
function isPerSecondOf({ name, factor, seconds }: Of<"range">): boolean {
  if (name !== "increase" || seconds === undefined || Number.isNaN(factor)) return factor !== 1;
  return Math.abs(factor * seconds - 1) < 0.01;
}

function ofRange({ name, factor, seconds }: Of<"range">): Fault {
  if (name !== "increase")
    return notARate(
      `\`${name}\` gives no events per second`,
      "Write sum(rate(…[$window])) of a counter; what counts a period is divided by the period's seconds.",
    );
  if (factor !== 1)
    return notARate(
      `\`increase\` is divided by other than the ${seconds ?? "…"} seconds of its range`,
      "Write `rate` for `increase`, and leave the division out.",
    );
  return notARate(
    "`increase` gives events of its whole range, so every event would count many times",
    "Write `rate` for `increase`; what counts a period is divided by the period's seconds.",
  );
}

function instantWords(metric: string): string {
  return `\`${metric}\` stands without \`rate\`, so what it shows would count at every evaluation`;
}

/** Its name or the platform says so, or it is divided and no counter. */
function isPerSecond({ metric, factor }: Of<"instant">, types: Types): boolean {
  if (Object.hasOwn(types, metric)) return types[metric] === "gauge";
  if (isRecordedRate(metric) || /(?:^|_)(per_second|rps|qps|rate)$/.test(metric)) return true;
  return factor !== 1 && (isPerPeriod(metric) || !/_(total|bucket|count|sum)$/.test(metric));
}
