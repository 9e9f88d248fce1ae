/** Every metric and label name of experiments, once. */
import type { Experiment } from "../../model/service.ts";

export const experimentRecords = {
  total: "experiment:total:increase",
  bad: "experiment:bad:increase",
  /** In place of bad, where an SLI counts what is good. */
  good: "experiment:good:increase",
  cost: "experiment:cost:increase",
  units: "experiment:units:increase",
  /** Events within the window, by group. */
  totalInWindow: "experiment:total:window",
  badInWindow: "experiment:bad:window",
  costInWindow: "experiment:cost:window",
  unitsInWindow: "experiment:units:window",
  badRatio: "experiment:bad_ratio",
  /** How far chance moves the ratio, squared; no sample where a group has too few events. */
  variance: "experiment:bad_ratio:variance",
  /** Standard errors by which a group is worse than the baseline; negative: better. */
  worse: "experiment:worse_sigma",
  verdict: "experiment:verdict",
  costPerUnit: "experiment:cost_per_unit",
} as const;

/** What the numbers of `experiment:verdict` say. */
export const VERDICTS = { tooFew: 0, same: 1, better: 2, worse: 3 } as const;

export function experimentLabels({ service, name }: Experiment): {
  readonly slo_service: string;
  readonly experiment: string;
} {
  return { slo_service: service, experiment: name };
}
