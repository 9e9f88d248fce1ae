/** A simulation as tables: one for each SLO and budget, then what chance alone does. */
import { printTime } from "../../explain/words.ts";
import { printAmount, printNumber, printPercent } from "../../promql/number.ts";
import type { FalseAlarm } from "../../simulate/chance/false-alarms.ts";
import type { FiredAlert, Outcome } from "../../simulate/incident.ts";
import type { Simulation, SloSimulation } from "../../simulate/simulate.ts";
import type { SpendOutcome } from "../../simulate/spend.ts";
import { alignColumns } from "./table.ts";
import type { Paint } from "./terminal.ts";

export function printSimulation({ slos, budgets }: Simulation, paint: Paint): string {
  const parts = [...slos.map((slo) => printSlo(slo, paint)), ...budgets.map((budget) => printBudget(budget, paint))];
  return parts.length === 0 ? "Nothing to simulate." : parts.join("\n\n");
}

function printSlo({ id: own, group, skipped, traffic, outcomes, falseAlarms }: SloSimulation, paint: Paint): string {
  const id = group === undefined ? own : `${own} of ${group}`;
  if (skipped !== undefined) return `${paint("bold", id)}\n  not played: ${skipped}`;
  const words =
    traffic &&
    `${perDay(traffic.perSecond)} events a day${traffic.isDeclared ? "" : ", assumed: declare eventsPerDay"}`;
  const head = ["HISTORY", "ALERT", "FIRES AFTER", "RESOLVES AFTER", "SPENT AT THAT", "SPENT IN ALL"];
  return [
    `${paint("bold", id)}${words === undefined ? "" : paint("dim", `  ${words}`)}`,
    alignColumns([head.map((title) => paint("dim", title)), ...outcomes.flatMap(rowsOf)], "  "),
    paint(
      "dim",
      "  FIRES AFTER counts from the beginning of what happens, RESOLVES AFTER from its end; shares are of the whole budget.",
    ),
    ...falseAlarmLines(falseAlarms, traffic !== undefined),
  ].join("\n");
}

function rowsOf({ words, alerts, budgetSpent }: Outcome): string[][] {
  const all = percent(budgetSpent);
  if (alerts.length === 0) return [[words, "-", "", "", "", all]];
  return alerts.map((alert, index) => [index === 0 ? words : "", ...cellsOf(alert), index === 0 ? all : ""]);
}

function cellsOf({ tier, severity, firesAfter, resolvesAfter, times, budgetSpent }: FiredAlert): string[] {
  const often = times === 1 ? "" : `, ${times} times`;
  const end = resolvesAfter < 0 ? `${printTime(-resolvesAfter)} before it ends` : printTime(resolvesAfter);
  return [`${tier} (${severity})${often}`, printTime(firesAfter), end, percent(budgetSpent)];
}

function falseAlarmLines(all: readonly FalseAlarm[] | undefined, countsEvents: boolean): string[] {
  if (all === undefined) return countsEvents ? ["  False pages: not known without eventsPerDay."] : [];
  return ["  False alarms a month, by chance alone (a year is played):", alignColumns(all.map(falseAlarmRow), "    ")];
}

function falseAlarmRow({ dispersion, budgetUsed, perMonth }: FalseAlarm): string[] {
  const model =
    dispersion === 1
      ? "independent failures (Poisson)"
      : `clustered failures (Pólya–Aeppli, index of dispersion ${dispersion})`;
  const used = `${printPercent(budgetUsed)} of the budget is used`;
  return [model, used, `${tenths(perMonth.page)} pages`, `${tenths(perMonth.ticket)} tickets`];
}

function printBudget({ id, skipped, words, alerts }: SpendOutcome, paint: Paint): string {
  if (skipped !== undefined) return `${paint("bold", id)}\n  not played: ${skipped}`;
  const rows = alerts.map(({ alert, severity, firesWithin, spent }) => [
    `${alert} (${severity})`,
    printTime(firesWithin),
    percent(spent),
  ]);
  const head = ["ALERT", "FIRES WITHIN", "SPENT WHEN DUE"].map((title) => paint("dim", title));
  return [`${paint("bold", id)}${paint("dim", `  ${words}`)}`, alignColumns([head, ...rows], "  ")].join("\n");
}

function percent(share: number): string {
  return printPercent(Number(share.toPrecision(3)));
}

function tenths(count: number): string {
  return printNumber(Math.round(count * 10) / 10);
}

function perDay(perSecond: number): string {
  return printAmount(Math.round(perSecond * 86_400));
}
