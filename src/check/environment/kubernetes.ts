/** Whether what the cluster would get can be deployed there: a part that cannot is refused, not left out. */
import { DECLARE_RECEIVERS, reachesNobody } from "../../compile/audience.ts";
import type { Plan } from "../../compile/plan.ts";
import { type Issue, issue } from "../../issue.ts";
import type { KubernetesTarget } from "../../model/kubernetes-target.ts";
import type { Check } from "../check.ts";

export const kubernetes: Check = {
  name: "kubernetes",
  check: (plan) => {
    const target = plan.platform.kubernetes;
    if (target === undefined) return [];
    return [
      ...unreached(plan, target),
      ...hiddenNamespaces(plan, target),
      ...foreignHours(plan, target),
      ...names(plan),
    ];
  },
};

function unreached(plan: Plan, { alertmanager }: KubernetesTarget): Issue[] {
  if (alertmanager.as === "none" || !reachesNobody(plan)) return [];
  const message = "no receiver is declared, so the routes that would be deployed reach nobody.";
  const hint = `${DECLARE_RECEIVERS}, or deploy no routes: alertmanager: { as: "none" }.`;
  return [issue("not-deployable", ["platform", "receivers"], message, hint)];
}

/** The label that makes an alert reach an AlertmanagerConfig would hide which of the groups is burning. */
function hiddenNamespaces(plan: Plan, { alertmanager }: KubernetesTarget): Issue[] {
  if (alertmanager.as !== "config" || alertmanager.matching === "None") return [];
  return grouped(plan)
    .filter(({ groupLabels }) => groupLabels.includes("namespace"))
    .map(({ path, source }) =>
      issue(
        "not-deployable",
        path,
        "it is grouped by `namespace`, and Alertmanager would give its routes only alerts of the namespace that they are in.",
        'Set alertmanagerConfigMatcherStrategy: { type: None } on the Alertmanager and matching: "None" here, or deploy ' +
          'the whole configuration: alertmanager: { as: "secret", name }.',
        source,
      ),
    );
}

interface Grouped {
  readonly groupLabels: readonly string[];
  readonly path: Issue["path"];
  readonly source: Issue["source"];
}

function grouped({ services }: Plan): Grouped[] {
  return services.flatMap(({ slos, budgets, experiments }) => [
    ...slos.map(({ groupLabels, slo }) => ({ groupLabels, path: slo.path, source: slo.source })),
    ...budgets.map(({ groupLabels, budget }) => ({ groupLabels, path: budget.path, source: budget.source })),
    ...experiments.map(({ groupLabels, experiment }) => ({
      groupLabels,
      path: experiment.path,
      source: experiment.source,
    })),
  ]);
}

function foreignHours({ platform: { businessHours } }: Plan, { alertmanager }: KubernetesTarget): Issue[] {
  const location = businessHours?.location ?? "UTC";
  if (alertmanager.as !== "config" || location === "UTC") return [];
  return [
    issue(
      "not-deployable",
      ["platform", "businessHours", "location"],
      `an AlertmanagerConfig has no time zone, so hours of ${location} would be taken for UTC.`,
      'Give the hours in UTC, or deploy the whole configuration: alertmanager: { as: "secret", name }.',
    ),
  ];
}

function names(plan: Plan): Issue[] {
  return plan.services
    .filter(({ service }) => service.name.endsWith("-"))
    .map(({ service }) =>
      issue(
        "bad-id",
        [service.name, "name"],
        `Kubernetes takes no name that ends in a dash, such as ${service.name}.`,
        "Leave the last dash out.",
        service.source,
      ),
    );
}
