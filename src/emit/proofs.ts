/** The generated tests, as promtool reads them. */
import type { RuleGroup, ServicePlan } from "../compile/plan.ts";
import { printSeconds } from "../promql/duration.ts";
import { proveExclusions } from "../prove/exclusion-proofs.ts";
import { type ProofFile, proofFiles } from "../prove/files.ts";
import type { Proof } from "../prove/proof.ts";
import type { Artifact } from "./artifact.ts";
import { ruleFilePath } from "./prometheus.ts";
import type { Target } from "./target.ts";

export const proofs: Target = {
  name: "proofs",
  emit: ({ services, platform }) =>
    services.flatMap((service) => [
      ...proofFiles(service, platform.evaluationSeconds).map((file) => testFile(service, file)),
      ...exclusionFile(service),
    ]),
};

function testFile(plan: ServicePlan, { rules, suffix, intervalSeconds, proofs: all }: ProofFile): Artifact {
  const { service } = plan;
  const value = {
    rule_files: [ruleFilePath(service.name, rules.file, rules.of).replace("prometheus/", "")],
    evaluation_interval: printSeconds(intervalSeconds),
    ...(rules.of === "slos" ? groupOrder(plan, rules.file) : {}),
    tests: all.map(testValue),
  };
  const header = `Made by firebreak: proves the rules of ${service.name}. Run: promtool test rules ${service.name}${suffix}.tests.yaml`;
  return { path: `prometheus/${service.name}${suffix}.tests.yaml`, format: "yaml", header, value };
}

/** promtool takes groups in any order: alerts that have a group of their own come after what they read. */
function groupOrder({ slos }: ServicePlan, file: RuleGroup["file"]): { readonly group_eval_order?: readonly string[] } {
  const names = slos.flatMap(({ groups }) => groups.filter((group) => group.file === file).map(({ name }) => name));
  return names.some((name) => name.includes(":alerts")) ? { group_eval_order: names } : {};
}

/** No rule runs in these tests, so their evaluation interval may be as long as their dates are far. */
function exclusionFile({ service, slos }: ServicePlan): Artifact[] {
  const all = slos.flatMap(proveExclusions);
  if (all.length === 0) return [];
  const value = { rule_files: [], evaluation_interval: "1000d", tests: all.map(testValue) };
  const header = `Made by firebreak: proves when the exclusions of ${service.name} are. Run: promtool test rules ${service.name}.exclusions.tests.yaml`;
  return [{ path: `prometheus/${service.name}.exclusions.tests.yaml`, format: "yaml", header, value }];
}

function testValue({ name, startSeconds = 0, everySeconds, input, claims }: Proof): object {
  return {
    name,
    ...(startSeconds === 0 ? {} : { start_timestamp: startSeconds }),
    interval: printSeconds(everySeconds),
    input_series: input,
    promql_expr_test: claims.map((claim) => ({
      expr: claim.query,
      eval_time: printSeconds(claim.atSeconds),
      exp_samples: claim.samples,
    })),
  };
}
