/** Burn of the last hour, whatever windows an SLO records: from its matchers alone. */
import { errorRatioRecord, records } from "../../../compile/names.ts";
import { HOUR } from "../../../time/units.ts";

/** A slice may be some minutes long: what was counted within this is data of now. */
export const LATELY = "10m";

/** Bad share of the last hour, per group: as recorded, else from the counts. The counts of a composite are not its own. */
export function ratioLastHour(matchers: string): string {
  const sum = (record: string): string => `sum_over_time(${record}{slo_component="", ${matchers}}[1h])`;
  return [
    `  ${errorRatioRecord(HOUR)}{${matchers}}`,
    `  or ${sum(records.bad)} / (${sum(records.total)} > 0)`,
    `  or 1 - ${sum(records.good)} / (${sum(records.total)} > 0)`,
  ].join("\n");
}

/** What was bad in the whole period, as a share: each group by its own budget, where groups have one. */
export function badShareOf(matchers: string): string {
  const spent = `(1 - ${records.budgetRemaining}{${matchers}})`;
  const budget = `${records.errorBudget}{${matchers}}`;
  return `${spent} * ${budget}\nor\n${spent} * on (slo_service, slo) group_left () max by (slo_service, slo) (${budget})`;
}

/** A ratio over the error budget: the group's own where it has one, else what the SLO has once. */
export function burnOf(ratio: string, matchers: string): string {
  const budget = `${records.errorBudget}{${matchers}}`;
  const once = `on (slo_service, slo) group_left () max by (slo_service, slo) (${budget})`;
  return `(\n${ratio}\n) / ${budget}\nor\n(\n${ratio}\n) / ${once}`;
}
