/**
 * Proofs of experiments, from raw series: variants that are truly worse are reported in time, each for itself, and no longer
 * when it is over; who is just below that, better, or worse for too short a time, and samples too small notify nobody.
 */

import { baseOfSli } from "../../compile/experiment/experiment-measurement.ts";
import { experimentRecords } from "../../compile/names.ts";
import type { ExperimentPlan } from "../../compile/plan.ts";
import type { Platform } from "../../model/service.ts";
import { printSeconds } from "../../promql/duration.ts";
import { kindOf } from "../../sli/index.ts";
import type { History } from "../../sli/kind.ts";
import { type AlertId, MOST_EVALUATIONS, type Proof, type Proven } from "../proof.ts";
import { isLater } from "../slo/stage.ts";
import { expectationsOf } from "./expectations.ts";
import { type Cast, fewOfBaseline, littleDifference, rolesOf } from "./roles.ts";
import { seriesOf } from "./series.ts";
import { castings, isReported, type Stage } from "./stage.ts";
import { type Timing, timingOf } from "./timing.ts";

/**
 * The proofs of one experiment, SLI by SLI. The alert is one: it is not proven where no SLI can be.
 *
 * @param everySeconds - How often the rules of the file are evaluated in its tests.
 */
export function proveExperiment(plan: ExperimentPlan, platform: Platform, everySeconds: number): Proven {
  const stages = plan.experiment.slis.map(({ name }) => stageOf(name, { plan, platform, everySeconds }));
  const proofs = stages.flatMap((stage) => ("why" in stage ? [] : proveStage(stage)));
  const [reason] = stages.flatMap((stage) => ("why" in stage ? [stage] : []));
  return { proofs, notProven: proofs.length > 0 || !reason ? [] : [{ ...alertOf(plan), ...reason }] };
}

function proveStage(stage: Stage): Proof[] {
  const { experiment } = stage.plan;
  const casts = [rolesOf(experiment), fewOfBaseline(experiment), littleDifference(experiment)];
  return casts.flatMap((cast) => (cast ? castings(cast, stage).map((each) => proofOf(each, stage)) : []));
}

/** What can be played, or why nothing can. */
function stageOf(
  sli: string,
  { plan, platform, everySeconds }: { plan: ExperimentPlan; platform: Platform; everySeconds: number },
): Stage | { readonly why: string } {
  const own = plan.measurement.intervalSeconds;
  if (own !== everySeconds)
    return { why: `it is evaluated every ${printSeconds(own)}, and in tests every ${printSeconds(everySeconds)}` };
  if (isSplit(plan)) return { why: "its comparison stands in several groups, which promtool evaluates in any order" };
  const history = historyOf(sli, plan);
  if (history === undefined) return { why: "no raw series can be made up for its SLI" };
  const timing = timingOf(plan.measurement, isLater(history) ? 1 : 0);
  const why = tooLong(timing, plan);
  return why === undefined ? { sli, plan, platform, history, timing } : { why };
}

/** As it is where the ruler takes very small groups only. */
function isSplit({ groups, alerts }: ExperimentPlan): boolean {
  const [alert] = alerts;
  const last = groups.find(({ rules }) => rules.some((rule) => rule === alert));
  return !last?.rules.some((rule) => rule.type === "record" && rule.record === experimentRecords.totalInWindow);
}

/** Of an expression nobody knows the series; and a label that its series have already cannot tell groups apart. */
function historyOf(sli: string, { experiment, measurement }: ExperimentPlan): History | undefined {
  const declared = experiment.slis.find(({ name }) => name === sli);
  const history = declared && kindOf(declared.sli).history(declared.sli, baseOfSli(measurement, sli));
  const taken = history?.series.some(({ labels }) => measurement.base.by.some((label) => label in labels));
  return taken ? undefined : history;
}

function tooLong({ until, every }: Timing, { experiment }: ExperimentPlan): string | undefined {
  const { forSeconds, windowSeconds } = experiment;
  if (until / every > MOST_EVALUATIONS) return `a difference that lasts ${printSeconds(forSeconds)} takes too long`;
  if (until > windowSeconds)
    return `a difference that lasts ${printSeconds(forSeconds)} is no longer in a window of ${printSeconds(windowSeconds)}`;
  return undefined;
}

function proofOf(cast: Cast, stage: Stage): Proof {
  const { plan, sli, timing } = stage;
  const alerts = cast.variants.some((role) => isReported(role, cast.baseline, stage));
  return {
    scenario: alerts
      ? "a group worse than the baseline alerts, then resolves"
      : "a group no worse than the baseline stays silent",
    name: `${plan.experiment.name} by ${sli}`,
    story: storyOf(cast),
    everySeconds: timing.scrape,
    untilSeconds: timing.until,
    series: (until) => seriesOf(cast, stage, until),
    expectations: expectationsOf(cast, stage),
    proves: alerts ? [alertOf(plan)] : [],
  };
}

/** `A: 9 of 100 bad, later 90 of 1000; worse: …`. */
function storyOf({ baseline, variants }: Cast): string {
  const groups = [baseline, ...variants].map(
    ({ name, first, after, soon }) =>
      `${name || "unlabelled"}: ${first.bad} of ${first.total} bad${after.total > 0 ? `, ${soon ? "soon" : "later"} ${after.bad} of ${after.total}` : ""}`,
  );
  return groups.join("; ");
}

function alertOf({ alerts }: ExperimentPlan): AlertId {
  return { alert: alerts[0]?.alert ?? "", tier: "experiment" };
}
