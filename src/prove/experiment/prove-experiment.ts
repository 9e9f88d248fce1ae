/**
 * Proofs of experiments, from raw series: variants that are truly worse are reported in time, each for itself, and no longer
 * when it is over; who is just below that, better, or worse for too short a time, and samples too small notify nobody.
 */

import { alertId, alerts, namedAt } from "../../compile/alert-names.ts";
import { baseOfSli } from "../../compile/experiment/experiment-measurement.ts";
import { experimentRecords } from "../../compile/names.ts";
import type { ExperimentPlan } from "../../compile/plan.ts";
import type { Platform } from "../../model/service.ts";
import { printSeconds } from "../../promql/duration.ts";
import { kindOf } from "../../sli/index.ts";
import type { History } from "../../sli/kind.ts";
import { type AlertId, idOf, MOST_EVALUATIONS, type Proof, type Proven } from "../proof.ts";
import { isLater } from "../slo/stage.ts";
import { expectationsOf } from "./expectations.ts";
import { proveNoData } from "./no-data.ts";
import { type Cast, fewOfBaseline, littleDifference, rolesOf } from "./roles.ts";
import { seriesOf } from "./series.ts";
import { castings, isReported, type Stage } from "./stage.ts";
import { type Timing, timingOf } from "./timing.ts";

/**
 * The proofs of one experiment. An alert is not proven where no SLI shows it.
 *
 * @param everySeconds - How often the rules of the file are evaluated in its tests.
 */
export function proveExperiment(plan: ExperimentPlan, platform: Platform, everySeconds: number): Proven {
  const stages = plan.experiment.slis.map(({ name }) => stageOf(name, { plan, platform, everySeconds }));
  const [first, ...others] = stages.flatMap((stage) => (typeof stage === "string" ? [] : [stage]));
  const why = stages.find((stage) => typeof stage === "string") ?? "it has no SLI";
  if (!first) return { proofs: [], notProven: plan.alerts.map((alert) => ({ ...idOf(alert), why })) };
  const [worse, noData] = [proveWorse([first, ...others], plan), proveNoData([first, ...others])];
  return { proofs: [...worse.proofs, ...noData.proofs], notProven: [...worse.notProven, ...noData.notProven] };
}

/** SLI by SLI. */
function proveWorse(stages: readonly Stage[], plan: ExperimentPlan): Proven {
  const inTime = stages.filter(({ timing }) => tooLong(timing, plan) === undefined);
  const [why] = stages.flatMap(({ timing }) => tooLong(timing, plan) ?? []);
  return {
    proofs: inTime.flatMap(proveStage),
    notProven: inTime.length > 0 || why === undefined ? [] : [{ ...worseOf(plan), why }],
  };
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
): Stage | string {
  const { intervalSeconds: own, experiment } = plan.measurement;
  if (own !== everySeconds)
    return `it is evaluated every ${printSeconds(own)}, and in tests every ${printSeconds(everySeconds)}`;
  if (isSplit(plan)) return "its comparison stands in several groups, which promtool evaluates in any order";
  const history = historyOf(sli, plan);
  if (history === undefined) return "no raw series can be made up for its SLI";
  const timing = timingOf(plan.measurement, isLater(history) ? 1 : 0, experiment.forSeconds);
  return { sli, plan, platform, history, timing };
}

/** As it is where the ruler takes very small groups only. */
function isSplit({ groups, alerts: all }: ExperimentPlan): boolean {
  const recorded = groups.find(({ rules }) =>
    rules.some((rule) => rule.type === "record" && rule.record === experimentRecords.totalInWindow),
  );
  return !all.every((alert) => recorded?.rules.some((rule) => rule === alert));
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
  const reported = cast.variants.some((role) => isReported(role, cast.baseline, stage));
  return {
    scenario: reported
      ? "a group worse than the baseline alerts, then resolves"
      : "a group no worse than the baseline stays silent",
    name: `${plan.experiment.name} by ${sli}`,
    story: storyOf(cast),
    everySeconds: timing.scrape,
    untilSeconds: timing.until,
    series: (until) => seriesOf(cast, stage, until),
    expectations: expectationsOf(cast, stage),
    proves: reported ? [worseOf(plan)] : [],
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

function worseOf({ experiment }: ExperimentPlan): AlertId {
  return alertId(namedAt(alerts.experiment, experiment.severity));
}
