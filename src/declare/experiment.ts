/** Experiments: groups of one population side by side. */
import type { SliDeclaration } from "./sli.ts";
import type { Duration, LabelName, Labels, Metric, Severity } from "./values.ts";

/** One of an experiment's measurements. */
export interface ExperimentSli {
  /** Unique in its experiment; `^[a-z][a-z0-9-]{0,62}$`, else `bad-id`. */
  readonly name: string;
  /** How good and bad are counted: by a kind that counts events (events, latency, score), else `bad-value`. */
  readonly sli: SliDeclaration;
}

/** What the groups cost: money over what it is paid for. */
export interface ExperimentCost {
  /** A counter of the money spent, with the experiment's label. */
  readonly metric: Metric;
  /** A counter of what it is paid for, such as requests. */
  readonly per: Metric;
  /** The currency. Default `dollars`. */
  readonly unit?: string;
}

/** Groups of one population, distinguished by a label, side by side. */
export interface ExperimentDeclaration {
  /** Unique among the service's SLOs, budgets and experiments; `^[a-z][a-z0-9-]{0,62}$`, else `bad-id` or `duplicate-id`. */
  readonly name: string;
  /** What is tried, in a sentence. Default: none. */
  readonly description?: string;
  /** The label that tells the groups apart, such as `variant`. `reserved-label` where experiments need it themselves. */
  readonly label: LabelName;
  /** The value that the others are compared with. */
  readonly baseline: string;
  /** Values that take part. Default: all that are seen. */
  readonly variants?: readonly string[];
  /** What is measured of every group. */
  readonly slis: readonly ExperimentSli[];
  /** What the groups cost. Default: not compared. */
  readonly cost?: ExperimentCost;
  /** How far back the groups are compared. Default `1d`. */
  readonly window?: Duration;
  /** Events that each group needs before anything is said. Default 500. */
  readonly minSample?: number;
  /** Standard errors of difference from which on it is not noise. Default 4: the comparison is looked at all the time. */
  readonly sigma?: number;
  /** How much worse, as a share of all events from 0 to below 1, matters. Default 0: anything beyond noise. */
  readonly atLeast?: number;
  /** How long a variant must be worse. Default `30m`. */
  readonly for?: Duration;
  /** Who must act when a variant is worse. Default `ticket`. */
  readonly severity?: Severity;
  /** URL of its runbook. Default: the service's `runbooks` with the experiment's name. */
  readonly runbook?: string;
  /** Added to every alert of this experiment; they win over the service's of the same name. Default: none. */
  readonly labels?: Labels;
}
