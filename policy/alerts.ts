/** Alerts: somebody owns them, something helps whoever gets them, and a page is never told by a single window. */
import type { ResourceValidationPolicy } from "@pulumi/policy";
import { type Alert, alertsOf } from "./resource.ts";

export const alertsAreOwned: ResourceValidationPolicy = {
  name: "alert-has-runbook-and-owner",
  description: "Every alert has a runbook and an owner.",
  validateResource: (resource, report) => {
    for (const alert of alertsOf(resource)) {
      if (!isSilent(alert) && !alert.annotations.runbook_url) report(`${place(alert)} has no runbook_url.`);
      if (!alert.labels.owner) report(`${place(alert)} has no owner.`);
    }
  },
};

/** It is sent to nobody, and holds other alerts back. */
function isSilent({ labels }: Alert): boolean {
  return labels.severity === "none";
}

/** Words for a page, and tiers that page for a fact: the targets are gone, all that is counted is bad, all of a budget of money is spent. */
const PAGES = ["page", "critical"];
const WINDOWLESS = ["targets-down", "only-errors", "spent-100"];

export const pagesAreMultiWindow: ResourceValidationPolicy = {
  name: "page-is-multi-window",
  description:
    "Pages come from two windows, or state a fact: targets are gone, only errors are counted, a spend budget is spent.",
  configSchema: {
    properties: {
      severities: { type: "array", items: { type: "string" }, default: PAGES },
      windowless: { type: "array", items: { type: "string" }, default: WINDOWLESS },
    },
  },
  validateResource: (resource, report) => {
    const { severities = PAGES, windowless = WINDOWLESS } = resource.getConfig<Partial<Config>>();
    const pages = alertsOf(resource).filter(({ labels }) => severities.includes(labels.severity ?? ""));
    for (const page of pages.filter(({ labels }) => !windowless.includes(labels.tier ?? "")))
      if (!page.labels.long || !page.labels.short) report(`${place(page)} pages, and has no long and short window.`);
  },
};

interface Config {
  readonly severities: readonly string[];
  readonly windowless: readonly string[];
}

function place({ alert, labels }: Alert): string {
  return `${alert} of ${labels.slo_service ?? "no service"}/${labels.slo ?? "no SLO"}`;
}
