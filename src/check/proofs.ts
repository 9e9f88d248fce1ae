/** Alerts that no generated test makes fire, service by service. Nothing is wrong with them that is known, so nothing is refused. */
import type { AlertingRule, Plan, ServicePlan } from "../compile/plan.ts";
import { type Issue, issue } from "../issue.ts";
import { proofFiles } from "../prove/files.ts";

/** One issue for each service that has such alerts. Of a plan without errors: proofs are made of nothing else. */
export function unprovenAlerts({ services, platform }: Plan): Issue[] {
  return services.flatMap((service) => ofService(service, platform.evaluationSeconds));
}

function ofService(plan: ServicePlan, usual: number): Issue[] {
  const proven = provenBy(plan, usual);
  const all = alertsOf(plan).map((each) => ({ ...each, proven: proven(each.rule) }));
  const missing = all.filter((each) => !each.proven);
  if (missing.length === 0) return [];
  const message = `${missing.length} of ${all.length} alerts fire in no generated test:\n${linesOf(all).join("\n")}`;
  return [issue("not-proven", [plan.service.name], message, hint, plan.service.source)];
}

const hint = "Nothing is known to be wrong with them; for one that you rely on, write a promtool test of your own.";

/** Whether some test expects an alert with these labels to fire. */
function provenBy(plan: ServicePlan, usual: number): (rule: AlertingRule) => boolean {
  const claims = proofFiles(plan, usual).flatMap(({ proofs }) => proofs.flatMap((proof) => proof.claims));
  const firing = claims.flatMap(({ alert, samples }) => (alert && samples.length > 0 ? [JSON.stringify(alert)] : []));
  const asked = [...new Set(firing)].map((text) => Object.entries(JSON.parse(text) as Record<string, string>));
  return ({ alert, labels }) => {
    const own: Readonly<Record<string, string>> = { ...labels, alertname: alert };
    return asked.some((wanted) => wanted.every(([label, value]) => own[label] === value));
  };
}

interface Alert {
  /** Of the SLO, budget or experiment. */
  readonly owner: string;
  readonly rule: AlertingRule;
}

function alertsOf({ slos, budgets, experiments }: ServicePlan): Alert[] {
  const owners = [
    ...slos.map(({ slo, alerts }) => ({ owner: slo.name, alerts })),
    ...budgets.map(({ budget, alerts }) => ({ owner: budget.name, alerts })),
    ...experiments.map(({ experiment, alerts }) => ({ owner: experiment.name, alerts })),
  ];
  return owners.flatMap(({ owner, alerts }) => alerts.map((rule) => ({ owner, rule })));
}

/** Alerts that the same ones lack share a line: `SloNoData, SloBroken: availability, latency`. */
function linesOf(all: readonly (Alert & { readonly proven: boolean })[]): string[] {
  const lines = new Map<string, string[]>();
  for (const name of new Set(all.map(({ rule }) => rule.alert))) {
    const same = all.filter(({ rule }) => rule.alert === name);
    const without = same.filter(({ proven }) => !proven).map(({ owner }) => owner);
    const where = without.length === same.length && same.length > 1 ? "everywhere" : without.join(", ");
    if (where !== "") lines.set(where, [...(lines.get(where) ?? []), name]);
  }
  return [...lines].map(([where, names]) => `  ${names.join(", ")}: ${where}`);
}
