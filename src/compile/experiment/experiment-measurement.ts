/** How an experiment is measured: as SLOs are, by the label that tells its groups apart. */

import type { Experiment, Platform } from "../../model/service.ts";
import type { Base } from "../../sli/counting/base.ts";
import { countedBy } from "../counted-by.ts";
import { experimentLabels } from "../names.ts";
import { tileLength } from "../tiling.ts";

export interface ExperimentMeasurement {
  readonly experiment: Experiment;
  /** Of what is not counted by one SLI: the cost. */
  readonly base: Base;
  readonly intervalSeconds: number;
  /** How often the groups are compared: once a tile. */
  readonly compareSeconds: number;
}

export function experimentMeasurement(experiment: Experiment, platform: Platform): ExperimentMeasurement {
  const intervalSeconds = experiment.evaluationSeconds;
  return {
    experiment,
    base: {
      ...countedBy([experiment.label], experiment, platform),
      id: experimentLabels(experiment),
      recordsOf: "experiment",
      noTraffic: "ignore",
    },
    intervalSeconds,
    compareSeconds: tileLength(intervalSeconds),
  };
}

/** One SLI's own: its records carry the label `sli`. */
export function baseOfSli({ base }: ExperimentMeasurement, sli: string): Base {
  return { ...base, id: { ...base.id, sli } };
}
