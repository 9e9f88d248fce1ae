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
  badRatio: "experiment:bad_ratio",
  /** Bad ratio of a variant and the baseline taken together. */
  pooledRatio: "experiment:bad_ratio:pooled",
  /** How many events carry a comparison; no sample where either group has too few. */
  comparable: "experiment:events:comparable",
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
