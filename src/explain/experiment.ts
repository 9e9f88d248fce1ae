/** One experiment in words and numbers: who is compared with whom, and what difference can be seen. */

import { alerts, namedAt } from "../compile/alert-names.ts";
import { NO_DATA_SECONDS } from "../compile/experiment/no-data.ts";
import type { ExperimentPlan } from "../compile/plan.ts";
import type { Experiment } from "../model/service.ts";
import { printSeconds } from "../promql/duration.ts";
import { printNumber } from "../promql/number.ts";
import { kindOf } from "../sli/index.ts";
import { costSection } from "./cost-section.ts";
import { experimentFigures } from "./figures.ts";
import type { Explanation, Section } from "./section.ts";

export function explainExperiment(plan: ExperimentPlan): Explanation {
  return {
    id: plan.experiment.id,
    figures: experimentFigures(plan),
    sections: [
      facts(plan),
      measured(plan),
      alertsSection(plan),
      visible(plan),
      costSection({ groups: plan.groups, slo: plan.experiment }, "sums"),
    ],
  };
}

function facts({ experiment, measurement }: ExperimentPlan): Section {
  const { label, baseline, variants, windowSeconds, minSample } = experiment;
  return {
    title: "Experiment",
    rows: [
      ["groups", `by ${label}: ${variants?.join(", ") ?? "all that are seen"}, against ${baseline || '""'}`],
      ["compared over", `${printSeconds(windowSeconds)}, every ${printSeconds(measurement.compareSeconds)}`],
      ["minimum sample", `${minSample} events in each group`],
      ["owner", experiment.owner],
    ],
  };
}

function measured({ experiment }: ExperimentPlan): Section {
  return { title: "Bad is", rows: experiment.slis.map(({ name, sli }) => [name, kindOf(sli).words(sli).bad]) };
}

function alertsSection({ experiment }: ExperimentPlan): Section {
  const { experiment: worse, experimentNoData: noData } = alerts;
  return {
    title: "Alerts",
    head: ["alert", "severity", "fires"],
    rows: [
      [namedAt(worse, experiment.severity).name, experiment.severity, worseWords(experiment)],
      [noData.name, noData.severity, noDataWords(experiment)],
    ],
  };
}

/** When its alert fires. */
export function worseWords({ sigma, atLeast, forSeconds }: Experiment): string {
  const matters = atLeast === 0 ? "" : ` and by ${printNumber(atLeast * 100)} percent of all events or more`;
  return `when a group is worse than the baseline by over ${printNumber(sigma)} standard errors${matters}, for ${printSeconds(forSeconds)}`;
}

/** When it is said that groups cannot be compared. */
export function noDataWords({ variants, windowSeconds, minSample, slis }: Experiment): string {
  const missing = variants ? "the baseline or a named variant" : "the baseline";
  const bySli = slis.length === 1 ? "" : " on an SLI";
  return `when there are no series, or ${missing} has no events${bySli} within ${printSeconds(windowSeconds)} while some group has ${minSample} or more, for ${printSeconds(NO_DATA_SECONDS)}`;
}

function visible({ experiment }: ExperimentPlan): Section {
  const sizes = [experiment.minSample, 10_000, 100_000, 1_000_000];
  const shares = [0.001, 0.01, 0.05];
  const least = (share: number, size: number): string =>
    `${printNumber(Number((100 * leastDifference(share, size, experiment.sigma)).toPrecision(2)))} points`;
  return {
    title: "The smallest difference that alerts",
    head: ["events in each group", ...shares.map((share) => `at ${printNumber(share * 100)}% bad`)],
    rows: sizes.map((size) => [printNumber(size), ...shares.map((share) => least(share, size))]),
  };
}

/** Between two groups of one size. The larger the difference, the more standard errors it is. */
function leastDifference(share: number, size: number, sigma: number): number {
  const variance = (of: number): number => ((size * of + 1) * (size * (1 - of) + 1)) / (size + 2) ** 3;
  let [below, detected] = [0, 1 - share];
  for (let step = 0; step < 50; step++) {
    const middle = (below + detected) / 2;
    if (middle > sigma * Math.sqrt(variance(share) + variance(share + middle))) detected = middle;
    else below = middle;
  }
  return detected;
}
