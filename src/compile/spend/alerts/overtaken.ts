/**
 * What makes an alert of a limit superfluous: a higher threshold, a faster burn, or that all of it is spent. The alert ends
 * in its own rule: held back by Alertmanager, one that is out would stay open, since its end would never be sent.
 */

import type { Severity, SpendBudget, SpendBurn, SpendThreshold } from "../../../model/service.ts";
import type { Expr } from "../../../promql/ast.ts";
import { binary, number, on, selector } from "../../../promql/build.ts";
import { spendBurnAlertName } from "../../alert-names.ts";
import { severities } from "../../audience.ts";
import { firing, named } from "../../firing.ts";
import { spendRecords } from "../../names.ts";
import { limitLabels, type SpendMeasurement } from "../spend-measurement.ts";

/** The share of the limit from which on a higher threshold reports it; undefined where none does, or none as urgently. */
export function nextShare({ at, severity }: SpendThreshold, { thresholds }: SpendBudget): number | undefined {
  return leastShare(thresholds.filter((other) => other.at > at && !isMoreUrgent({ severity }, other)));
}

/** The share from which on the pace of a limit is not news: it is spent, and a threshold says so. A page stays. */
export function spentShare({ severity }: SpendBurn, { thresholds }: SpendBudget): number | undefined {
  if (severity === "page") return undefined;
  return leastShare(thresholds.filter((other) => other.at >= 1 && !isMoreUrgent({ severity }, other)));
}

/** Burns that report the same sooner. */
export function fasterBurns({ burn, severity }: SpendBurn, { burns }: SpendBudget): SpendBurn[] {
  return burns.filter((other) => other.burn > burn && !isMoreUrgent({ severity }, other));
}

/** A pace, unless a faster burn of the same limit fires or the limit is spent. */
export function unlessOvertaken(above: Expr, burn: SpendBurn, measurement: SpendMeasurement): Expr {
  const { budget, base } = measurement;
  const share = spentShare(burn, budget);
  const used = selector(spendRecords.used, base.id);
  const unspent = share === undefined ? above : binary("unless", above, binary(">=", used, number(share)));
  const [first, ...more] = fasterBurns(burn, budget).map(spendBurnAlertName).sort();
  if (first === undefined) return unspent;
  return binary(
    "unless",
    unspent,
    firing([named([first, ...more])], base.id),
    on(...Object.keys(base.id), ...limitLabels(measurement)),
  );
}

function leastShare(thresholds: readonly SpendThreshold[]): number | undefined {
  return thresholds.length === 0 ? undefined : Math.min(...thresholds.map(({ at }) => at));
}

/** Nothing ends what is more urgent. */
function isMoreUrgent(one: { readonly severity: Severity }, other: { readonly severity: Severity }): boolean {
  return severities.indexOf(one.severity) < severities.indexOf(other.severity);
}
