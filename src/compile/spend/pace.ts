/** How fast money goes: burn rates and their alerts, and the forecast for the end of the period. */
import type { SpendBurn } from "../../model/service.ts";
import type { Expr, Matching } from "../../promql/ast.ts";
import { binary, call, number, offset, on, over, selector } from "../../promql/build.ts";
import { printSeconds } from "../../promql/duration.ts";
import { exact, printNumber } from "../../promql/number.ts";
import type { AlertingRule, RecordingRule } from "../plan.ts";
import { type SpendContext, spendAlert } from "./alert.ts";
import { overLimits } from "./limits.ts";
import { increase, type SpendMeasure, spentWithin } from "./measure.ts";
import { burnRecord, spendBurnAlertName, spendRecords } from "./names.ts";
import { amountOfLimit, limitName, limitReached, resetAndTop } from "./spend-texts.ts";
import { ENFORCES_NOTHING, periodWords } from "./words.ts";

const HOUR = 3600;
const DAY = 86_400;

/** What burn rates are sums of. Behind by one evaluation, so that it needs no sample of this one. */
export function shareRules(measure: SpendMeasure): RecordingRule[] {
  const { budget, base } = measure;
  if (budget.burns.length === 0 && otherWindows(measure).length === 0) return [];
  const spent = offset(over(increase(measure), base.intervalMs), base.intervalMs);
  const expr = overLimits(call("sum_over_time", spent), measure);
  const comment = "The share of every limit that was spent in the evaluation before: in all, and of single values.";
  return [{ type: "record", record: spendRecords.share, expr, labels: base.id, comment }];
}

/** Burn rates of the windows that page; or else those of tickets, the anomaly and the forecast. */
export function burnRules(which: "fast" | "slow", measure: SpendMeasure): RecordingRule[] {
  const fast = windowsOf(measure.budget.burns.filter(isPage), measure);
  const all = [...windowsOf(measure.budget.burns, measure), ...otherWindows(measure)];
  const seconds = which === "fast" ? fast : distinct(all).filter((each) => !fast.includes(each));
  const rules = seconds.map((each) => burnRule(each, measure));
  return rules.map((rule, index) => (index === 0 && which === "fast" ? { ...rule, comment: BURN_WORDS } : rule));
}

const BURN_WORDS = "Burn rates: 1 spends the limit in exactly its period.";

/** Multiples of the sustainable rate; the short window ends the alert soon after the spending does, and once: what goes on within it is no other alert. */
export function spendBurnAlerts(which: "fast" | "slow", context: SpendContext): AlertingRule[] {
  const burns = context.budget.burns.filter((burn) => isPage(burn) === (which === "fast"));
  return burns.map((burn) => burnAlert(burn, context));
}

/** Whole evaluations, two at least: a window that holds a part of one would hold now fewer and now more. */
export function burnWindows(burn: SpendBurn, { intervalSeconds }: SpendMeasure): { long: number; short: number } {
  const whole = (seconds: number): number => Math.max(2, Math.ceil(seconds / intervalSeconds)) * intervalSeconds;
  return { long: whole(burn.longSeconds), short: whole(burn.shortSeconds) };
}

/** The share of the limit that is spent within a window at this burn. */
export function burnShare({ periodSeconds }: SpendMeasure, burn: number, seconds: number): number {
  return exact((burn * seconds) / periodSeconds);
}

/** How far back the pace is read: long enough for a day's course where the period has several days. */
export function paceSeconds({ calendar }: SpendMeasure): number {
  switch (calendar?.unit) {
    case "year":
    case "quarter":
      return 7 * DAY;
    case "month":
      return 3 * DAY;
    case "week":
      return DAY;
    default:
      return 6 * HOUR;
  }
}

/** Whether the end of the period can be forecast: an hour is over before a forecast is of use. */
export function hasForecast({ budget, calendar }: SpendMeasure): boolean {
  return budget.forecast && calendar !== undefined && calendar.unit !== "hour";
}

/** The share of every limit that will be spent at the end. Before it begins, the pace would be that of the period before, or a guess. */
export function forecastRules(measure: SpendMeasure): RecordingRule[] {
  if (!hasForecast(measure)) return [];
  const { base } = measure;
  const elapsed = selector(spendRecords.elapsed, base.id);
  const begins = forecastBegins(measure);
  const expr = binary("and", atEnd(paceSeconds(measure), measure), binary(">", elapsed, number(begins)), on());
  const comment = `What is spent at the period's end if it goes on as in the last ${printSeconds(paceSeconds(measure))}. Not in the first ${printNumber(exact(begins * 100))}% of the period: the pace would be that of the period before.`;
  return [{ type: "record", record: spendRecords.forecast, expr, labels: base.id, comment }];
}

/** From which share of the period on it is forecast: a tenth, and as much as the pace looks back in the shortest one. */
export function forecastBegins(measure: SpendMeasure): number {
  const shortest = measure.calendar?.unit === "month" ? 28 * DAY : measure.periodSeconds;
  return Math.max(0.1, Math.ceil((100 * paceSeconds(measure)) / shortest) / 100);
}

/** The share of every limit that is spent at the period's end, if it goes on as in a window. */
function atEnd(seconds: number, { base }: SpendMeasure): Expr {
  const toCome = binary("-", number(1), selector(spendRecords.elapsed, base.id));
  const pace = binary("*", selector(burnRecord(seconds), base.id), toCome, ALL);
  return binary("+", selector(spendRecords.used, base.id), pace);
}

/** A limit that is spent has no forecast: the alert ends here, since Alertmanager never sends the end of an inhibited one. */
export function forecastAlert(context: SpendContext): AlertingRule[] {
  const { budget, measure } = context;
  if (!hasForecast(measure)) return [];
  const above = binary(">", selector(spendRecords.forecast, measure.base.id), number(1));
  const forecast = amountOfLimit(measure, spendRecords.forecast);
  const spent = binary(">=", selector(spendRecords.used, measure.base.id), number(1));
  return [
    spendAlert(
      {
        name: "BudgetForecast",
        tier: "forecast",
        severity: "ticket",
        expr: binary("unless", above, spent),
        summary: { template: `${limitName(context)}: ${forecast}, at this pace` },
        description: {
          template: `At the pace of the last ${printSeconds(paceSeconds(measure))}, {{ $value | humanizePercentage }} of what may be spent ${periodWords(budget)} will be spent by its end.${resetAndTop(context)}`,
        },
        forSeconds: HOUR / 2,
      },
      context,
    ),
  ];
}

const ALL: Matching = { type: "on", labels: [], group: "left", include: [] };

function isPage({ severity }: SpendBurn): boolean {
  return severity === "page";
}

function windowsOf(burns: readonly SpendBurn[], measure: SpendMeasure): number[] {
  return distinct(burns.flatMap((burn) => Object.values(burnWindows(burn, measure))));
}

function otherWindows(measure: SpendMeasure): number[] {
  return [...(measure.budget.anomaly ? [HOUR] : []), ...(hasForecast(measure) ? [paceSeconds(measure)] : [])];
}

function burnRule(seconds: number, measure: SpendMeasure): RecordingRule {
  const factor = exact(measure.periodSeconds / seconds);
  const expr = seconds > LONGEST_FROM_SHARES ? tiledBurn(seconds, factor, measure) : burn(seconds, factor, measure);
  return { type: "record", record: burnRecord(seconds), expr, labels: measure.base.id };
}

/** Of longer windows tiles are read. */
const LONGEST_FROM_SHARES = 6 * HOUR;

function burn(seconds: number, factor: number, { base }: SpendMeasure): Expr {
  const shares = over(selector(spendRecords.share, base.id), seconds * 1000);
  return binary("*", call("sum_over_time", shares), number(factor));
}

function tiledBurn(seconds: number, factor: number, measure: SpendMeasure): Expr {
  return overLimits(spentWithin(seconds, "tiles", measure), measure, factor);
}

function burnAlert(burn: SpendBurn, context: SpendContext): AlertingRule {
  const { budget, measure } = context;
  const windows = burnWindows(burn, measure);
  const above = (seconds: number): Expr =>
    binary(">", selector(burnRecord(seconds), measure.base.id), number(burn.burn));
  const share = printNumber(exact(burnShare(measure, burn.burn, windows.long) * 100));
  const long = printSeconds(windows.long);
  return spendAlert(
    {
      name: spendBurnAlertName(burn),
      tier: `burn-${burn.name}`,
      severity: burn.severity,
      ...(measure.calendar ? { comment: LIMIT_WORDS } : {}),
      expr: burning(binary("and", above(windows.long), above(windows.short)), windows.long, measure),
      summary: {
        template: `${limitName(context)}: ${amountOfLimit(measure)}${limitReached(measure, burnRecord(windows.short))}`,
      },
      description: {
        template: `In the last ${long} it was spent {{ $value | humanize }} times as fast as the limit allows ${periodWords(budget)}: over ${share}% of it went in that time.${resetAndTop(context)} ${ENFORCES_NOTHING}`,
      },
      forSeconds: 0,
      keepFiringForSeconds: windows.short,
      labels: { long, short: printSeconds(windows.short) },
    },
    context,
  );
}

const LIMIT_WORDS = "Not where the period ends before the limit is reached at this pace.";

/** A limit that begins anew before it is reached is nobody's page. What has no share of it yet is told. */
function burning(above: Expr, seconds: number, measure: SpendMeasure): Expr {
  if (measure.calendar === undefined) return above;
  return binary("unless", above, binary("<=", atEnd(seconds, measure), number(1)));
}

function distinct(seconds: readonly number[]): number[] {
  return [...new Set(seconds)].sort((a, b) => a - b);
}
