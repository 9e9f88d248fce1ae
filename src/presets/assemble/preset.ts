/** What a preset is: its own options, the SLOs it proposes, and the expositions that prove them. */
import type { z } from "zod";
import type {
  BudgetDeclaration,
  CheckDeclaration,
  LatencyThreshold,
  SliDeclaration,
  SloDeclaration,
} from "../../declare/declaration.ts";
import type { Problem } from "../../parse/read/read.ts";
import type { Select } from "./select.ts";

/** One preset. `O` are its options as its own schema read them. */
export interface Preset<O = never> {
  /** As it is exported. */
  readonly name: string;
  /** Whether what it is of serves, calls or judges models. */
  readonly ai: boolean;
  /** Schemas of the options that only this preset has. */
  readonly own: z.ZodRawShape;
  /** What the words of an option mean, in sentences: its schema names them alone. */
  readonly words?: Readonly<Record<string, string>>;
  /** Options that are sound each by itself, and not together. */
  readonly refuse?: (options: O) => readonly Problem[];
  readonly slos: (options: O, select: Select) => readonly Blueprint[];
  readonly budgets?: (options: O, select: Select) => readonly BudgetDeclaration[];
  /** What the runbooks of its SLOs ask first: of metrics that the system always exposes. */
  readonly checks?: (options: O, select: Select) => readonly CheckDeclaration[];
  /** Options under which the conformance suite compiles it, each with the exposition that proves it. */
  readonly examples: readonly PresetExample[];
}

export interface PresetExample {
  readonly options: Readonly<Record<string, unknown>>;
  /** A file of `test/presets/samples`, without `.prom`. */
  readonly sample: string;
  /** Whether Prometheus makes native histograms with custom buckets of it. */
  readonly nhcb?: true;
}

type Proposed = Pick<SloDeclaration, "window" | "groupBy" | "alerting" | "minEvents" | "minBad" | "noTraffic">;

/** An SLO in the making: what the preset proposes before its user has chosen. */
export interface Blueprint extends Proposed {
  readonly name: string;
  readonly description: string;
  readonly objective: number;
  /** In the metric's unit or as a duration. SLOs without one have no number to change but their objective. */
  readonly threshold?: LatencyThreshold | number;
  /** Base name of the histogram whose boundaries the threshold has to meet. */
  readonly histogram?: string;
  /** The version whose boundaries count, where the options name one. */
  readonly version?: string;
  /** Of histograms: the SLO that counts what never gets into them, such as requests that fail or wait for ever. */
  readonly companion?: string;
  /** Labels that its metric does not carry. */
  readonly lacks?: readonly string[];
  readonly sli: (chosen: Chosen) => SliDeclaration;
}

/** What an SLI needs to know of the choices. */
export interface Chosen {
  readonly threshold: LatencyThreshold | number;
  readonly groupBy: readonly string[];
  /** Thresholds of all SLOs, by name: for those that are made of others. */
  readonly thresholds: Readonly<Record<string, LatencyThreshold | number>>;
}
