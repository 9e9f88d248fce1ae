/** How fast money goes: burn rates, and their alerts. */

import type { SpendBurn } from "../../../model/service.ts";
import type { Expr } from "../../../promql/ast.ts";
import { binary, call, number, offset, over, selector } from "../../../promql/build.ts";
import { printSeconds } from "../../../promql/duration.ts";
import { exact, printNumber } from "../../../promql/number.ts";
import { HOUR } from "../../../time/units.ts";
import { spendBurnAlertName } from "../../alert-names.ts";
import { burnRecord, spendRecords } from "../../names.ts";
import type { AlertingRule, RecordingRule } from "../../plan.ts";
import { increase, type SpendMeasurement, spentWithin } from "../spend-measurement.ts";
import { amountOfLimit, limitName, limitReached, limitWords, resetAndTop } from "../spend-texts.ts";
import { ENFORCES_NOTHING } from "../words.ts";
import { type SpendContext, spendAlert } from "./alert.ts";
import { atEnd, hasForecast, paceSeconds } from "./forecast.ts";
import { overLimits } from "./limits.ts";
import { fasterBurns, spentShare, unlessOvertaken } from "./overtaken.ts";

/** What burn rates are sums of. Behind by one evaluation, so that it needs no sample of this one. */
export function shareRules(measurement: SpendMeasurement): RecordingRule[] {
  const { budget, base } = measurement;
  if (budget.burns.length === 0 && otherWindows(measurement).length === 0) return [];
  const spent = offset(over(increase(measurement), base.intervalMs), base.intervalMs);
  const expr = overLimits(call("sum_over_time", spent), measurement);
  const comment = "Share of each limit spent in the previous evaluation: overall and per value.";
  return [{ type: "record", record: spendRecords.share, expr, labels: base.id, comment }];
}

/** Burn rates of the windows that page; or else those of tickets, the anomaly and the forecast. */
export function burnRules(which: "fast" | "slow", measurement: SpendMeasurement): RecordingRule[] {
  const fast = windowsOf(measurement.budget.burns.filter(isPage), measurement);
  const all = [...windowsOf(measurement.budget.burns, measurement), ...otherWindows(measurement)];
  const seconds = which === "fast" ? fast : distinct(all).filter((each) => !fast.includes(each));
  const rules = seconds.map((each) => burnRule(each, measurement));
  return rules.map((rule, index) => (index === 0 && which === "fast" ? { ...rule, comment: BURN_WORDS } : rule));
}

const BURN_WORDS = "Burn rates: at 1 the limit lasts exactly its period.";

/** Multiples of the sustainable rate; the short window ends the alert soon after the spending does, and once: what goes on soon after is not another alert. */
export function spendBurnAlerts(which: "fast" | "slow", context: SpendContext): AlertingRule[] {
  const burns = context.budget.burns.filter((burn) => isPage(burn) === (which === "fast"));
  return burns.map((burn) => burnAlert(burn, context));
}

/** Whole evaluations, two at least: a window that holds a part of one would hold now fewer and now more. */
export function burnWindows(burn: SpendBurn, { intervalSeconds }: SpendMeasurement): { long: number; short: number } {
  const whole = (seconds: number): number => Math.max(2, Math.ceil(seconds / intervalSeconds)) * intervalSeconds;
  return { long: whole(burn.longSeconds), short: whole(burn.shortSeconds) };
}

/**
 * How long an alert outlasts its condition: until what was spent has left the short windows of the slower burns that it
 * ends, which would ring when all is over. One that ends none is kept for its own, unless it is ended itself.
 */
export function burnKeptSeconds(burn: SpendBurn, measurement: SpendMeasurement): number {
  const others = measurement.budget.burns.filter(({ name }) => name !== burn.name);
  const shorts = others
    .filter((slower) => slower.burn < burn.burn)
    .map((slower) => burnWindows(slower, measurement).short);
  if (shorts.length > 0) return Math.max(...shorts) + measurement.tileSeconds;
  return others.length === 0 ? burnWindows(burn, measurement).short : 0;
}

/** The share of the limit that is spent within a window at this burn. */
export function burnShare({ periodSeconds }: SpendMeasurement, burn: number, seconds: number): number {
  return exact((burn * seconds) / periodSeconds);
}

function isPage({ severity }: SpendBurn): boolean {
  return severity === "page";
}

function windowsOf(burns: readonly SpendBurn[], measurement: SpendMeasurement): number[] {
  return distinct(burns.flatMap((burn) => Object.values(burnWindows(burn, measurement))));
}

function otherWindows(measurement: SpendMeasurement): number[] {
  return [
    ...(measurement.budget.anomaly ? [HOUR] : []),
    ...(hasForecast(measurement) ? [paceSeconds(measurement)] : []),
  ];
}

function burnRule(seconds: number, measurement: SpendMeasurement): RecordingRule {
  const factor = exact(measurement.periodSeconds / seconds);
  const expr =
    seconds > LONGEST_FROM_SHARES ? tiledBurn(seconds, factor, measurement) : burn(seconds, factor, measurement);
  return { type: "record", record: burnRecord(seconds), expr, labels: measurement.base.id };
}

/** Of longer windows tiles are read. */
const LONGEST_FROM_SHARES = 6 * HOUR;

function burn(seconds: number, factor: number, { base }: SpendMeasurement): Expr {
  const shares = over(selector(spendRecords.share, base.id), seconds * 1000);
  return binary("*", call("sum_over_time", shares), number(factor));
}

function tiledBurn(seconds: number, factor: number, measurement: SpendMeasurement): Expr {
  return overLimits(spentWithin(seconds, "tiles", measurement), measurement, factor);
}

function burnAlert(burn: SpendBurn, context: SpendContext): AlertingRule {
  const { budget, measurement } = context;
  const windows = burnWindows(burn, measurement);
  const above = (seconds: number): Expr =>
    binary(">", selector(burnRecord(seconds), measurement.base.id), number(burn.burn));
  const share = printNumber(exact(burnShare(measurement, burn.burn, windows.long) * 100));
  const long = printSeconds(windows.long);
  return spendAlert(
    {
      name: spendBurnAlertName(burn),
      tier: `burn-${burn.name}`,
      severity: burn.severity,
      ...commentOf(burn, measurement),
      expr: unlessOvertaken(
        burning(binary("and", above(windows.long), above(windows.short)), windows.long, measurement),
        burn,
        measurement,
      ),
      summary: {
        template: `${limitName(context)}: ${amountOfLimit(measurement)}${limitReached(measurement, burnRecord(windows.short))}`,
      },
      description: {
        template: `Spending over the last ${long} is {{ $value | printf "%.1f" }}× the rate that ${limitWords(budget)} allows: more than ${share}% of the limit went in that time.${resetAndTop(context)} ${ENFORCES_NOTHING}`,
      },
      forSeconds: 0,
      keepFiringForSeconds: burnKeptSeconds(burn, measurement),
      labels: { long, short: printSeconds(windows.short) },
    },
    context,
  );
}

/** What the expression alone does not say. */
function commentOf(burn: SpendBurn, { budget, calendar }: SpendMeasurement): { readonly comment?: string } {
  const overtaken = fasterBurns(burn, budget).length > 0;
  const spent = spentShare(burn, budget) !== undefined;
  const words = [
    ...(calendar ? ["Not where the period ends before the limit is reached at this pace."] : []),
    ...(spent ? ["Not once it is spent: another alert says so."] : []),
    ...(overtaken ? ["Not while a faster burn fires."] : []),
  ];
  return words.length === 0 ? {} : { comment: words.join(" ") };
}

/** A limit that resets before it is reached pages nobody. Whatever has no share of it yet still fires. */
function burning(above: Expr, seconds: number, measurement: SpendMeasurement): Expr {
  if (measurement.calendar === undefined) return above;
  return binary("unless", above, binary("<=", atEnd(seconds, measurement), number(1)));
}

function distinct(seconds: readonly number[]): number[] {
  return [...new Set(seconds)].sort((a, b) => a - b);
}
