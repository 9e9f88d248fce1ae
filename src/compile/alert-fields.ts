/** What alerts of SLOs, budgets, experiments and services share. */
import type { Text } from "../declare/declaration.ts";

/** Addresses that stand behind an alert; undefined where none is declared. */
export interface Links {
  readonly runbook: string | undefined;
  readonly dashboard: Text | undefined;
}

/** As annotations. */
export function linkAnnotations({ runbook, dashboard }: Links): Record<string, Text> {
  return {
    ...(runbook === undefined ? {} : { runbook_url: runbook }),
    ...(dashboard === undefined ? {} : { dashboard_url: dashboard }),
  };
}

/** Declared labels without those that firebreak itself sets, which stay as they are. */
export function withoutKeys(labels: Readonly<Record<string, string>>, own: object): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).filter(([label]) => !(label in own)));
}
