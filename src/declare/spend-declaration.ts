/** What a user writes for a budget of money or of tokens. Re-exported by `declaration.ts`. */
import type { Duration, Metric, Severity } from "./declaration.ts";

/** An amount of money or of tokens. */
export interface Amount {
  readonly amount: number;
  readonly unit: string;
}

/** A share of the limit at which to alert. */
export interface ThresholdDeclaration {
  /** `0.8` is 80 percent. */
  readonly at: number;
  readonly severity?: Severity;
}

/** Spending faster than the limit allows, in two windows. */
export interface SpendBurnDeclaration {
  /** Stable: it becomes part of the alert's name. */
  readonly name: string;
  readonly severity: Severity;
  /** Multiple of the rate at which the limit lasts exactly its period. */
  readonly burn: number;
  readonly long: Duration;
  readonly short: Duration;
}

/** When an hour counts as dearer than the same hour of each of the last three weeks. */
export interface AnomalyDeclaration {
  /** By how much, as a share of that hour. Default 0.5: half as much again. */
  readonly ratio?: number;
  /** By how much, in the hour: cheaper hours are left alone. Default: what the limit allows for an hour. */
  readonly atLeast?: Amount;
  readonly severity?: Severity;
}

/** What a single request, or a thousand tokens, may cost. */
export interface UnitCostDeclaration {
  readonly perRequest?: Amount;
  readonly per1kTokens?: Amount;
  /** Fewer in the hour say nothing. Default 100. */
  readonly minRequests?: number;
}

/** Prices of tokens, for services that count tokens and no cost. */
export interface PriceTable {
  /** A token counter, or one for each type: `{ input: "vllm:prompt_tokens_total", output: … }`. */
  readonly tokens: Metric | Readonly<Record<string, Metric>>;
  /** The label that names the model. */
  readonly model: string;
  /** The label that names the type of token, such as `gen_ai_token_type`. Needed for a single counter. */
  readonly type?: string;
  /** How many tokens a price is for. */
  readonly per: "1k" | "1M";
  /** Prices by model and type: `{ "gpt-4": { input: usd(30), output: usd(60) } }`. */
  readonly models: Readonly<Record<string, Readonly<Record<string, Amount>>>>;
  /** Types that are counted within another one too, such as `{ cached_input: "input", reasoning: "output" }`. */
  readonly within?: Readonly<Record<string, string>>;
}

/** A budget of money or of tokens. Give `metric` or, for money, `prices`. */
export interface BudgetDeclaration {
  readonly kind: "spend" | "tokens";
  /** Unique among the service's SLOs and budgets; `^[a-z][a-z0-9-]{0,62}$`. */
  readonly name: string;
  /** A counter of what was spent. */
  readonly metric?: Metric;
  readonly prices?: PriceTable;
  /** A calendar period, or a duration for a rolling one. */
  readonly per: "hour" | "day" | "week" | "month" | "quarter" | "year" | Duration;
  /** Offset from UTC of the calendar, such as `"+01:00"`. Default UTC. */
  readonly offset?: string;
  /** Over everything. Always alerts. */
  readonly limit?: Amount;
  readonly by?: readonly string[];
  /** For single values of the `by` label. */
  readonly limits?: Readonly<Record<string, Amount>>;
  /** For values not listed in `limits`. */
  readonly limitEach?: Amount;
  /** Default 0.5 (info), 0.8 (ticket) and 1 (page). */
  readonly thresholds?: readonly (number | ThresholdDeclaration)[];
  /** `false`: no alert when the limit will be passed at this pace. */
  readonly forecast?: boolean;
  /** `false`: none. Default: two, scaled to the period. */
  readonly burn?: false | readonly SpendBurnDeclaration[];
  /** An alert on hours that are far dearer than in past weeks; `{}` takes its defaults. Default: none. */
  readonly anomaly?: false | AnomalyDeclaration;
  /** What is paid for: it tells when cost stops being counted, and what a request costs. */
  readonly requests?: Metric;
  /** Tokens, for the cost of a thousand of them. */
  readonly tokens?: Metric;
  readonly unitCost?: UnitCostDeclaration;
  /**
   * A gauge of the users who were active since the period began, with the labels of `by` where it has them: what one of
   * them costs on average is recorded. Several series of one group add up.
   */
  readonly activeUsers?: Metric;
  readonly description?: string;
  readonly runbook?: string;
  readonly labels?: Readonly<Record<string, string>>;
}
