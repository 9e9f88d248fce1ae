/** The generated tests, as promtool reads them: one file per service and evaluation interval, since promtool ignores a group's own. */
import type { Plan, RuleGroup, ServicePlan, SloPlan } from "../compile/plan.ts";
import { printSeconds } from "../promql/duration.ts";
import { proveBudget } from "../prove/budget-proofs.ts";
import { proveExclusions } from "../prove/exclusion-proofs.ts";
import { proveExperimentsTogether, proveLongTogether, proveShortTogether } from "../prove/pack.ts";
import type { Proof } from "../prove/proof.ts";
import type { Artifact } from "./artifact.ts";
import { ruleFilePath } from "./prometheus.ts";
import type { Target } from "./target.ts";

export const proofs: Target = {
  name: "proofs",
  emit: (plan) =>
    plan.services.flatMap((service) => [
      ...shortFiles(service, plan),
      ...longFiles(service),
      ...exclusionFile(service),
      ...budgetFiles(service),
      ...experimentFiles(service),
    ]),
};

function shortFiles(service: ServicePlan, plan: Plan): Artifact[] {
  const usual = plan.platform.evaluationSeconds;
  return byInterval(service.slos, (slo) => slo.measure.intervalSeconds).flatMap(([interval, slos]) => {
    const suffix = interval === usual ? "" : `.${printSeconds(interval)}`;
    return testFile(service, { file: "rules", of: "slos" }, suffix, interval, proveShortTogether(slos));
  });
}

function longFiles(service: ServicePlan): Artifact[] {
  const tiled = service.slos.filter((slo) => slo.measure.needsTiles);
  const groups = byInterval(tiled, (slo) => slo.measure.tileSeconds);
  return groups.flatMap(([interval, slos], index) =>
    testFile(
      service,
      { file: "long", of: "slos" },
      index === 0 ? ".long" : `.long.${printSeconds(interval)}`,
      interval,
      proveLongTogether(slos),
    ),
  );
}

/** Budgets are proven from a recorded base, at the interval at which tiles are taken. */
function budgetFiles(service: ServicePlan): Artifact[] {
  const intervals = [...new Set(service.budgets.map(({ measure }) => measure.tileSeconds))].sort((a, b) => a - b);
  return intervals.flatMap((interval, index) => {
    const budgets = service.budgets.filter(({ measure }) => measure.tileSeconds === interval);
    const suffix = `.budgets${index === 0 ? "" : `.${printSeconds(interval)}`}`;
    return testFile(service, { file: "long", of: "budgets" }, suffix, interval, budgets.flatMap(proveBudget));
  });
}

/** The same of experiments, at the interval at which groups are compared. */
function experimentFiles(service: ServicePlan): Artifact[] {
  const intervals = [...new Set(service.experiments.map(({ measure }) => measure.compareSeconds))].sort(
    (a, b) => a - b,
  );
  return intervals.flatMap((interval, index) => {
    const experiments = service.experiments.filter(({ measure }) => measure.compareSeconds === interval);
    const suffix = `.experiments${index === 0 ? "" : `.${printSeconds(interval)}`}`;
    const all = proveExperimentsTogether(experiments);
    return testFile(service, { file: "long", of: "experiments" }, suffix, interval, all);
  });
}

/** No rule runs in these tests, so their evaluation interval may be as long as their dates are far. */
function exclusionFile({ service, slos }: ServicePlan): Artifact[] {
  const all = slos.flatMap(proveExclusions);
  if (all.length === 0) return [];
  const value = { rule_files: [], evaluation_interval: "1000d", tests: all.map(testValue) };
  const header = `Made by firebreak: proves when the exclusions of ${service.name} are. Run: promtool test rules ${service.name}.exclusions.tests.yaml`;
  return [{ path: `prometheus/${service.name}.exclusions.tests.yaml`, format: "yaml", header, value }];
}

function byInterval(slos: readonly SloPlan[], of: (slo: SloPlan) => number): [number, SloPlan[]][] {
  const intervals = [...new Set(slos.map(of))].sort((a, b) => a - b);
  return intervals.map((interval) => [interval, slos.filter((slo) => of(slo) === interval)]);
}

/** promtool takes groups in any order: alerts that have a group of their own come after what they read. */
function groupOrder({ slos }: ServicePlan, file: RuleGroup["file"]): { readonly group_eval_order?: readonly string[] } {
  const names = slos.flatMap(({ groups }) => groups.filter((group) => group.file === file).map(({ name }) => name));
  return names.some((name) => name.includes(":alerts")) ? { group_eval_order: names } : {};
}

function testFile(
  plan: ServicePlan,
  rulesOf: { readonly file: RuleGroup["file"]; readonly of: "slos" | "budgets" | "experiments" },
  suffix: string,
  interval: number,
  all: readonly Proof[],
): Artifact[] {
  const { service } = plan;
  if (all.length === 0) return [];
  const rules = ruleFilePath(service.name, rulesOf.file, rulesOf.of).replace("prometheus/", "");
  const value = {
    rule_files: [rules],
    evaluation_interval: printSeconds(interval),
    ...(rulesOf.of === "slos" ? groupOrder(plan, rulesOf.file) : {}),
    tests: all.map(testValue),
  };
  const header = `Made by firebreak: proves the rules of ${service.name}. Run: promtool test rules ${service.name}${suffix}.tests.yaml`;
  return [{ path: `prometheus/${service.name}${suffix}.tests.yaml`, format: "yaml", header, value }];
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
