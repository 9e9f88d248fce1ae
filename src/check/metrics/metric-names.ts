/**
 * Whether metrics keep to `<namespace>_<metric>_<unit>_<suffix>`: a name that does not say what it counts is read wrongly by somebody.
 * https://prometheus.io/docs/practices/naming/
 */
import { type Issue, issue } from "../../issue.ts";
import type { Check } from "../check.ts";
import { foreignPrefixes } from "./foreign-names.ts";
import { isMistaken } from "./metric-types.ts";
import { isSmallerMoney } from "./units.ts";
import { nameOf, type Use, usesOf } from "./uses.ts";

export const metricNames: Check = {
  name: "metric-names",
  check: (plan) =>
    usesOf(plan).flatMap((use) =>
      isMistaken(use, plan) || isSmallerMoney(use) ? [] : checkName(use, plan.platform.foreign),
    ),
};

function checkName(use: Use, declared: readonly string[]): Issue[] {
  const name = nameOf(use.metric);
  const problem = name === undefined || isForeign(name, declared) ? undefined : problemOf({ name, as: use.as });
  return problem ? [issue("metric-name", use.path, `\`${name}\` ${problem[0]}.`, problem[1], use.source)] : [];
}

/** Names that the user cannot choose: those of known systems, and of recording rules. */
function isForeign(name: string, declared: readonly string[]): boolean {
  const prefixes = [...foreignPrefixes, ...declared];
  return prefixes.some((prefix) => name.startsWith(prefix)) || isMadeElsewhere(name) || FOREIGN_NAMES.includes(name);
}

/** By recording rules, or by OpenTelemetry, whose names have dots. */
function isMadeElsewhere(name: string): boolean {
  return name.split(":").length > 2 || /^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$/.test(name);
}

const FOREIGN_NAMES = [
  "up",
  // OpenTelemetry's spanmetrics connector.
  "calls_total",
  "duration_milliseconds",
  "duration_seconds",
  "time_to_first_token_seconds",
  "time_per_output_token_seconds",
  "e2e_request_latency_seconds",
];

const COUNTER_ENDS = /_(total|count|sum|bucket)$/;
const UNIT_ENDS =
  /_(seconds|bytes|tokens|ratio|dollars|euros|meters|joules|grams|celsius|amperes|volts|score|scores)(_histogram)?$/;

type Problem = readonly [message: string, hint: string];

function problemOf({ name, as }: { readonly name: string; readonly as: Use["as"] }): Problem | undefined {
  if (!/^[a-z][a-z0-9_:]*$/.test(name))
    return ["is not in snake case", `Name it \`${snakeCase(name)}\` where it is instrumented.`];
  if (!/[a-z0-9][_:][a-z0-9]/.test(name))
    return ["has no namespace", `Name it after what it belongs to, such as \`ai_${name}\`.`];
  const scaled = scaledUnit(name);
  if (scaled) return [`counts in ${scaled[0]}`, `Measure in base units: \`${name.replace(scaled[1], scaled[2])}\`.`];
  if (as === "counter" && !COUNTER_ENDS.test(name))
    return [
      "is read as a counter and does not end in `_total`",
      `Check whether it is a counter: a gauge counts nothing, and gauge({ metric }) reads it. If it is, name it \`${name}_total\` where it is instrumented.`,
    ];
  if (as === "histogram" && !UNIT_ENDS.test(name))
    return [
      "does not name its unit, so it is read as seconds",
      `Name it \`${name}_seconds\` where it is instrumented.`,
    ];
  return undefined;
}

function snakeCase(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replaceAll(/[^a-zA-Z0-9_:]+/g, "_")
    .toLowerCase();
}

const SCALED: readonly (readonly [words: string, written: string, base: string])[] = [
  ["milliseconds", "milliseconds|millis|msec|ms", "seconds"],
  ["microseconds", "microseconds|micros|usec|us", "seconds"],
  ["nanoseconds", "nanoseconds|nanos|nsec|ns", "seconds"],
  ["minutes", "minutes|mins", "seconds"],
  ["hours", "hours", "seconds"],
  ["days", "days", "seconds"],
  ["kilobytes", "kilobytes|kbytes|kb|kib", "bytes"],
  ["megabytes", "megabytes|mbytes|mb|mib", "bytes"],
  ["gigabytes", "gigabytes|gbytes|gb|gib", "bytes"],
  ["percent", "percent|percentage|pct", "ratio"],
  ["cents", "cents", "dollars"],
];

/** A unit that is a multiple or part of the base unit, where a unit stands: at the end, or before the suffix. */
function scaledUnit(name: string): readonly [words: string, place: RegExp, base: string] | undefined {
  for (const [words, written, base] of SCALED) {
    const place = new RegExp(`(?<=_)(?:${written})(?=$|_(?:total|count|sum|bucket)$)`);
    if (place.test(name)) return [words, place, base];
  }
  return undefined;
}
