/** What a user writes for an experiment. Re-exported by `declaration.ts`. */
import type { Duration, Metric, Severity, SliDeclaration } from "./declaration.ts";

/** What one of an experiment's measurements is called, and how it counts. Kinds that count events only. */
export interface ExperimentSli {
  readonly name: string;
  readonly sli: SliDeclaration;
}

/** What the groups cost: money over what it is paid for. */
export interface ExperimentCost {
  readonly metric: Metric;
  readonly per: Metric;
  readonly unit?: string;
}

/** Groups of one population, told apart by a label, side by side. */
export interface ExperimentDeclaration {
  /** Unique among the service's SLOs, budgets and experiments. */
  readonly name: string;
  readonly description?: string;
  /** The label that tells the groups apart, such as `variant`. */
  readonly label: string;
  /** The value that the others are compared with. */
  readonly baseline: string;
  /** Values that take part. Default: all that are seen. */
  readonly variants?: readonly string[];
  readonly slis: readonly ExperimentSli[];
  readonly cost?: ExperimentCost;
  /** How far back the groups are compared. Default `1d`. */
  readonly window?: Duration;
  /** Events that each group needs before anything is said. Default 500. */
  readonly minSample?: number;
  /** Standard errors of difference that are no noise. Default 4: the comparison is looked at all the time. */
  readonly sigma?: number;
  /** How much worse, as a share of all events, matters. Default 0: anything beyond noise. */
  readonly atLeast?: number;
  /** How long a variant must be worse. Default `30m`. */
  readonly for?: Duration;
  readonly severity?: Severity;
  readonly runbook?: string;
  readonly labels?: Readonly<Record<string, string>>;
}
