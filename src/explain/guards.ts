/** What `explain` says of objectives of single groups, of exclusions, and of alerts on the budget. */

import { alerts } from "../compile/alert-names.ts";
import type { SloPlan } from "../compile/plan.ts";
import { budgetMinutes, forecastLookback } from "../compile/tiers/burn-maths.ts";
import { groupWords, tierWith } from "../compile/tiers/objectives.ts";
import { startsBetween } from "../model/occurrences.ts";
import type { Exclusion, Slo } from "../model/service.ts";
import { printSeconds, secondsOf } from "../promql/duration.ts";
import { printNumber, printPercent } from "../promql/number.ts";
import { DAY, MINUTE } from "../time/units.ts";
import type { Section } from "./section.ts";
import { printTime } from "./words.ts";

/** Those sections that have something to say. */
export function guardSections(plan: SloPlan): Section[] {
  return [objectives(plan), exclusions(plan.slo), budgetAlerts(plan), policy(plan)];
}

/** Seconds of a window that an exclusion takes out, on average over its occurrences; of fixed times, all of them. */
export function excludedSeconds({ occurrences, seconds }: Exclusion, windowSeconds: number): number {
  if (occurrences.type === "fixed") return occurrences.starts.length * seconds;
  const starts = startsBetween(occurrences, FOUR_YEARS, 2 * FOUR_YEARS);
  return (starts.length * seconds * windowSeconds) / FOUR_YEARS;
}

/** With one leap day, as every four years from 1970 on have until 2099. */
const FOUR_YEARS = 1461 * DAY;

function objectives({ slo, tiers }: SloPlan): Section {
  const rows = slo.objectives.map((each) => [
    groupWords(each),
    `${printNumber(each.objectivePercent)}%`,
    printPercent(each.errorBudget),
    printTime(budgetMinutes(each.errorBudget, slo.windowSeconds) * MINUTE),
    ...tiers.map((tier) => printPercent(tierWith(tier, each.errorBudget, slo).threshold)),
  ]);
  return {
    title: "Objectives of single groups",
    head: ["group", "objective", "error budget", "full outage", ...tiers.map(({ name }) => `${name} over`)],
    rows,
  };
}

function exclusions(slo: Slo): Section {
  const rows = slo.exclusions.map((exclusion) => [
    exclusion.reason,
    exclusion.when,
    `${printTime(exclusion.seconds)} each`,
    exclusion.occurrences.type === "fixed"
      ? printTime(excludedSeconds(exclusion, slo.windowSeconds))
      : `${printTime(excludedSeconds(exclusion, slo.windowSeconds))} of ${printSeconds(slo.windowSeconds)}`,
  ]);
  return { title: "Exclusions: nothing counts", head: ["reason", "when", "length", "taken out"], rows };
}

function budgetAlerts({ slo, measurement }: SloPlan): Section {
  const { exhausted, below = [], forecast, drop } = slo.alerting.budget ?? {};
  const horizon = secondsOf(forecast);
  const lookback = printSeconds(forecastLookback(horizon, measurement.tileSeconds));
  return {
    title: "Budget alerts, all tickets",
    rows: [
      ...(exhausted ? [[alerts.budgetExhausted.name, "nothing is left"]] : []),
      ...below.map((share) => [alerts.budgetLow.name, `less than ${printPercent(share)} is left`]),
      ...(forecast === undefined
        ? []
        : [[alerts.budgetForecast.name, `at the burn of the last ${lookback} the rest is spent within ${forecast}`]]),
      ...(drop === undefined
        ? []
        : [[alerts.budgetDrop.name, `${printPercent(drop.share)} of all was spent within ${drop.within}`]]),
    ],
  };
}

function policy({ slo: { policy: agreed } }: SloPlan): Section {
  const { warnBelow, freezeAt = 0, exceptions = [], says } = agreed ?? {};
  const rows = [
    ...(warnBelow === undefined ? [] : [["warns", `when less than ${printPercent(warnBelow)} is left`]]),
    ["freezes", `risky changes when ${printPercent(freezeAt)} is left`],
    ...exceptions.map(({ until, why }) => [`not until ${until}`, why]),
    ...(says === undefined ? [] : [["says", says]]),
  ];
  return { title: "Error-budget policy", rows: agreed === undefined ? [] : rows };
}
