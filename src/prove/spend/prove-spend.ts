import type { SpendPlan } from "../../compile/plan.ts";
import { type AlertId, isSameAlert, MOST_EVALUATIONS, type NotProven, type Proof, type Proven } from "../proof.ts";
import { proveAbsence, proveNotCounted, proveUnitCost, proveUnpriced } from "./absence.ts";
import { proveDays } from "./days.ts";
import { proveBurns, proveForecast } from "./pace.ts";
import { provePerUser } from "./per-user.ts";
import { type Stage, stageOf } from "./stage.ts";
import { proveThresholds } from "./thresholds.ts";
import { proveUnlabelled } from "./unlabelled.ts";

export function proveSpend(plan: SpendPlan, everySeconds: number): Proven {
  const stage = plan.measurement.intervalSeconds === everySeconds ? stageOf(plan) : OTHER_INTERVAL;
  const all = typeof stage === "string" ? [] : proofsOf(stage).map(onlyExpected);
  const proofs = all.filter(
    ({ untilSeconds, evaluatedSeconds = everySeconds }) => untilSeconds / evaluatedSeconds <= MOST_EVALUATIONS,
  );
  const shown = proofs.flatMap(({ proves }) => proves);
  const missing = alertsOf(plan).filter((alert) => !shown.some((other) => isSameAlert(other, alert)));
  const why = typeof stage === "string" ? stage : undefined;
  return { proofs, notProven: missing.map((alert): NotProven => ({ ...alert, why: why ?? whyNot(alert) })) };
}

/** Where nothing certain can be expected, nothing is shown. */
function onlyExpected(proof: Proof): Proof {
  const isExpected = ({ alert }: AlertId): boolean =>
    proof.expectations.some(({ query, samples }) => samples.length > 0 && query.includes(`alertname="${alert}"`));
  return { ...proof, proves: proof.proves.filter(isExpected) };
}

const OTHER_INTERVAL = "it is evaluated at another interval than most of its service, and promtool knows one";

function proofsOf(stage: Stage): Proof[] {
  return [
    ...proveThresholds(stage),
    ...proveBurns(stage),
    ...proveForecast(stage),
    ...proveAbsence(stage),
    ...proveNotCounted(stage),
    ...proveUnitCost(stage),
    ...provePerUser(stage),
    ...proveUnpriced(stage),
    ...proveUnlabelled(stage),
    ...proveDays(stage),
  ];
}

function whyNot({ reason }: AlertId): string {
  if (reason === "by-label-missing") return "its metric selects by the label, so none is without it";
  if (reason === "counters-fall") return "its tests have no counters that fall";
  if (reason === "cost-below-zero") return "its tests have no more of a type than of the type that holds it";
  return "a test of it takes too long, or cannot write the series of an expression";
}

function alertsOf({ alerts }: SpendPlan): AlertId[] {
  return alerts.map(({ alert, labels }) => ({
    alert,
    tier: labels.tier ?? "",
    ...(labels.reason === undefined ? {} : { reason: labels.reason }),
  }));
}
