/** Every metric and label name of experiments, once. */
import type { Experiment } from "../../model/service.ts";

export const experimentRecords = {
  total: "experiment:total:increase",
  bad: "experiment:bad:increase",
  cost: "experiment:cost:increase",
  units: "experiment:units:increase",
  /** Events within the window, told apart by the label `part`: `total` and `bad`. */
  events: "experiment:events:window",
  badRatio: "experiment:bad_ratio",
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
