/** Whether what is sent to a receiver arrives there, and ends there. */
import { type Audience, audiences, withArticle } from "../../compile/audience.ts";
import type { Plan } from "../../compile/plan.ts";
import type { ReceiverDeclaration } from "../../declare/declaration.ts";
import { type Issue, issue } from "../../issue.ts";
import type { Check } from "../check.ts";

export const delivery: Check = {
  name: "delivery",
  check: (plan) => [...keptOpen(plan), ...swallowed(plan)],
};

/** Outside business hours nothing is sent, also no end: what keeps an incident until its end would keep it for ever. */
function keptOpen(plan: Plan): Issue[] {
  if (plan.platform.businessHours === undefined) return [];
  return audiences(plan)
    .filter(({ severity }) => severity !== "page")
    .flatMap((audience) => stateful(audience.receiver).map((name) => keptOpenIssue(audience, name)));
}

function keptOpenIssue({ owner, severity }: Audience, name: string): Issue {
  return issue(
    "hours-keep-open",
    ["platform", "businessHours"],
    `${withArticle(severity)} of ${owner} that ends outside business hours would stay open in ${name}: its end is never sent, and the ` +
      "next one joins it and notifies nobody.",
    `Leave businessHours out and use the hours that ${name} has of its own, or send the ${severity} to a chat or by mail.`,
  );
}

/** Integrations that keep an incident until they hear of its end. */
function stateful(receiver: ReceiverDeclaration = {}): string[] {
  const typed = Object.entries(STATEFUL).filter(([key]) => receiver[key as keyof ReceiverDeclaration] !== undefined);
  const raw = Object.keys(receiver.raw ?? {}).filter((key) =>
    /^(pagerduty|opsgenie|victorops|incidentio|jira)_/.test(key),
  );
  return [...typed.map(([, name]) => name), ...raw];
}

const STATEFUL = { pagerduty: "PagerDuty", opsgenie: "Opsgenie", incidentio: "incident.io", jira: "Jira" } as const;

/**
 * kube-prometheus's own inhibition silences every alert with severity="info" unless something worse fires in its
 * namespace, and what is written here has none.
 */
function swallowed(plan: Plan): Issue[] {
  const { page, ticket, info } = plan.platform.severities;
  const isStock = page === "critical" && ticket === "warning" && info === "info";
  const notified = audiences(plan).filter(({ severity, receiver }) => severity === "info" && receiver !== undefined);
  if (!isStock || notified.length === 0) return [];
  return [
    issue(
      "info-swallowed",
      ["platform", "severities"],
      'beside kube-prometheus\'s own rules (InfoInhibitor) nothing with severity="info" is delivered.',
      'Give it another word: severities: { page: "critical", ticket: "warning", info: "notice" }.',
    ),
  ];
}
