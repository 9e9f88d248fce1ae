/** What alerts of SLOs, budgets, experiments and services share. */
import type { Text } from "../../declare/declaration.ts";

/** Addresses that stand behind an alert; undefined where none is declared. */
export interface Links {
  readonly runbook: string | undefined;
  readonly dashboard: Text | undefined;
}

/** As annotations of the alert of this name: its section of the runbook, and the dashboard. */
export function linkAnnotations(alert: string, { runbook, dashboard }: Links): Record<string, Text> {
  return {
    ...(runbook === undefined ? {} : { runbook_url: sectionOf(runbook, alert) }),
    ...(dashboard === undefined ? {} : { dashboard_url: dashboard }),
  };
}

/** Where a runbook's section on an alert begins, as Markdown's renderers name headings. A place that was declared stays. */
function sectionOf(runbook: string, alert: string): string {
  return runbook.includes("#") ? runbook : `${runbook}#${alertAnchor(alert)}`;
}

/** `SloBurnPageFast` is `#sloburnpagefast` on GitHub, GitLab, MkDocs and Docusaurus alike. */
export function alertAnchor(alert: string): string {
  return alert.toLowerCase();
}
