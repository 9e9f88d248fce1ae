/** What alerts of SLOs, budgets, experiments and services share. */
import type { Text } from "../../declare/declaration.ts";
import { printLabel } from "../../promql/print-selector.ts";
import { labelInTemplate } from "./label-in-template.ts";

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

/**
 * What a silence must name beside the labels that an alert has: those of groups that it lacks. An alert over everything would
 * else take those of all groups with it.
 *
 * @param labels - By which alerts of the same SLO or budget are grouped.
 */
export function silenceAnnotations(labels: readonly string[]): Record<string, Text> {
  if (labels.length === 0) return {};
  const missing = labels.map((label) => `{{ if not ${labelInTemplate(label)} }},${printLabel(label)}=""{{ end }}`);
  return { silence_also: { template: missing.join("") } };
}

/** Where a runbook's section on an alert begins, as Markdown's renderers name headings. A place that was declared stays. */
function sectionOf(runbook: string, alert: string): string {
  return runbook.includes("#") ? runbook : `${runbook}#${alertAnchor(alert)}`;
}

/** `SloBurnPageFast` is `#sloburnpagefast` on GitHub, GitLab, MkDocs and Docusaurus alike. */
export function alertAnchor(alert: string): string {
  return alert.toLowerCase();
}
