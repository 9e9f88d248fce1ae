/** One experiment in words and numbers: who is compared with whom, and what difference can be seen. */

import type { ExperimentPlan } from "../compile/plan.ts";
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
      visible(plan),
      costSection({ groups: plan.groups, slo: plan.experiment }, "sums"),
    ],
  };
}

function facts({ experiment, measurement }: ExperimentPlan): Section {
  const { label, baseline, variants, windowSeconds, minSample, sigma, atLeast, forSeconds } = experiment;
  const matters = atLeast === 0 ? "" : ` and by ${printNumber(atLeast * 100)} percent of all events or more`;
  return {
    title: "Experiment",
    rows: [
      ["groups", `by ${label}: ${variants?.join(", ") ?? "all that are seen"}, against ${baseline}`],
      ["compared over", `${printSeconds(windowSeconds)}, every ${printSeconds(measurement.compareSeconds)}`],
      [
        "alerts",
        `when a group is worse by over ${printNumber(sigma)} standard errors${matters}, for ${printSeconds(forSeconds)}`,
      ],
      ["minimum sample", `${minSample} events in either group`],
      ["owner", experiment.owner],
    ],
  };
}

function measured({ experiment }: ExperimentPlan): Section {
  return { title: "Bad is", rows: experiment.slis.map(({ name, sli }) => [name, kindOf(sli).words(sli).bad]) };
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
