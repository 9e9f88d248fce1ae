/** What alerts of a budget say in amounts: spent, of what limit, when it is reached or reset, and who spends most. */

import { isRolling, periodName } from "../../model/period.ts";
import type { SpendBudget } from "../../model/service.ts";
import { print } from "../../promql/print.ts";
import { printLabel } from "../../promql/print-selector.ts";
import { HOUR } from "../../time/units.ts";
import { ownMatchers, whereAnswered } from "../annotations/annotation-query.ts";
import { labelInTemplate } from "../annotations/label-in-template.ts";
import { periodLength } from "../calendar.ts";
import { burnRecord, limitRecord, periodRecord, spendRecords, startRecord } from "../names.ts";
import type { SpendContext } from "./alerts/alert.ts";
import { limitLabels, type SpendMeasurement } from "./spend-measurement.ts";

/** `litellm/daily-spend gpt-4`; the overall limit has no value. */
export function limitName({ budget, measurement }: SpendContext): string {
  const values = limitLabels(measurement).map((label) => `{{ with ${labelInTemplate(label)} }} {{ . }}{{ end }}`);
  return `${budget.id}${values.join("")}`;
}

/** `$624 of $600 today`: a share of the limit, as an amount. */
export function amountOfLimit(measurement: SpendMeasurement, share: string = spendRecords.used): string {
  const labels = limitLabels(measurement);
  const { budget } = measurement;
  const limit = `${limitRecord(budget)}{${ownMatchers(measurement.base.id, budget.by)}}`;
  const own = ownMatchers(measurement.base.id, labels);
  const amount = `${share}{${own}} * on (${budget.by.map(printLabel).join(", ")}) group_left () ${limit}`;
  const of = whereAnswered(limit, budget.by, ` of ${shown(budget)} ${periodWord(budget)}`);
  return `${whereAnswered(amount, labels, shown(budget))}${of}`;
}

/** `97% of today's limit`, of what `share` is a share of. */
export function shareOfLimit(measurement: SpendMeasurement, share: string): string {
  const labels = limitLabels(measurement);
  const percent = `100 * ${share}{${ownMatchers(measurement.base.id, labels)}}`;
  return `${whereAnswered(percent, labels, '{{ first . | value | printf "%.0f" }}%')} of ${limitWords(measurement.budget)}`;
}

/** `today's limit`, `this month's limit`, or `the limit for 7d`. */
export function limitWords(budget: SpendBudget): string {
  const { period } = budget;
  return isRolling(period) ? `the limit for ${periodName(period)}` : `${periodWord(budget)}'s limit`;
}

/** `$48`: what the last hour cost. */
export function amountInHour(measurement: SpendMeasurement): string {
  const { budget, periodSeconds, base } = measurement;
  const own = ownMatchers(base.id, limitLabels(measurement));
  const limit = `${limitRecord(budget)}{${ownMatchers(base.id, budget.by)}}`;
  const rate = `${burnRecord(HOUR)}{${own}} * on (${budget.by.map(printLabel).join(", ")}) group_left () ${limit}`;
  return whereAnswered(`${rate} * ${HOUR} / ${periodSeconds}`, limitLabels(measurement), shown(budget));
}

/** `, 3.2× a week ago`. */
export function timesAWeekAgo(measurement: SpendMeasurement): string {
  const hour = `${burnRecord(HOUR)}{${ownMatchers(measurement.base.id, limitLabels(measurement))}}`;
  const words = `, {{ first . | value | printf "%.1f" }}× last week's`;
  return whereAnswered(`${hour} / ${hour} offset 1w < Inf`, limitLabels(measurement), words);
}

/** `, limit in 2h`, at the pace of a burn rate. Nothing once it is reached. */
export function limitReached(measurement: SpendMeasurement, burn: string, words = ", limit in"): string {
  const own = ownMatchers(measurement.base.id, limitLabels(measurement));
  const left = `(1 - ${spendRecords.used}{${own}}) * ${measurement.periodSeconds} / ${burn}{${own}} > 0`;
  return whereAnswered(left, limitLabels(measurement), `${words} {{ first . | value | humanizeDuration }}`);
}

/** When the next period begins and, of the overall limit, the value that spent most. */
export function resetAndTop({ budget, measurement }: SpendContext): string {
  return reset(measurement) + top(budget, measurement);
}

function reset({ budget, base, calendar }: SpendMeasurement): string {
  if (calendar === undefined) return "";
  const length = periodLength(calendar.unit, calendar.offsetSeconds);
  const matching = length.node === "number" ? "" : "on () ";
  const seconds = `${matching}${print(length, Number.POSITIVE_INFINITY)}`;
  const ends = `clamp_min(${startRecord(budget)}{${ownMatchers(base.id, [])}} + ${seconds} - time(), 0)`;
  return whereAnswered(ends, [], " Resets in {{ first . | value | humanizeDuration }}.");
}

function top(budget: SpendBudget, measurement: SpendMeasurement): string {
  const [label] = budget.by;
  if (label === undefined) return "";
  const { identity } = measurement.base;
  const spent = `topk(1, ${periodRecord(budget)}{${ownMatchers(measurement.base.id, identity)}})`;
  const most = ` Top ${label}: {{ first . | label "${label}" }}, ${shown(budget)}.`;
  return `{{ if not ${labelInTemplate(label)} }}${whereAnswered(spent, identity, most)}{{ end }}`;
}

/** An amount as people write it: cents where it is small, commas where it is large. */
function shown(budget: SpendBudget): string {
  if (budget.unit === "tokens") return "{{ first . | value | humanize }} tokens";
  // A limit of one value may be a thousandth of another, and what is spent many times its limit.
  const passes = largest(budget) < 100_000_000 ? [MILLIONS] : [MILLIONS, MILLIONS];
  const number = `{{ first . | value | ${['printf "%.2f"', NO_CENTS, THOUSANDS, ...passes].join(" | ")} }}`;
  return budget.unit === "dollars" ? `$${number}` : `${number} ${budget.unit}`;
}

/** From 100 on. They are cut, not rounded: 599.60 is not yet 600. */
const NO_CENTS = 'reReplaceAll "([0-9]{3})[.][0-9]+$" "$1"';
const THOUSANDS = 'reReplaceAll "([0-9])([0-9]{3})$" "$1,$2"';
const MILLIONS = 'reReplaceAll "([0-9])([0-9]{3})," "$1,$2,"';

function largest({ limit = 0, limitEach = 0, limits }: SpendBudget): number {
  return Math.max(limit, limitEach, ...Object.values(limits));
}

/** `today`, `this month`, or `within 7d`. */
function periodWord({ period }: SpendBudget): string {
  if (isRolling(period)) return `within ${periodName(period)}`;
  return period.unit === "day" ? "today" : `this ${period.unit}`;
}
