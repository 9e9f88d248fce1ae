/** Thresholds of latencies: text with a unit, or a number in the metric's own, which its name says. */
import { parseDuration, suggestDuration } from "../../promql/duration.ts";
import { exact, printNumber } from "../../promql/number.ts";

interface Given {
  readonly threshold: string | number;
  readonly histogram: { readonly metric: string };
}

/** The threshold as people know it: `300ms (0.3)`, `500 seconds`. */
export function writtenThreshold({ threshold: given, histogram: { metric } }: Given): string {
  if (typeof given === "number") return [printNumber(given), unitName(metric)].join(" ").trimEnd();
  return `${given} (${printNumber(inUnit(given, metric))})`;
}

/** What a plain number of seconds may have been meant to be: `500` of a histogram in seconds. */
export function meantMilliseconds({ threshold: given, histogram: { metric } }: Given): number | undefined {
  return typeof given === "number" && unitName(metric) === "seconds" && isMilliseconds(given) ? given : undefined;
}

/** What a plain number of milliseconds may have been meant to be: `0.25` of a histogram of Envoy. */
export function meantSeconds({ threshold: given, histogram: { metric } }: Given): number | undefined {
  const isOne = typeof given === "number" && given > 0 && given < 10 && unitMs(metric) === 1;
  return isOne && Number.isInteger(exact(given * 1000)) ? given : undefined;
}

/** A boundary as it would be written for a threshold: of the same sort as the one that is there. */
export function boundaryLike({ threshold: given, histogram: { metric } }: Given, boundary: number): string {
  const text = typeof given === "number" ? undefined : suggestThreshold(`${printNumber(boundary * unitMs(metric))}ms`);
  return text !== undefined && inUnit(text, metric) === boundary ? text : printNumber(boundary);
}

/** Nobody promises a minute in seconds: from ten on, a number without a unit is taken for milliseconds. */
function isMilliseconds(given: number): boolean {
  return given >= 10 && Number.isInteger(given);
}

/** What to write instead of a text that is not a duration. */
export function thresholdHint(given: string, metric: string): string {
  const plain = /^\s*\d+(\.\d+)?\s*$/.test(given) ? Number(given) : undefined;
  if (plain === undefined) {
    const meant = suggestThreshold(given);
    return meant === undefined
      ? "Write `1s`, `250ms` or `50µs`, or a number in the metric's own unit."
      : `Write \`${meant}\`.`;
  }
  const milliseconds = unitMs(metric) === 1000 && isMilliseconds(plain) ? plain : plain * unitMs(metric);
  const meant = suggestThreshold(`${printNumber(milliseconds)}ms`);
  const own = `the number without quotes, ${plain}, is in the metric's own unit`;
  return meant === undefined ? `Write a unit, such as \`250ms\`; ${own}.` : `Write \`${meant}\`; ${own}.`;
}

/** The nearest threshold to a text that is almost one. A part of a millisecond is rounded nowhere: it is in microseconds. */
export function suggestThreshold(text: string): string | undefined {
  const [, amount, unit = ""] = /^(\d+(?:\.\d+)?)(.*)$/.exec(text.replaceAll(/\s+/g, "").toLowerCase()) ?? [];
  const microseconds = exact(Number(amount) * (unit === "ms" ? 1000 : 1));
  const isFine = MICROSECONDS.test(unit) || (unit === "ms" && microseconds % 1000 !== 0);
  if (!isFine || !Number.isInteger(microseconds) || microseconds === 0) return suggestDuration(text);
  return microseconds % 1000 === 0 ? suggestDuration(`${microseconds / 1000}ms`) : `${microseconds}µs`;
}

const MICROSECONDS = /^([uµμ]s|[uµμ]secs?|micros(ec(ond)?s?)?)$/;

/** With the sign that a keyboard has, a Greek letter or the unit's own: one threshold is written in one way. */
export function withMicroSign(text: string): string {
  return text.replace(/^([1-9]\d*)[uμ]s$/, "$1µs");
}

/** Windows and slices have no use for microseconds, nor has PromQL. */
function parseThreshold(text: string): number | undefined {
  const [, microseconds] = /^([1-9]\d*)µs$/.exec(withMicroSign(text)) ?? [];
  return microseconds === undefined ? parseDuration(text) : Number(microseconds) / 1000;
}

function unitName(metric: string): string {
  if (SILENT_MILLISECONDS.test(metric)) return "milliseconds";
  return /_(seconds|milliseconds|microseconds|nanoseconds)$/.exec(metric)?.[1] ?? "";
}

/** The threshold in the metric's own unit; not a number where it is not a duration. */
export function inUnit(given: string | number, metric: string): number {
  if (typeof given === "number") return given;
  const milliseconds = parseThreshold(given);
  return milliseconds === undefined ? Number.NaN : exact(milliseconds / unitMs(metric));
}

/**
 * Milliseconds that do not say so: times of Envoy (https://www.envoyproxy.io/docs/envoy/latest/operations/stats_overview),
 * Kong's before its release 3, and the durations of OpenTelemetry's conventions before they were stable.
 */
const SILENT_MILLISECONDS = /^envoy_.*_time$|^kong_latency$|^(http|rpc)[._](server|client)[._]duration$/;

function unitMs(metric: string): number {
  if (SILENT_MILLISECONDS.test(metric)) return 1;
  if (/_(ms|milliseconds)$/.test(metric)) return 1;
  if (/_(us|microseconds)$/.test(metric)) return 0.001;
  if (/_(ns|nanoseconds)$/.test(metric)) return 0.000001;
  return 1000;
}
