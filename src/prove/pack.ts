/**
 * Proofs that share a run. promtool evaluates every rule of a file in every test, so that one test per SLO would cost
 * the square of their number: SLOs that read different metrics are proven side by side.
 */

import type { ExperimentPlan, SloPlan } from "../compile/plan.ts";
import { proveFromBase, proveLongTiers } from "./base-scenarios.ts";
import { proveBudget } from "./budget-scenarios.ts";
import { proveCalendars } from "./calendar-scenarios.ts";
import { proveExperiment } from "./experiment-proofs.ts";
import type { Proof } from "./proof.ts";
import { proveShortTiers, tiersFromBase } from "./scenarios.ts";

/** The proofs of all SLOs' long tiers, in one run: each reads recorded series of its own. */
export function proveLongTogether(plans: readonly SloPlan[]): Proof[] {
  return mergeScenarios([proveLongTiers(plans), proveCalendars(plans), plans.flatMap(proveBudget)]);
}

/** The proofs of all SLOs' short tiers: from raw series where they can be written, scenario by scenario, and from the base. */
export function proveShortTogether(plans: readonly SloPlan[]): Proof[] {
  const raw = plans.map((plan) => proveShortTiers(plan) ?? []).filter((proofs) => proofs.length > 0);
  const base = plans.flatMap((plan) => proveFromBase(plan, tiersFromBase(plan)));
  const budgets = plans.filter(({ measure }) => !measure.needsTiles).flatMap(proveBudget);
  return [...packs(raw).flatMap(mergeScenarios), ...mergeScenarios([base, budgets])];
}

/** The proofs of all experiments that are compared at the same times: each reads recorded series of its own. */
export function proveExperimentsTogether(plans: readonly ExperimentPlan[]): Proof[] {
  return mergeScenarios(plans.map(proveExperiment));
}

type Proofs = readonly Proof[];

/** First fit: each SLO joins the first pack whose metrics are all strangers to it. */
function packs(proven: readonly Proofs[]): Proofs[][] {
  const packed: { metrics: Set<string>; members: Proofs[] }[] = [];
  for (const proofs of proven) {
    const own = metricsOf(proofs);
    const free = packed.find(({ metrics }) => areStrangers(own, metrics));
    const pack = free ?? { metrics: new Set<string>(), members: [] };
    if (!free) packed.push(pack);
    pack.members.push(proofs);
    for (const metric of own) pack.metrics.add(metric);
  }
  return packed.map(({ members }) => members);
}

/** An SLI that reads `up` itself is a stranger to nobody: every history has targets, which it would take for its own. */
function areStrangers(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return !one.has("up") && !other.has("up") && [...one].every((metric) => !other.has(metric));
}

/** `up` is everybody's; only an SLI that reads it has no other metric. */
function metricsOf(proofs: Proofs): Set<string> {
  const names = new Set(proofs.flatMap(({ input }) => input.map(({ series }) => series.slice(0, series.indexOf("{")))));
  if (names.size > 1) names.delete("up");
  return names;
}

function mergeScenarios(members: readonly Proofs[]): Proof[] {
  const scenarios = [...new Set(members.flat().map(({ scenario }) => scenario))];
  return scenarios.map((scenario) => merge(members.flat().filter((proof) => proof.scenario === scenario)));
}

function merge(proofs: Proofs): Proof {
  const [first] = proofs;
  if (!first) throw new Error("nothing to merge");
  return {
    ...first,
    name: proofs.map(({ name }) => name).join("; "),
    input: proofs.flatMap(({ input }) => input),
    claims: proofs.flatMap(({ claims }) => claims),
  };
}
