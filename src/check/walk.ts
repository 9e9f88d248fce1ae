/** Ways through a plan that several checks take. */
import type { Plan, ServicePlan, SloPlan } from "../compile/plan.ts";
import { type Issue, type IssueCode, type IssuePath, issue } from "../issue.ts";

/** Every SLO of every service, in order. */
export function slosOf(plan: Plan): SloPlan[] {
  return plan.services.flatMap((service) => service.slos);
}

/** What to say, and at which field. */
export interface Finding {
  readonly code: IssueCode;
  readonly at: IssuePath;
  readonly message: string;
  readonly hint: string;
}

/** An issue at a field of an SLO. */
export function sloIssue({ slo }: SloPlan, { code, at, message, hint }: Finding): Issue {
  return issue(code, [...slo.path, ...at], message, hint, slo.source);
}

interface Shared {
  /** What is wrong with an SLO, if anything. */
  readonly find: (slo: SloPlan) => Finding | undefined;
  /** What to say when the same is wrong with all SLOs of a service. */
  readonly ofAll: (service: ServicePlan) => Finding;
}

/** One issue for the service where all of its SLOs have the same problem, else one for each that has it. */
export function perServiceOrSlo(plan: Plan, { find, ofAll }: Shared): Issue[] {
  return plan.services.flatMap((service) => {
    const found = service.slos.flatMap((slo) => (find(slo) ? [slo] : []));
    if (found.length > 1 && found.length === service.slos.length) return [serviceIssue(service, ofAll(service))];
    return found.map((slo) => sloIssue(slo, find(slo) as Finding));
  });
}

function serviceIssue({ service }: ServicePlan, { code, at, message, hint }: Finding): Issue {
  return issue(code, [service.name, ...at], message, hint, service.source);
}
