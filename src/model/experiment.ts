/** An experiment once it is parsed: variants of a service, compared with a baseline. */
import type { Severity } from "../declare/declaration.ts";
import type { Source } from "../issue.ts";
import type { Sli } from "../sli/index.ts";
import type { ParsedMetric } from "../sli/metric.ts";

/** An experiment, ready to compile. Times in seconds. */
export interface Experiment {
  readonly id: string;
  readonly service: string;
  readonly name: string;
  readonly owner: string;
  readonly description: string | undefined;
  readonly label: string;
  readonly baseline: string;
  readonly variants: readonly string[] | undefined;
  readonly slis: readonly { readonly name: string; readonly sli: Sli }[];
  readonly cost: { readonly metric: ParsedMetric; readonly per: ParsedMetric; readonly unit: string } | undefined;
  readonly windowSeconds: number;
  readonly minSample: number;
  readonly sigma: number;
  readonly atLeast: number;
  readonly forSeconds: number;
  readonly severity: Severity;
  readonly runbook: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly scrapeSeconds: number;
  readonly evaluationSeconds: number;
  readonly path: readonly (string | number)[];
  readonly source: Source | undefined;
}
