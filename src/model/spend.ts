/** A budget once it is parsed: units resolved, defaults filled in. All times are in seconds, all amounts in the budget's unit. */

import type { Severity } from "../declare/declaration.ts";
import type { Source } from "../issue.ts";
import type { ParsedMetric } from "../sli/metric.ts";
import type { Period, PeriodUnit } from "./period.ts";

export interface SpendBudget {
  /** `service/budget`. */
  readonly id: string;
  readonly service: string;
  readonly name: string;
  readonly owner: string;
  readonly description: string | undefined;
  readonly kind: "spend" | "tokens";
  /** `dollars`, `euros` or `tokens`. */
  readonly unit: string;
  readonly meter: SpendMeter;
  readonly period: Period<PeriodUnit>;
  /** Over everything. */
  readonly limit: number | undefined;
  /** As declared, and without the platform's identity labels. */
  readonly by: readonly string[];
  /** By value of the single `by` label. */
  readonly limits: Readonly<Record<string, number>>;
  readonly limitEach: number | undefined;
  /** Teams that are notified in place of the owner, by value of the single `by` label. */
  readonly receivers: Readonly<Record<string, string>>;
  /** Rising. */
  readonly thresholds: readonly SpendThreshold[];
  readonly forecast: boolean;
  readonly burns: readonly SpendBurn[];
  readonly anomaly: SpendAnomaly | undefined;
  readonly requests: ParsedMetric | undefined;
  readonly tokens: ParsedMetric | undefined;
  readonly unitCost: UnitCost;
  /** A gauge of the period's users. */
  readonly activeUsers: ParsedMetric | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly runbook: string | undefined;
  readonly scrapeSeconds: number;
  readonly evaluationSeconds: number;
  readonly path: readonly (string | number)[];
  readonly source: Source | undefined;
}

/** What is counted: a counter of the unit itself, or tokens at their prices. */
export type SpendMeter =
  | { readonly type: "metric"; readonly metric: ParsedMetric }
  | { readonly type: "prices"; readonly prices: Prices };

/** Counters of tokens and what a single token costs. */
export interface Prices {
  readonly modelLabel: string;
  readonly typeLabel: string;
  readonly counters: TokenCounters;
  /**
   * By model and type. A type that is counted within another one costs the difference of the two, which may be
   * negative: the whole has been paid at the other's price already.
   */
  readonly perToken: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Types that lie in no other: their sum is all tokens. */
  readonly wholeTypes: readonly string[];
}

/** One counter with a type label, or a counter for each type. */
export type TokenCounters =
  | { readonly type: "labelled"; readonly metric: ParsedMetric }
  | { readonly type: "separate"; readonly metrics: Readonly<Record<string, ParsedMetric>> };

export interface SpendThreshold {
  /** A share of the limit: 0.8. */
  readonly at: number;
  readonly severity: Severity;
}

export interface SpendBurn {
  readonly name: string;
  readonly severity: Severity;
  /** Multiple of the rate at which the limit lasts its period. */
  readonly burn: number;
  readonly longSeconds: number;
  readonly shortSeconds: number;
}

export interface SpendAnomaly {
  readonly ratio: number;
  /** Undefined: what the limit allows for an hour. */
  readonly atLeast: number | undefined;
  readonly severity: Severity;
}

export interface UnitCost {
  readonly perRequest: number | undefined;
  readonly per1kTokens: number | undefined;
  readonly minRequests: number;
}
