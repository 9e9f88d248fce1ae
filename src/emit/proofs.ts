/** The generated tests, as promtool reads them: one file for a service's rules. */
import { groupsOf, type Plan, type ServicePlan } from "../compile/plan.ts";
import { printSeconds } from "../promql/duration.ts";
import { proveService } from "../prove/service.ts";
import type { Run } from "../prove/shared-runs.ts";
import type { Emitted } from "./artifact.ts";
import { ruleFilePath } from "./prometheus.ts";
import type { Target } from "./target.ts";
import type { Comment } from "./yaml/print-yaml.ts";

export const proofs: Target = {
  name: "proofs",
  files: /^prometheus\/.*\.tests\.yaml$/,
  emit: (plan) => plan.services.flatMap((service) => testFile(service, plan)),
};

function testFile(plan: ServicePlan, { platform }: Plan): Emitted[] {
  if (groupsOf(plan).length === 0) return [];
  const { name } = plan.service;
  const { everySeconds, runs } = proveService(plan, platform);
  if (runs.length === 0) return [];
  const value = {
    rule_files: [ruleFilePath(name).replace("prometheus/", "")],
    evaluation_interval: printSeconds(everySeconds),
    ...evaluationOrder(plan),
    tests: runs.map(testValue),
  };
  const header = [
    `Made by firebreak: when the alerts of ${name} fire, and when they do not. Edit the declaration, not this.`,
    `Run: promtool test rules ${name}.tests.yaml. It evaluates all rules in every test, so histories that do not meet share`,
    "one: what happens to each SLO stands above what is claimed of it. ALERTS has every label of an alert and no texts.",
  ].join("\n");
  const comments = runs.flatMap(commentsOf);
  const inline = ["input_series", "promql_expr_test"];
  const path = `prometheus/${name}.tests.yaml`;
  const identity = { kind: "tests", service: name, name: "" } as const;
  return [{ ...identity, path, format: "yaml", header, value, comments, inline, apart: ["tests"] }];
}

/** promtool takes groups in any order. Proofs of SLOs leave time enough; the others count evaluations. */
function evaluationOrder({ budgets, experiments }: ServicePlan): object {
  const names = [...budgets, ...experiments].flatMap(({ groups }) => groups.map(({ name }) => name));
  return names.length === 0 ? {} : { group_eval_order: names };
}

function testValue({ scenario, startSeconds, everySeconds, members }: Run): object {
  return {
    name: `${scenario}: ${members.map(({ proof }) => proof.subject).join(", ")}`,
    ...(startSeconds === 0 ? {} : { start_timestamp: startSeconds }),
    interval: printSeconds(everySeconds),
    input_series: members.flatMap(({ series }) => series),
    promql_expr_test: members.flatMap(({ proof }) => proof.expectations.map(claimValue)),
  };
}

function claimValue({ atSeconds, query, samples }: Run["members"][number]["proof"]["expectations"][number]): object {
  return { eval_time: printSeconds(atSeconds), expr: query, exp_samples: samples };
}

/** Above what is claimed of each: what happens to it. */
function commentsOf({ members }: Run, index: number): Comment[] {
  let place = 0;
  return members.map(({ proof }) => {
    const comment = { at: ["tests", index, "promql_expr_test", place], text: `${proof.subject}: ${proof.story}.` };
    place += proof.expectations.length;
    return comment;
  });
}
