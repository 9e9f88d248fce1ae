/** Whether every alert reaches somebody. */
import { type Audience, audiences } from "../compile/audience.ts";
import type { Plan } from "../compile/plan.ts";
import { type Issue, issue } from "../issue.ts";
import type { Check } from "./check.ts";

export const receivers: Check = {
  name: "receivers",
  check: (plan) => {
    const unreached = audiences(plan).filter((audience) => audience.receiver === undefined);
    if (unreached.length > 0 && !anyDeclared(plan)) return [noReceivers()];
    return unreached.map((audience) => unreachedIssue(plan, audience));
  },
};

function anyDeclared({ platform }: Plan): boolean {
  return Object.values(platform.receivers).some((team) => Object.keys(team).length > 0);
}

/** Rules can be built and read before anybody is on call, so this is no error until it is deployed. */
function noReceivers(): Issue {
  return issue(
    "no-receivers",
    ["platform", "receivers"],
    "no receiver is declared, so alertmanager.yaml is a skeleton that reaches nobody.",
    'Declare who is told, such as receivers: { default: { page: { pagerduty: { secret: "pagerduty" } } } }.',
  );
}

function unreachedIssue(plan: Plan, { owner, severity }: Audience): Issue {
  const services = plan.services.filter(({ service }) => service.owner === owner).map(({ service }) => service);
  return issue(
    severity === "page" ? "missing-receiver" : "no-receivers",
    ["platform", "receivers", owner, severity],
    `a ${severity} of ${services.map((service) => service.name).join(", ")} reaches nobody.`,
    `Give receivers.${owner} or receivers.default a ${severity} with an integration, such as slack.`,
    services[0]?.source,
  );
}
