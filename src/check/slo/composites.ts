/** Whether one outage pages twice: for a composite, and for what it is made of. */
import type { SloPlan } from "../../compile/plan.ts";
import type { Issue } from "../../issue.ts";
import { componentsOf } from "../../sli/index.ts";
import type { Check } from "../check.ts";
import { sloIssue, slosOf } from "../walk.ts";

export const composites: Check = {
  name: "composites",
  check: (plan) => {
    const all = slosOf(plan);
    return all.flatMap((each) => checkComposite(each, all));
  },
};

function checkComposite(composite: SloPlan, all: readonly SloPlan[]): Issue[] {
  const ids = componentsOf(composite.slo.sli).map(({ slo }) => slo);
  if (ids.length === 0 || !pages(composite)) return [];
  const components = all.filter((each) => ids.includes(each.slo.id) && pages(each) && !ordered(composite, each));
  return components.length === 0 ? [] : [twice(composite, components)];
}

/** Whether it pages for burning budget. */
function pages({ alerts, tiers }: SloPlan): boolean {
  return alerts.some(({ alert, severity }) => severity === "page" && tiers.some((tier) => tier.alert === alert));
}

/** Whether the page of one silences that of the other. */
function ordered({ slo: one }: SloPlan, { slo: other }: SloPlan): boolean {
  return one.dependsOn.includes(other.id) || other.dependsOn.includes(one.id);
}

function twice(composite: SloPlan, components: readonly SloPlan[]): Issue {
  const ids = components.map(({ slo }) => slo.id);
  const wanted = JSON.stringify([...composite.slo.dependsOn, ...ids]).replaceAll(",", ", ");
  return sloIssue(composite, {
    code: "pages-twice",
    at: ["dependsOn"],
    message: `an outage of ${ids.map((id) => `\`${id}\``).join(" or ")} pages for that and for this composite.`,
    hint: `Write \`dependsOn: ${wanted}\`, so that the component's page silences this one, or give one of both \`alerting: { enabled: false }\`.`,
  });
}
