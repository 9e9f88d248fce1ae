/** What promtool can be asked to prove. */
import type { ExperimentMeasure } from "../compile/experiment/measure.ts";
import type { Measure } from "../compile/measure.ts";
import type { TierPlan } from "../compile/plan.ts";

/** promtool takes about ten thousand samples of a series; a longer history is refused. */
export const MOST_SAMPLES = 9_900;

/** Whether a history as long as the tier's long window fits into a test. */
export function isProvable({ longSeconds, forSeconds }: TierPlan, { intervalSeconds }: Measure): boolean {
  return (longSeconds + forSeconds) / intervalSeconds <= MOST_SAMPLES;
}

/** Whether a difference that lasts as long as an experiment wants it to fits into a test. */
export function isComparisonProvable({ experiment, compareSeconds }: ExperimentMeasure): boolean {
  return experiment.forSeconds / compareSeconds <= MOST_SAMPLES - 100;
}
