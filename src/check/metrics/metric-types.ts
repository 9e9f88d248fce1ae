/**
 * Whether metrics can be what they are taken for. A gauge that is read as a counter gains nothing: it is silent for ever,
 * without an issue at run time that would name it.
 */
import type { Plan } from "../../compile/plan.ts";
import { type Issue, issue } from "../../issue.ts";
import { print } from "../../promql/print.ts";
import type { Check } from "../check.ts";
import { typeByName } from "./known-types.ts";
import { ratedBy } from "./recorded-names.ts";
import { scaleByName } from "./scales.ts";
import { nameOf, type Use, usesOf } from "./uses.ts";

export const metricTypes: Check = {
  name: "metric-types",
  check: (plan) => usesOf(plan).flatMap((use) => checkType(use, plan.platform.metricTypes)),
};

interface Mistake {
  readonly code: "not-a-counter" | "not-a-gauge" | "wrong-scale";
  /** Follows the metric's name. */
  readonly message: string;
  readonly hint: string;
}

/** Whether the name was found to be another type's: what else it lacks as this one is not worth telling. */
export function isMistaken(use: Use, { platform }: Plan): boolean {
  return checkType(use, platform.metricTypes).length > 0;
}

function checkType(use: Use, declared: Plan["platform"]["metricTypes"]): Issue[] {
  const name = nameOf(use.metric);
  if (name === undefined) return [];
  const text = textOf(use);
  const type = Object.hasOwn(declared, name) ? declared[name] : undefined;
  const mistake = type === undefined ? mistakeOf(use.as, name, text) : contradiction(use.as, name, type, text);
  return mistake ? [issue(mistake.code, use.path, `\`${name}\` ${mistake.message}.`, mistake.hint, use.source)] : [];
}

/** What the platform says counts for more than what the name says. */
function contradiction(as: Use["as"], name: string, type: "counter" | "gauge", text: string): Mistake | undefined {
  const declared = `is a ${type}, as platform.metricTypes says`;
  if (type === "gauge" && as === "counter")
    return { code: "not-a-counter", message: declared, hint: perSecondHint(text) };
  if (type === "counter" && isGauge(as)) return { code: "not-a-gauge", message: declared, hint: `${GAUGE_HINTS[as]}.` };
  return type === "gauge" && isGauge(as) ? scaleOf(as, name, text) : undefined;
}

function mistakeOf(as: Use["as"], name: string, text: string): Mistake | undefined {
  if (as === "counter" || as === "histogram") return noCounter(name, text, as);
  return isGauge(as) ? (noGauge(as, name) ?? scaleOf(as, name, text)) : undefined;
}

function isGauge(as: Use["as"]): as is "gauge" | "ratio" | "probe" | "time" {
  return as === "gauge" || as === "ratio" || as === "probe" || as === "time";
}

/** Exporters of clouds say how many there were in the last period. */
const PER_PERIOD: readonly (readonly [whose: string, name: RegExp])[] = [
  ["CloudWatch", /^aws_.*_(sum|average|minimum|maximum|sample_?count|p\d+)$/],
  ["Azure Monitor", /^(azure(?:rm)?_.*_(total|count|average|minimum|maximum)|azurerm_resource_metric.*)$/],
  ["Google Cloud Monitoring", /^stackdriver_/],
];

/** Whether an exporter of a cloud has written it: so many in the last period. */
export function isPerPeriod(name: string): boolean {
  return PER_PERIOD.some(([, pattern]) => pattern.test(name));
}

function noCounter(name: string, text: string, as: "counter" | "histogram"): Mistake | undefined {
  const rated = ratedBy(name);
  if (rated) return { code: "not-a-counter", message: ratedWords(rated), hint: ratedHint(name, rated, text) };
  if (as === "histogram") return undefined;
  const cloud = PER_PERIOD.find(([, pattern]) => pattern.test(name));
  if (cloud)
    return {
      code: "not-a-counter",
      message: `is a per-period count from ${cloud[0]}, not a cumulative counter`,
      hint: `Write perPeriod({ metric: ${JSON.stringify(text)}, period: "1m" }), with the period of the exporter; ${otherwise(name)}`,
    };
  if (typeByName(name) !== "gauge") return undefined;
  return {
    code: "not-a-counter",
    message: "does not look like a counter, so its increase would be zero",
    hint: `Give a counter, such as one whose name ends in \`_total\`; ${otherwise(name)}`,
  };
}

type Rated = NonNullable<ReturnType<typeof ratedBy>>;

function ratedWords({ operation }: Rated): string {
  return `is a recorded ${operation === "irate" ? "rate" : operation} by its name, not a counter: it would gain nothing`;
}

/** A rate per second is what an expression gives. */
function ratedHint(name: string, { operation, range }: Rated, text: string): string {
  const best = "Give the counter that it is made of";
  if (operation === "rate" || operation === "irate")
    return `${best}; where only the rate is left, write { promql: ${JSON.stringify(`sum(${text})`)} }, which gives a rate per second.`;
  if (operation === "increase" && range !== undefined)
    return `${best}; where only the increase is left, divide it by its seconds: { promql: ${JSON.stringify(`sum(${text}) / ${range}`)} }, ${range} in seconds.`;
  return `${best}; ${otherwise(name)}`;
}

function perSecondHint(text: string): string {
  return `Give a counter; of a gauge that counts a period write perPeriod({ metric: ${JSON.stringify(text)}, period: "1m" }).`;
}

function otherwise(name: string, type: "counter" | "gauge" = "counter"): string {
  return `where it is a ${type} in spite of its name, say so in the platform: metricTypes: { ${JSON.stringify(name)}: "${type}" }.`;
}

const GAUGE_HINTS: Readonly<Record<"gauge" | "probe" | "ratio" | "time", string>> = {
  gauge:
    "Its value only says how long the process runs. For so many per second write throughput({ metric, atMost }); for failures, events({ total, bad })",
  probe: "A probe is a gauge of 0 and 1, such as `up` or `probe_success`; for failures write events({ total, bad })",
  ratio: "Write events({ total, bad }) with the counters that the ratio is made of",
  time: "Give the gauge that holds the Unix time of the last success, such as `…_last_success_timestamp_seconds`",
};

function noGauge(as: "gauge" | "ratio" | "probe" | "time", name: string): Mistake | undefined {
  const counts = as === "gauge" ? /_(total|bucket)$/ : /_(total|bucket|count|sum)$/;
  const type = typeByName(name);
  if (type === "gauge" || !(type === "counter" || counts.test(name))) return undefined;
  const message = `is a counter by its name, where ${GAUGE_WORDS[as]} is wanted`;
  return { code: "not-a-gauge", message, hint: `${GAUGE_HINTS[as]}; ${otherwise(name, "gauge")}` };
}

const GAUGE_WORDS = { gauge: "a gauge", probe: "a gauge of 0 and 1", ratio: "a ratio", time: "the time of a success" };

function scaleOf(as: Use["as"], name: string, text: string): Mistake | undefined {
  const found = scaleByName(as, name);
  if (found === undefined) return undefined;
  const hint =
    found.divisor === undefined
      ? `${found.hint}.`
      : `Write { promql: ${JSON.stringify(`${text} / ${found.divisor}`)} }.`;
  return { code: "wrong-scale", message: found.message, hint };
}

function textOf({ metric }: Use): string {
  return metric.type === "selector" ? print(metric.selector) : metric.text;
}
