/**
 * Alerts on what is left of the error budget: spent, nearly spent, soon to be spent, or suddenly less. All of them are
 * tickets and opt-in: a burn alert has already reported each incident.
 */

import type { Text } from "../../../declare/declaration.ts";
import type { Severity } from "../../../model/service.ts";
import type { Expr } from "../../../promql/ast.ts";
import { binary, number, offset, selector } from "../../../promql/build.ts";
import { printSeconds, secondsOf } from "../../../promql/duration.ts";
import { exact, printNumber, printPercent } from "../../../promql/number.ts";
import { kindOf } from "../../../sli/index.ts";
import { HOUR } from "../../../time/units.ts";
import { alerts } from "../../alert-names.ts";
import { errorRatioRecord, records } from "../../names.ts";
import type { AlertingRule } from "../../plan.ts";
import { forecastBurn, forecastLookback } from "../../tiers/burn-maths.ts";
import { budgetOf } from "../../tiers/objectives.ts";
import { alertingRule, forGroup, type SloContext } from "../alert.ts";
import { budgetedWords } from "../counted-words.ts";
import { spentWithinPeriod } from "../error-budget/period-left.ts";
import { shareMeasured, shareWords } from "../windows/share-measured.ts";
import { budgetLeft, nameOf } from "./burn-texts.ts";

/** A budget that hovers at the limit is one ticket, not one an hour. */
const KEEP_FIRING_SECONDS = HOUR;

/** Those that are declared. */
export function budgetAlerts(context: SloContext): AlertingRule[] {
  const { exhausted, below = [], forecast, drop } = context.slo.alerting.budget ?? {};
  return [
    ...(exhausted ? [exhaustedAlert(context)] : []),
    ...[...below].sort((a, b) => b - a).map((share) => lowAlert(share, context)),
    ...(forecast === undefined ? [] : [forecastAlert(secondsOf(forecast), context)]),
    ...(drop === undefined ? [] : [dropAlert(drop.share, secondsOf(drop.within), context)]),
  ];
}

/** The window that a forecast looks back, where there is one: it is recorded like those of the tiers. */
export function forecastWindows({ slo, measurement }: SloContext): number[] {
  const { forecast } = slo.alerting.budget ?? {};
  return forecast === undefined ? [] : [forecastLookback(secondsOf(forecast), measurement.tileSeconds)];
}

/** The `tier` label of an alert on a share that is left: `budget-low-25`. */
export function lowTier(share: number): string {
  return `${alerts.budgetLow.tier}-${printNumber(exact(share * 100)).replace(".", "-")}`;
}

function exhaustedAlert(context: SloContext): AlertingRule {
  return budgetAlert(context, {
    ...alerts.budgetExhausted,
    comment: "The whole budget is spent.",
    expr: binary("<=", remaining(context), number(0)),
    says: "error budget spent",
    fact: "the error budget is spent",
    advice: "the objective is missed until old errors leave the window",
  });
}

/** Not once it is spent: another alert reports that. */
function lowAlert(share: number, context: SloContext): AlertingRule {
  const percent = printPercent(share);
  return budgetAlert(context, {
    name: alerts.budgetLow.name,
    tier: lowTier(share),
    comment: `Less than ${percent} of the budget is left, but some.`,
    expr: binary("<", binary(">", remaining(context), number(0)), number(share)),
    says: `error budget below ${percent}`,
    fact: "the error budget is nearly spent",
    advice: `threshold ${percent}`,
  });
}

/** At a burn of the window over the horizon, all of the budget is spent within the horizon; of what is left, as much less. */
function forecastAlert(horizon: number, context: SloContext): AlertingRule {
  const { slo, measurement } = context;
  const [lookback = 0] = forecastWindows(context);
  const ratio = binary(
    "*",
    selector(errorRatioRecord(lookback), measurement.base.id),
    shareMeasured(lookback, measurement),
  );
  const burn = number(exact(forecastBurn(1, slo.windowSeconds, horizon)));
  const left = binary(">", remaining(context), number(0));
  const above = binary(">=", ratio, binary("*", binary("*", burn, budgetOf(slo)), left));
  const inPeriod = spentWithinPeriod(ratio, left, context);
  return budgetAlert(context, {
    ...alerts.budgetForecast,
    comment: `At ${printNumber(burn.value)}× a whole budget lasts ${printSeconds(horizon)}; what is left is a share of it, and its limit that share of ${printNumber(burn.value)}×. ${inPeriod === undefined ? "" : "Not where the period ends before that. "}${shareWords(lookback, measurement)}`,
    expr: inPeriod === undefined ? above : binary("and", above, inPeriod),
    says: `error budget gone within ${printSeconds(horizon)}`,
    fact: `{{ $value | humanizePercentage }} of ${budgetedWords(slo.budgeting, kindOf(slo.sli).words(slo.sli)).unit} were bad in the last ${printSeconds(lookback)}`,
    advice: `at that rate the rest of the error budget is spent within ${printSeconds(horizon)}`,
  });
}

function dropAlert(share: number, within: number, context: SloContext): AlertingRule {
  const fell = binary("-", offset(remaining(context), within * 1000), remaining(context));
  const percent = printPercent(share);
  return budgetAlert(context, {
    ...alerts.budgetDrop,
    comment: `${percent} of the whole budget was spent within ${printSeconds(within)}.`,
    expr: binary(">=", fell, number(share)),
    says: `${percent} of the error budget lost in ${printSeconds(within)}`,
    fact: `{{ $value | humanizePercentage }} of the whole error budget was spent in the last ${printSeconds(within)}`,
    advice: `threshold ${percent}`,
  });
}

export interface BudgetParts {
  readonly name: string;
  readonly tier: string;
  /** Default: a ticket. */
  readonly severity?: Severity;
  readonly comment: string;
  readonly expr: Expr;
  /** How it stands, in a few words. */
  readonly says: string;
  /** What is so, with the value, and what it means: parts of a sentence. */
  readonly fact: string;
  readonly advice: string;
}

/** An alert on what is left, of one group. */
export function budgetAlert(context: SloContext, { says, fact, advice, ...parts }: BudgetParts): AlertingRule {
  const description: Text = { template: `${capital(fact)}${forGroup(context)}; ${advice}.${budgetLeft(context)}` };
  return alertingRule(
    {
      severity: "ticket",
      ...parts,
      ofGroup: {},
      summary: { template: `${nameOf(context)}: ${says}` },
      description,
      forSeconds: 0,
      keepFiringForSeconds: KEEP_FIRING_SECONDS,
    },
    context,
  );
}

/** The share that is left of the primary period's budget. */
export function remaining({ measurement }: SloContext) {
  return selector(records.budgetRemaining, measurement.base.id);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
