/** The generated tests, as promtool reads them: one file per service and evaluation interval, since promtool ignores a group's own. */
import type { Plan, RuleGroup, ServicePlan, SloPlan } from "../compile/plan.ts";
import { printSeconds } from "../promql/duration.ts";
import { proveBudget } from "../prove/budget-proofs.ts";
import { proveLongTogether, proveShortTogether } from "../prove/pack.ts";
import type { Proof } from "../prove/proof.ts";
import type { Artifact } from "./artifact.ts";
import { ruleFilePath } from "./prometheus.ts";
import type { Target } from "./target.ts";

export const proofs: Target = {
  name: "proofs",
  emit: (plan) =>
    plan.services.flatMap((service) => [...shortFiles(service, plan), ...longFiles(service), ...budgetFiles(service)]),
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

function byInterval(slos: readonly SloPlan[], of: (slo: SloPlan) => number): [number, SloPlan[]][] {
  const intervals = [...new Set(slos.map(of))].sort((a, b) => a - b);
  return intervals.map((interval) => [interval, slos.filter((slo) => of(slo) === interval)]);
}

function testFile(
  { service }: ServicePlan,
  rulesOf: { readonly file: RuleGroup["file"]; readonly of: "slos" | "budgets" },
  suffix: string,
  interval: number,
  all: readonly Proof[],
): Artifact[] {
  if (all.length === 0) return [];
  const rules = ruleFilePath(service.name, rulesOf.file, rulesOf.of).replace("prometheus/", "");
  const value = { rule_files: [rules], evaluation_interval: printSeconds(interval), tests: all.map(testValue) };
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
