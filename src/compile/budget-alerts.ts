/**
 * Alerts on what is left of the error budget: spent, nearly spent, soon to be spent, or suddenly less. All of them are
 * tickets and opt-in: a burn alert has told of every incident before. They read the recorded budget, in which what was
 * not measured counts as good, so that a cold start tells nothing.
 */
import type { Text } from "../model/declaration.ts";
import type { Expr } from "../promql/ast.ts";
import { binary, number, offset, on, selector } from "../promql/build.ts";
import { printSeconds } from "../promql/duration.ts";
import { exact, printNumber } from "../promql/number.ts";
import { type AlertContext, alertingRule, forGroup } from "./alert.ts";
import { elapsedShare } from "./calendar.ts";
import { calendarOf } from "./calendar-label.ts";
import { forecastBurn, forecastLookback } from "./maths.ts";
import { errorRatio, tileMatching, windowCoverage } from "./measure.ts";
import { idLabels, records } from "./naming.ts";
import { budgetOf } from "./objectives.ts";
import type { AlertingRule } from "./plan.ts";
import { secondsOf } from "./tier-policy.ts";

/** A budget that hovers at the limit is one ticket, not one an hour. */
const KEEP_FIRING_SECONDS = 3600;

/** Those that are declared. */
export function budgetAlerts(context: AlertContext): AlertingRule[] {
  const { exhausted, below = [], forecast, drop } = context.slo.alerting.budget ?? {};
  return [
    ...(exhausted ? [exhaustedAlert(context)] : []),
    ...[...below].sort((a, b) => b - a).map((share) => lowAlert(share, context)),
    ...(forecast === undefined ? [] : [forecastAlert(secondsOf(forecast), context)]),
    ...(drop === undefined ? [] : [dropAlert(drop.share, secondsOf(drop.within), context)]),
  ];
}

/** The `tier` label of an alert on a share that is left: `budget-low-25`. */
export function lowTier(share: number): string {
  return `budget-low-${printNumber(exact(share * 100)).replace(".", "-")}`;
}

function exhaustedAlert(context: AlertContext): AlertingRule {
  return budgetAlert(context, {
    name: "SloBudgetExhausted",
    tier: "budget-exhausted",
    expr: onceBegun(binary("<=", remaining(context), number(0)), context),
    summary: `${context.slo.id} has spent its error budget.`,
    fact: "{{ $value | humanizePercentage }} of the error budget is left",
    advice: "the objective is missed until old errors leave the window",
  });
}

function lowAlert(share: number, context: AlertContext): AlertingRule {
  const percent = `${printNumber(exact(share * 100))}%`;
  return budgetAlert(context, {
    name: "SloBudgetLow",
    tier: lowTier(share),
    expr: binary("<", remaining(context), number(share)),
    summary: `${context.slo.id} has less than ${percent} of its error budget left.`,
    fact: "{{ $value | humanizePercentage }} of the error budget is left",
    advice: `this alert wants ${percent}`,
  });
}

/** At the burn of a quarter of the horizon the rest is spent within the horizon. Nothing burns, nothing is foretold. */
function forecastAlert(horizon: number, context: AlertContext): AlertingRule {
  const { slo, measure } = context;
  const lookback = forecastLookback(horizon, measure.intervalSeconds);
  const seen = binary(
    "*",
    errorRatio(measure, lookback),
    windowCoverage(measure, lookback),
    tileMatching(measure, lookback),
  );
  const burn = binary("/", seen, budgetOf(slo));
  const limit = binary("*", remaining(context), number(exact(forecastBurn(1, slo.windowSeconds, horizon))));
  return budgetAlert(context, {
    name: "SloBudgetForecast",
    tier: "budget-forecast",
    expr: onceBegun(binary(">", binary(">=", burn, limit), number(0)), context),
    summary: `${slo.id} will have spent its error budget within ${printSeconds(horizon)}.`,
    fact: `the error budget burned at {{ $value | humanize }}× in the last ${printSeconds(lookback)}`,
    advice: `at that pace the rest is gone within ${printSeconds(horizon)}`,
  });
}

function dropAlert(share: number, within: number, context: AlertContext): AlertingRule {
  const before = offset(remaining(context), within * 1000);
  const percent = `${printNumber(exact(share * 100))}%`;
  return budgetAlert(context, {
    name: "SloBudgetDrop",
    tier: "budget-drop",
    expr: binary(">=", binary("-", before, remaining(context)), number(share)),
    summary: `${context.slo.id} lost ${percent} of its error budget within ${printSeconds(within)}.`,
    fact: `{{ $value | humanizePercentage }} of the whole error budget was spent in the last ${printSeconds(within)}`,
    advice: `this alert tells of ${percent}`,
  });
}

/** So much of a calendar period must have passed: of its first minutes nobody knows how it will go. */
const LEAST_SHARE = 0.02;

function onceBegun(expr: Expr, { slo, measure }: AlertContext): Expr {
  const [period] = slo.periods;
  if (period.kind === "rolling") return expr;
  const share = elapsedShare(calendarOf(period), measure.tileSeconds);
  return binary("and", expr, binary(">", share, number(LEAST_SHARE)), on());
}

interface BudgetParts {
  readonly name: string;
  readonly tier: string;
  readonly expr: Expr;
  readonly summary: string;
  /** What is so, with the value, and what it means: parts of a sentence. */
  readonly fact: string;
  readonly advice: string;
}

function budgetAlert(context: AlertContext, { fact, advice, ...parts }: BudgetParts): AlertingRule {
  const description: Text = { template: `${capital(fact)}${forGroup(context)}; ${advice}.` };
  return alertingRule(
    { ...parts, severity: "ticket", description, forSeconds: 0, keepFiringForSeconds: KEEP_FIRING_SECONDS },
    context,
  );
}

function remaining({ slo }: AlertContext) {
  return selector(records.budgetRemaining, idLabels(slo));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
