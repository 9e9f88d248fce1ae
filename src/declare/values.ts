/** Values that many declarations have: durations, metrics, texts, labels and severities. */

/** A length of time, such as `"30s"`, `"90m"` or `"30d"`. One unit only: `"1h30m"` is `"90m"`. Else `bad-duration`. */
export type Duration = `${number}${"ms" | "s" | "m" | "h" | "d" | "w"}`;

/** How long something may take, which may be less than a millisecond: `"1s"`, `"250ms"`, `"50µs"` or `"50us"`. */
export type LatencyThreshold = Duration | `${number}${"µs" | "us"}`;

/** A PromQL vector selector as text, such as `http_requests_total{code=~"5.."}`. Else `bad-selector`. */
export type MetricSelector = string;

/**
 * PromQL where a selector is not enough. For counts it gives a rate per second with exactly the groupBy labels,
 * and `$window` is the range to use: `sum by (model) (rate(x[$window]))`. For gauges it gives the value itself.
 */
export interface PromqlExpression {
  /** The expression. `bad-promql` where it does not parse, `not-a-rate` where it counts and is not a rate. */
  readonly promql: string;
  /**
   * What it counts or measures, as a noun without a full stop: `"requests that missed a threshold"`. It stands in
   * `explain`, runbooks and dashboards. Default: the expression itself.
   */
  readonly meaning?: string;
}

/**
 * A gauge that says how many there were in the last period, as exporters of CloudWatch, Azure Monitor and Google Cloud
 * Monitoring have it. Made by `perPeriod()`.
 */
export interface PerPeriodMetric {
  /** The gauge: a sum or a count of each period, not a mean. */
  readonly perPeriod: MetricSelector;
  /** How long a period is. */
  readonly period: Duration;
  /** How old the exporter's samples are when they arrive. Default: as old as the scrape. */
  readonly delay?: Duration;
}

/** A selector, or where that is not enough an expression or a count of a period. */
export type Metric = MetricSelector | PromqlExpression | PerPeriodMetric;

/** Text with Go template actions, such as `{{ $labels.model }}`. Made by `template()`; plain strings are data. */
export interface TemplateText {
  /** The text. `bad-template` where Prometheus would refuse it or leave a gap. */
  readonly template: string;
}

/** Annotation text: a plain string is shown as it is, `template()` is expanded by Prometheus. */
export type Text = string | TemplateText;

/** The name of a label that series carry. Any name will do; those that are common are offered by an editor. */
export type LabelName =
  | "cluster"
  | "job"
  | "model"
  | "model_name"
  | "namespace"
  | "region"
  | "route"
  | "tenant"
  | "user_tier"
  | (string & {});

/** Labels or annotations by name. `bad-label` or `reserved-label` where a name cannot be used. */
export type Labels<Value = string> = Readonly<Record<string, Value>>;

/** Who must act, and how soon. What is emitted as a label comes from the platform's `severities`. */
export type Severity = "page" | "ticket" | "info";

/** Comparison that holds in a good slice. */
export type Comparison = "<" | "<=" | ">" | ">=" | "==" | "!=";

/** The boundaries that a client library gives a histogram without any of its own. In seconds except `otel-sdk`: milliseconds. */
export type ClientBuckets = "client_golang" | "client_python" | "prom-client" | "otel-http" | "otel-sdk";

/** A day of the week. */
export type Weekday = "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
