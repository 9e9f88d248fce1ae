/** How often one failure of a service may ring: every error budget pages for itself. */
import { type Plan, pagesOnBurn, type ServicePlan } from "../../compile/plan.ts";
import { type Issue, issue } from "../../issue.ts";
import type { Check } from "../check.ts";

/** As many fit on a phone; more are not read one by one. */
const MANY = 12;

export const manyPages: Check = {
  name: "many pages",
  check: ({ services }: Plan) => services.flatMap(issuesOf),
};

function issuesOf({ service, slos }: ServicePlan): Issue[] {
  const paging = slos.filter(pagesOnBurn).filter(({ slo }) => slo.dependsOn.length === 0);
  if (paging.length <= MANY) return [];
  return [
    issue(
      "pages-many",
      [service.name],
      `${paging.length} SLOs of ${service.name} page, each for itself and for each of its groups, when all of it fails.`,
      "Let those that show the same failure depend on one (dependsOn), or make tickets of their pages.",
      service.source,
    ),
  ];
}
