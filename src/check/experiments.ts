/** Whether experiments are sound in their environment: their runbooks exist, nothing is forgotten too early. */
import type { ExperimentPlan, Plan } from "../compile/plan.ts";
import { type Issue, issue } from "../issue.ts";
import { printSeconds } from "../promql/duration.ts";
import type { Check } from "./check.ts";
import { missingLabels, missingRunbook } from "./shared-names.ts";
import type { Finding } from "./walk.ts";

export const experiments: Check = {
  name: "experiments",
  check: (plan) => plan.services.flatMap((service) => service.experiments.flatMap((one) => checkExperiment(plan, one))),
};

function checkExperiment(plan: Plan, one: ExperimentPlan): Issue[] {
  const { experiment, groupLabels, links } = one;
  const found = [
    ...beyondRetention(plan, one),
    ...missingRunbook(links),
    ...missingLabels(plan, "experiment", [...OWN, ...groupLabels, ...Object.keys(experiment.labels)]),
  ];
  return found.map(({ code, at, message, hint }) =>
    issue(code, [...experiment.path, ...at], message, hint, experiment.source),
  );
}

/** Labels that its alert carries. */
const OWN = ["experiment", "sli"];

function beyondRetention({ platform }: Plan, { experiment }: ExperimentPlan): Finding[] {
  const { retentionSeconds: kept } = platform;
  const { windowSeconds } = experiment;
  if (kept === undefined || windowSeconds <= kept) return [];
  return [
    {
      code: "window-beyond-retention",
      at: ["window"],
      message: `groups are compared over ${printSeconds(windowSeconds)}, and Prometheus keeps ${printSeconds(kept)}.`,
      hint: `Keep samples for as long, or compare over ${printSeconds(kept)} at most.`,
    },
  ];
}
