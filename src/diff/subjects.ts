/** Everything in a plan that can change. */
import { type Audience, audiences } from "../compile/audience.ts";
import type { Plan, ServicePlan } from "../compile/plan.ts";
import { alertFacts, audienceFacts } from "./facts/alert-facts.ts";
import { budgetSubject } from "./facts/budget-facts.ts";
import { experimentSubject } from "./facts/experiment-facts.ts";
import { detail, mainFact } from "./facts/fact.ts";
import { receiverWords } from "./facts/receiver-words.ts";
import { sloSubject } from "./facts/slo-facts.ts";
import { otherFacts } from "./facts/value-words.ts";
import { hasRoutes } from "./plans.ts";
import type { Subject } from "./subject.ts";

/** In a stable order: the platform, the audiences, then service by service. */
export function subjectsOf(plan: Plan): Subject[] {
  return [
    platformSubject(plan),
    ...(hasRoutes(plan) ? audiences(plan).map(audienceSubject) : []),
    ...plan.services.flatMap((service) => [
      serviceSubject(plan, service),
      ...membersOf(plan, service).map((member) => withFormerIds(member, service)),
    ]),
  ];
}

function membersOf(plan: Plan, { slos, budgets, experiments }: ServicePlan): Subject[] {
  return [
    ...slos.map((slo) => sloSubject(plan, slo)),
    ...budgets.map((budget) => budgetSubject(plan, budget)),
    ...experiments.map((experiment) => experimentSubject(plan, experiment)),
  ];
}

/** It was called otherwise if its service was: `formerly` of a member is its own name alone. */
function withFormerIds(member: Subject, { service }: ServicePlan): Subject {
  const names = [member.id.slice(service.name.length + 1), ...member.formerly];
  const ids = [service.name, ...service.formerly].flatMap((old) => names.map((name) => `${old}/${name}`));
  return { ...member, formerly: ids.filter((id) => id !== member.id) };
}

const NOTHING = {
  service: undefined,
  owner: undefined,
  formerly: [],
  counts: "",
  groupLabels: [],
  memory: undefined,
  alerts: [],
  groups: [],
} as const;

/** Receivers are shown by audience: one that nobody's alerts reach changes nothing. */
function platformSubject({ platform }: Plan): Subject {
  return { ...NOTHING, type: "platform", id: "platform", facts: otherFacts(platform, ["receivers"]) };
}

function audienceSubject({ owner, severity, receiver }: Audience): Subject {
  const words = receiverWords(receiver);
  return {
    ...NOTHING,
    type: "audience",
    id: `${owner} ${severity}`,
    owner,
    facts: [mainFact("receiver", "notified", words, words)],
  };
}

/** What is the service's own: SLOs and budgets tell the rest. */
function serviceSubject(
  { platform }: Plan,
  { service, slos, budgets, experiments, alerts, groups }: ServicePlan,
): Subject {
  const all = [alerts, ...[...slos, ...budgets, ...experiments].map((each) => each.alerts)].flat();
  const { name, owner, formerly, labels, description } = service;
  return {
    ...NOTHING,
    type: "service",
    id: name,
    service: name,
    owner,
    formerly,
    facts: [
      mainFact("owner", "owner", owner, owner),
      ...audienceFacts(all, owner, platform),
      ...alertFacts(alerts),
      ...otherFacts({ labels, description }, []),
      detail("rules", "rules of its own", rulesIn(groups), String(rulesIn(groups))),
    ],
    alerts,
    groups,
  };
}

function rulesIn(groups: ServicePlan["groups"]): number {
  return groups.reduce((count, { rules }) => count + rules.length, 0);
}
