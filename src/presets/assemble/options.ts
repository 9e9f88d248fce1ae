/** Options that every preset takes. */
import type {
  BudgetDeclaration,
  CalendarWindow,
  Duration,
  LatencyThreshold,
  PriceTable,
  SloDeclaration,
} from "../../declare/declaration.ts";

/** What a preset gives: spread it into a service, `defineService({ name, owner, ...vllm() })`, or join several with `combine`. */
export interface ServiceParts {
  /** The SLOs that the preset makes of its options. */
  readonly slos: readonly SloDeclaration[];
  /** The budgets that its options ask for. */
  readonly budgets: readonly BudgetDeclaration[];
}

/** Everything of an SLO but what the preset is for. */
export type SloOverrides = Partial<Omit<SloDeclaration, "name" | "sli" | "objective">>;

/**
 * Options of every preset. What is left out stays as the preset proposes it. Its numbers are changed by the name of the SLO:
 * `{ objectives: { availability: 99.5 }, thresholds: { "time-to-first-token": "500ms" } }`.
 *
 * @typeParam Name - Names of the preset's SLOs.
 * @typeParam Measured - Those among them that have a threshold.
 */
export interface PresetOptions<Name extends string = string, Measured extends Name = Name> {
  /** The scrape job: narrows every selector to `job="…"`. Give it, so that the rules know which targets are behind a series. */
  readonly job?: string;
  /** More matchers for every selector, as PromQL has them between its braces: `namespace="prod",cluster=~"eu-.*"`. */
  readonly matchers?: string;
  /** Replaces the labels by which SLOs are grouped. Those that a metric is known to lack are left out for its SLO. */
  readonly groupBy?: readonly string[];
  /** Objectives in percent. */
  readonly objectives?: Readonly<Partial<Record<Name, number>>>;
  /** Latency thresholds, as durations or in the metric's unit, and bounds of gauges and rates. */
  readonly thresholds?: Readonly<Partial<Record<Measured, LatencyThreshold | number>>>;
  /**
   * Takes the bucket boundary at or above each latency threshold (`true`, `"up"`) or at or below it (`"down"`).
   * Otherwise a threshold that is not a boundary is an error.
   */
  readonly snap?: boolean | "up" | "down";
  /** Bucket boundaries of a latency SLO's histogram, where yours are not those of the system: `{ latency: [0.1, 0.5, 1] }`. */
  readonly buckets?: Readonly<Partial<Record<Measured, readonly number[]>>>;
  /** The window of all SLOs. */
  readonly window?: Duration | CalendarWindow;
  /** Events expected per day, so that `explain` and the runbook can put budgets and sampling errors in numbers. */
  readonly eventsPerDay?: Readonly<Partial<Record<Name, number>>>;
  /** SLOs to leave out. */
  readonly without?: readonly Name[];
  /** Any other field of an SLO: `{ availability: { alerting: { … }, minEvents: 100 } }`. */
  readonly overrides?: Readonly<Partial<Record<Name, SloOverrides>>>;
  /** Goes before the names of all SLOs and budgets, for the same preset twice in one service: `"eu"` makes `eu-availability`. */
  readonly namePrefix?: string;
}

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** A budget whose metric the preset knows. */
export type PresetBudget = Without<BudgetDeclaration, "kind" | "metric" | "prices">;

/**
 * Prices of tokens, by model and type, for systems that count tokens and no cost:
 * `{ per: "1M", models: { "llama-3.1-8b": { input: usd(0.2), output: usd(0.4) } } }`.
 */
export type PresetPrices = Pick<PriceTable, "per" | "models">;
