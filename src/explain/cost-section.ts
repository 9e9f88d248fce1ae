/** What something costs to evaluate, as a section of its explanation. */
import { printAmount } from "../promql/number.ts";
import { type Evaluated, evaluationCost } from "./cost.ts";
import type { Section } from "./section.ts";

/** @param reads - What reads recorded series: "windows" of an SLO, "sums" of a budget or an experiment. */
export function costSection(evaluated: Evaluated, reads: "windows" | "sums"): Section {
  const { rules, samplesPerHour } = evaluationCost(evaluated);
  return {
    title: "Cost, per group and hour",
    rows: [
      ["rules", String(rules)],
      [
        "samples read",
        `${printAmount(Math.round(samplesPerHour.windows))} for ${reads}, whatever the number of raw series`,
      ],
      ["", `${printAmount(Math.round(samplesPerHour.perSeries))} for each raw series`],
    ],
  };
}
