/** Whether every alert reaches somebody. */
import { type Audience, audiences, DECLARE_RECEIVERS, isUnwanted, withArticle } from "../../compile/audience.ts";
import type { Plan, ServicePlan } from "../../compile/plan.ts";
import { type Issue, issue } from "../../issue.ts";
import { nearest } from "../../parse/read/nearest.ts";
import type { Check } from "../check.ts";

export const receivers: Check = {
  name: "receivers",
  check: (plan) => {
    const unreached = audiences(plan).filter((audience) => audience.receiver === undefined && !isUnwanted(audience));
    if (unreached.length > 0 && !anyDeclared(plan)) return [noReceivers()];
    return [
      ...unreached.map((audience) => unreachedIssue(plan, audience)),
      ...misspeltOwners(plan),
      ...unusedTeams(plan),
    ];
  },
};

function ownersOf({ services }: Plan): string[] {
  return [...new Set(services.map(({ service }) => service.owner))].sort();
}

function teamsOf({ platform }: Plan): string[] {
  return Object.keys(platform.receivers).filter((team) => team !== DEFAULT);
}

const DEFAULT = "default";

/** An owner that is nearly a team's name: its alerts would go to the default team. */
function misspeltOwners(plan: Plan): Issue[] {
  const teams = teamsOf(plan);
  return ownersOf(plan).flatMap((owner) => {
    const meant = teams.includes(owner) ? undefined : nearest(owner, teams);
    if (meant === undefined) return [];
    return servicesOf(plan, owner).map((service) =>
      issue(
        "owner-misspelt",
        [service.name, "owner"],
        `\`${owner}\` has no receivers, so the default team is notified.`,
        `Did you mean \`${meant}\`? Otherwise give receivers.${owner} its own.`,
        service.source,
      ),
    );
  });
}

/** Receivers of a team that owns nothing, and whose spending no budget names. */
function unusedTeams(plan: Plan): Issue[] {
  const owners = [...new Set([...ownersOf(plan), ...audiences(plan).map(({ owner }) => owner)])].sort();
  return teamsOf(plan).flatMap((team) => {
    if (owners.includes(team) || owners.length === 0) return [];
    const meant = nearest(team, owners);
    const hint = meant === undefined ? `The owners are ${owners.join(", ")}.` : `Did you mean \`${meant}\`?`;
    const message = `no service is owned by \`${team}\`, so nothing reaches its receivers.`;
    return [issue("receiver-unused", ["platform", "receivers", team], message, hint)];
  });
}

function servicesOf({ services }: Plan, owner: string) {
  return services.filter(({ service }) => service.owner === owner).map(({ service }) => service);
}

/** Whether a budget of the service names the team for one of its values. */
function isNamedIn({ budgets }: ServicePlan, team: string): boolean {
  return budgets.some(({ budget }) => Object.values(budget.receivers).includes(team));
}

function serviceOf({ service }: ServicePlan) {
  return service;
}

function anyDeclared({ platform }: Plan): boolean {
  return Object.values(platform.receivers).some((team) => Object.keys(team).length > 0);
}

/** Rules can be built and read before anybody is on call, so this is no error until it is deployed. */
function noReceivers(): Issue {
  return issue(
    "no-receivers",
    ["platform", "receivers"],
    "no receiver is declared, so alertmanager.yaml is a skeleton that reaches nobody.",
    `${DECLARE_RECEIVERS}.`,
  );
}

function unreachedIssue(plan: Plan, { owner, severity }: Audience): Issue {
  const own = servicesOf(plan, owner);
  const services = own.length > 0 ? own : plan.services.filter((each) => isNamedIn(each, owner)).map(serviceOf);
  return issue(
    severity === "page" ? "missing-receiver" : "no-receivers",
    ["platform", "receivers", owner, severity],
    `${withArticle(severity)} of ${services.map((service) => service.name).join(", ")} reaches nobody.`,
    `Give receivers.${owner} or receivers.default ${withArticle(severity)} with an integration, such as slack.`,
    services[0]?.source,
  );
}
