/** Constructors: plain data with its `kind`, and a note of where it was written. They judge nothing. */
import { noteCallSite } from "./call-site.ts";
import type {
  Amount,
  BudgetDeclaration,
  CompositeDeclaration,
  Duration,
  EventsDeclaration,
  ExperimentDeclaration,
  FreshnessDeclaration,
  GaugeDeclaration,
  LatencyDeclaration,
  MetricSelector,
  PerPeriodMetric,
  ProbeDeclaration,
  RatioDeclaration,
  ScoreDeclaration,
  TemplateText,
  ThroughputDeclaration,
  TimeSlicesDeclaration,
} from "./declaration.ts";

/** A declaration before its constructor has named its kind. The condition keeps either/or fields apart. */
type Fields<Declaration> = Declaration extends unknown ? Omit<Declaration, "kind"> : never;

/**
 * Good and bad events: requests, jobs, messages. Give `bad` or `good` beside `total`, or `bad` and `good`.
 *
 * @example events({ total: "http_requests_total", bad: 'http_requests_total{code=~"5.."}' })
 */
export function events(sli: Fields<EventsDeclaration>): EventsDeclaration {
  return noteCallSite({ ...sli, kind: "events" }, events);
}

/**
 * Observations at or below a threshold, which must be a bucket boundary of the histogram.
 *
 * @example latency({ histogram: "http_request_duration_seconds", threshold: "500ms" })
 */
export function latency(sli: Fields<LatencyDeclaration>): LatencyDeclaration {
  return noteCallSite({ ...sli, kind: "latency" }, latency);
}

/**
 * Time slices in which a gauge keeps to a bound: saturation, drift, queue depth.
 *
 * @example gauge({ metric: "queue_messages", op: "<=", threshold: 100 })
 */
export function gauge(sli: Fields<GaugeDeclaration>): GaugeDeclaration {
  return noteCallSite({ ...sli, kind: "gauge" }, gauge);
}

/**
 * Time slices in which a 0/1 gauge is 1, such as `probe_success`.
 *
 * @example probe({ metric: 'probe_success{job="blackbox"}' })
 */
export function probe(sli: Fields<ProbeDeclaration>): ProbeDeclaration {
  return noteCallSite({ ...sli, kind: "probe" }, probe);
}

/**
 * Time slices in which the last success is younger than `maxAge`.
 *
 * @example freshness({ timestamp: "backup_last_success_timestamp_seconds", maxAge: "26h" })
 */
export function freshness(sli: Fields<FreshnessDeclaration>): FreshnessDeclaration {
  return noteCallSite({ ...sli, kind: "freshness" }, freshness);
}

/**
 * Time slices with at least, or at most, so many per second.
 *
 * @example throughput({ metric: "indexed_documents_total", atLeast: 50 })
 */
export function throughput(sli: Fields<ThroughputDeclaration>): ThroughputDeclaration {
  return noteCallSite({ ...sli, kind: "throughput" }, throughput);
}

/**
 * The mean score as a share of the best one: satisfaction, accuracy.
 *
 * @example score({ sum: "ai_feedback_score_sum", count: "ai_feedback_score_count", max: 5 })
 */
export function score(sli: Fields<ScoreDeclaration>): ScoreDeclaration {
  return noteCallSite({ ...sli, kind: "score" }, score);
}

/**
 * A ratio that exists already, averaged over time.
 *
 * @example ratio({ good: "cdn_cache_hit_ratio" })
 */
export function ratio(sli: Fields<RatioDeclaration>): RatioDeclaration {
  return noteCallSite({ ...sli, kind: "ratio" }, ratio);
}

/**
 * Made of other SLOs, such as the steps of a journey.
 *
 * @example composite({ of: ["shop/search", "shop/checkout"], as: "serial" })
 */
export function composite(sli: Fields<CompositeDeclaration>): CompositeDeclaration {
  return noteCallSite({ ...sli, kind: "composite" }, composite);
}

/**
 * For `budgeting`: slices of time, each good when enough of its events are.
 *
 * @example timeSlices({ slice: "5m", target: 99 })
 */
export function timeSlices(method: Fields<TimeSlicesDeclaration>): TimeSlicesDeclaration {
  return noteCallSite({ ...method, kind: "timeSlices" }, timeSlices);
}

/**
 * A budget of money.
 *
 * @example spend({ name: "daily", metric: "ai_inference_cost_dollars_total", per: "day", limit: usd(500) })
 */
export function spend(budget: Fields<BudgetDeclaration>): BudgetDeclaration {
  return noteCallSite({ ...budget, kind: "spend" }, spend);
}

/**
 * So many tokens, or a budget of them.
 *
 * @example tokens({ name: "daily", metric: "ai_tokens_total", per: "day", limit: tokens(2_000_000) })
 */
export function tokens(amount: number): Amount;
export function tokens(budget: Fields<BudgetDeclaration>): BudgetDeclaration;
export function tokens(given: number | Fields<BudgetDeclaration>): Amount | BudgetDeclaration {
  if (typeof given !== "object") return noteCallSite({ amount: given, unit: "tokens" }, tokens as () => unknown);
  return noteCallSite({ ...given, kind: "tokens" }, tokens as () => unknown);
}

/**
 * A gauge that counts a period, where a counter is wanted: so many in the last `period`, spread evenly over it.
 *
 * @example perPeriod({ metric: "aws_bedrock_invocations_sum", period: "1m", delay: "10m" })
 */
export function perPeriod(gauge: {
  /** Its selector: a sum or a count, not a mean. */
  readonly metric: MetricSelector;
  /** How long a period is: the exporter says. */
  readonly period: Duration;
  /** How old the exporter's samples are, where it gives them the time of their period. Default: as old as the scrape. */
  readonly delay?: Duration;
}): PerPeriodMetric {
  const { metric, ...when } = gauge;
  return noteCallSite({ perPeriod: metric, ...when }, perPeriod);
}

/**
 * Groups of one population side by side, and an alert when one is worse beyond noise.
 *
 * @example experiment({
 *   name: "prompt",
 *   label: "variant",
 *   baseline: "control",
 *   slis: [{ name: "errors", sli: events({ total: "chat_answers_total", bad: "chat_errors_total" }) }],
 * })
 */
export function experiment(declared: ExperimentDeclaration): ExperimentDeclaration {
  return noteCallSite({ ...declared }, experiment);
}

/**
 * So many US dollars.
 *
 * @example usd(500)
 */
export function usd(amount: number): Amount {
  return noteCallSite({ amount, unit: "dollars" }, usd);
}

/**
 * So many euros.
 *
 * @example eur(450)
 */
export function eur(amount: number): Amount {
  return noteCallSite({ amount, unit: "euros" }, eur);
}

/**
 * Annotation text that Prometheus fills in when an alert fires.
 *
 * @example template("{{ $labels.model }} fails")
 */
export function template(text: string): TemplateText {
  return noteCallSite({ template: text }, template);
}
