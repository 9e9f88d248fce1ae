/** Histories of one target `i` of job `j`, and what `SloBroken` says of them. */
import type { SloDeclaration } from "../../src/declare/declaration.ts";
import { expectHistory, type History } from "./history.ts";

/** Labels of the target. */
export const on = 'job="j",instance="i"';
export const requests = (labels = "") => `requests_total{${on}${labels}}`;
export const errors = (labels = "") => `errors_total{${on}${labels}}`;
export const sli = { kind: "events", total: "requests_total", bad: "errors_total" } as const;

const up = { [`up{${on}}`]: "1x400" };

/** Reasons that fire. */
export const broken = 'count by (reason) (ALERTS{alertname="SloBroken",alertstate="firing"})';
export const is = (reason: string) => ({ [`{reason="${reason}"}`]: 1 });
/** Nothing has fired in three hours. */
export const silent = [
  "3h",
  'count_over_time(ALERTS{alertname=~"SloBroken|SloOnlyErrors",alertstate="firing"}[3h])',
  {},
] as const;

/** The target is up, unless a series says otherwise. */
export function history(
  slo: Partial<SloDeclaration>,
  series: History["series"],
  expectations: History["expectations"],
): Promise<void> {
  return expectHistory(slo, { series: { ...up, ...series }, expectations });
}
