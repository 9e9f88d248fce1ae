/** Budgets of money and of tokens. */
import type { Duration, LabelName, Labels, Metric, Severity } from "./values.ts";

/** An amount of money or of tokens. Made by `usd()`, `eur()` or `tokens()`. */
export interface Amount {
  /** How many of the unit; above 0. */
  readonly amount: number;
  /** `dollars`, `euros` or `tokens`. */
  readonly unit: string;
}

/** A share of the limit at which to alert. */
export interface ThresholdDeclaration {
  /** Share of the limit, above 0 and at most 10: `0.8` is 80 percent. */
  readonly at: number;
  /** Who must act. Default: `page` from 1, `ticket` from 0.8, else `info`. */
  readonly severity?: Severity;
}

/** Spending faster than the limit allows, in two windows. */
export interface SpendBurnDeclaration {
  /** Stable: it becomes part of the alert's name. */
  readonly name: string;
  /** Who must act. */
  readonly severity: Severity;
  /** Multiple of the rate at which the limit lasts exactly its period. */
  readonly burn: number;
  /** The window that decides whether the pace matters. */
  readonly long: Duration;
  /** The window that lets the alert resolve soon after; shorter than `long`. */
  readonly short: Duration;
}

/** When an hour counts as more expensive than the same hour of each of the last three weeks. */
export interface AnomalyDeclaration {
  /** By how much, as a share of that hour. Default 0.5: half as much again. */
  readonly ratio?: number;
  /** By how much, in the hour: cheaper hours are left alone. Default: what the limit allows for an hour. */
  readonly atLeast?: Amount;
  /** Who must act. Default `ticket`. */
  readonly severity?: Severity;
}

/** What a single request, or a thousand tokens, may cost. */
export interface UnitCostDeclaration {
  /** The most that a request may cost on average of an hour; needs `requests`. Default: no alert. */
  readonly perRequest?: Amount;
  /** The most that a thousand tokens may cost on average of an hour; needs `tokens`. Default: no alert. */
  readonly per1kTokens?: Amount;
  /** Requests in the hour below which nothing is said. Default 100. */
  readonly minRequests?: number;
}

/** Prices of tokens, for services that count tokens and no cost. */
export interface PriceTable {
  /** A token counter, or one for each type: `{ input: "vllm:prompt_tokens_total", output: … }`. */
  readonly tokens: Metric | Readonly<Record<string, Metric>>;
  /** The label that names the model. */
  readonly model: LabelName;
  /** The label that names the type of token, such as `gen_ai_token_type`. Needed for a single counter; default: the counters are by type. */
  readonly type?: LabelName;
  /** How many tokens a price is for. */
  readonly per: "1k" | "1M";
  /** Prices by model and type: `{ "gpt-4": { input: usd(30), output: usd(60) } }`. */
  readonly models: Readonly<Record<string, Readonly<Record<string, Amount>>>>;
  /** Types that are counted within another one too, such as `{ cached_input: "input", reasoning: "output" }`. Default: none. */
  readonly within?: Labels;
}

/** A budget of money or of tokens. Give `metric` or, for money, `prices`. */
export interface BudgetDeclaration {
  /** Named by the constructors `spend()` and `tokens()`. */
  readonly kind: "spend" | "tokens";
  /** Unique among the service's SLOs and budgets; `^[a-z][a-z0-9-]{0,62}$`, else `bad-id` or `duplicate-id`. */
  readonly name: string;
  /** A counter of what was spent, in the limit's unit; left out where there are `prices`. `not-a-counter` where it is a gauge. */
  readonly metric?: Metric;
  /** Counters of tokens and their prices; left out where there is a `metric`. */
  readonly prices?: PriceTable;
  /** A calendar period, or a duration for a rolling one. */
  readonly per: "hour" | "day" | "week" | "month" | "quarter" | "year" | Duration;
  /** Offset from UTC of the calendar, such as `"+01:00"`. Default UTC. A zone's name is `bad-value`. */
  readonly offset?: string;
  /** Over everything. Always alerts. Default: none; then `limits` or `limitEach` is needed. */
  readonly limit?: Amount;
  /** Labels by which spending is recorded and drawn. Default: none. */
  readonly by?: readonly LabelName[];
  /** For single values of the `by` label. Default: none. `limit-above-whole` where one is above `limit`. */
  readonly limits?: Readonly<Record<string, Amount>>;
  /** For values not listed in `limits`. Default: none. */
  readonly limitEach?: Amount;
  /**
   * Teams that are notified of a value's spending in place of the service's owner, by value of the `by` label:
   * `{ search: "search-team" }`. Default: none, the owner is. `unknown-team` where the platform has no receivers of it.
   */
  readonly receivers?: Readonly<Record<string, string>>;
  /** Shares of the limit at which to alert. Default 0.5 (info), 0.8 (ticket) and 1 (page). */
  readonly thresholds?: readonly (number | ThresholdDeclaration)[];
  /** `false`: no alert when the limit will be passed at this pace. Default `true`. */
  readonly forecast?: boolean;
  /** `false`: none. Default: two, scaled to the period; none for periods below a day. */
  readonly burn?: false | readonly SpendBurnDeclaration[];
  /** An alert on hours that are far more expensive than in past weeks; `{}` takes its defaults. Default: none. */
  readonly anomaly?: false | AnomalyDeclaration;
  /** A counter of what is paid for: it shows when cost is no longer counted, and what a request costs. Default: unknown. */
  readonly requests?: Metric;
  /** A counter of tokens, for the cost of a thousand of them. Default: unknown. */
  readonly tokens?: Metric;
  /** What a request, or a thousand tokens, may cost. Default: no alerts. */
  readonly unitCost?: UnitCostDeclaration;
  /**
   * A gauge of the users who were active since the period began, with the labels of `by` where it has them: what one of
   * them costs on average is recorded. Several series of one group add up. Default: unknown.
   */
  readonly activeUsers?: Metric;
  /** What it is for, in a sentence. Default: none. */
  readonly description?: string;
  /** URL of its runbook. Default: the service's `runbooks` with the budget's name. */
  readonly runbook?: string;
  /** Added to every alert of this budget; they win over the service's of the same name. Default: none. */
  readonly labels?: Labels;
}
