/** How good and bad are counted: one declaration for each kind of docs/sli-kinds.md. */
import type { ClientBuckets, Comparison, Duration, LatencyThreshold, Metric, MetricSelector } from "./values.ts";

/** A metric, or several whose sum counts: successes and failures, reads and writes. */
export type Counters = Metric | readonly Metric[];

/** Good and bad events: requests, jobs, messages. Two of `total`, `bad` and `good`: without `total` it is the sum of the others. */
export type EventsDeclaration = {
  /** Named by the constructor `events()`. */
  readonly kind: "events";
} & (
  | {
      /** Counters of all events. */
      readonly total: Counters;
      /** Counters of the failures among them. No series means no failure. `outside-total` where none can be in `total`. */
      readonly bad: Counters;
      readonly good?: never;
    }
  | {
      /** Counters of all events. */
      readonly total: Counters;
      /** Counters of the successes among them. `outside-total` where none can be in `total`. */
      readonly good: Counters;
      readonly bad?: never;
    }
  | {
      /** Counters of the successes. */
      readonly good: Counters;
      /** Counters of the failures. No series means no failure. */
      readonly bad: Counters;
      readonly total?: never;
    }
);

/** Observations at or below a threshold, from a histogram. */
export interface LatencyDeclaration {
  /** Named by the constructor `latency()`. */
  readonly kind: "latency";
  /** The histogram's base name with matchers, without `_bucket`: `ai_inference_latency_seconds{job="api"}`. */
  readonly histogram: MetricSelector;
  /**
   * A bucket boundary, as a duration (`"1s"`, `"50µs"`) or as a plain number in the metric's unit (`1`). `threshold-no-bucket` or
   * `threshold-off-list` where the histogram has no such boundary.
   */
  readonly threshold: LatencyThreshold | number;
  /** How Prometheus stores the histogram; `nhcb` is native with custom buckets. Default `classic`. */
  readonly type?: "classic" | "native" | "nhcb";
  /** Bucket boundaries of this histogram, in the metric's unit. Default: those that are known of the system. */
  readonly buckets?: readonly number[] | ClientBuckets;
}

/** Time slices in which `metric op threshold` holds, such as a queue that is short enough. */
export interface GaugeDeclaration {
  /** Named by the constructor `gauge()`. */
  readonly kind: "gauge";
  /** The gauge. `not-a-gauge` where it is a counter. */
  readonly metric: Metric;
  /** The comparison that holds in a good slice. */
  readonly op: Comparison;
  /** What the gauge is compared with, in its own unit. */
  readonly threshold: number;
  /** Length of a slice. Default `1m`; `slice-too-short` below two scrapes or evaluations. */
  readonly slice?: Duration;
}

/** Time slices in which a 0/1 gauge is 1, such as `up` or `probe_success`. */
export interface ProbeDeclaration {
  /** Named by the constructor `probe()`. */
  readonly kind: "probe";
  /** The gauge, 1 for success and 0 for failure. `not-a-gauge` where it is a counter. */
  readonly metric: Metric;
  /** Length of a slice. Default `1m`; `slice-too-short` below two scrapes or evaluations. */
  readonly slice?: Duration;
}

/** Time slices in which the last success is younger than `maxAge`. */
export interface FreshnessDeclaration {
  /** Named by the constructor `freshness()`. */
  readonly kind: "freshness";
  /** A gauge that holds the Unix time of the last success, in seconds. `wrong-scale` where it is in milliseconds. */
  readonly timestamp: Metric;
  /** The age from which a slice is bad. */
  readonly maxAge: Duration;
  /** Length of a slice. Default `1m`; `slice-too-short` below two scrapes or evaluations. */
  readonly slice?: Duration;
}

/** Time slices with at least, or at most, so many events per second. */
export type ThroughputDeclaration = {
  /** Named by the constructor `throughput()`. */
  readonly kind: "throughput";
  /** A counter of the events. `not-a-counter` where it is a gauge. */
  readonly metric: Metric;
  /** Length of a slice. Default `1m`; `slice-too-short` below two scrapes or evaluations. */
  readonly slice?: Duration;
} & (
  | {
      /** Events per second in a good slice, or more. */
      readonly atLeast: number;
      readonly atMost?: never;
    }
  | {
      /** Events per second in a good slice, or fewer. */
      readonly atMost: number;
      readonly atLeast?: never;
    }
);

/** Mean score as a share of the best one: satisfaction, accuracy, evaluation scores. */
export interface ScoreDeclaration {
  /** Named by the constructor `score()`. */
  readonly kind: "score";
  /** A counter of the scores' sum. */
  readonly sum: Metric;
  /** A counter of how many were scored. */
  readonly count: Metric;
  /** The best score. Default 1. */
  readonly max?: number;
}

/** A ratio between 0 and 1 that exists already. Averaged over time, not weighted by events. */
export type RatioDeclaration = {
  /** Named by the constructor `ratio()`. */
  readonly kind: "ratio";
  /** Length of a slice. Default `1m`; `slice-too-short` below two scrapes or evaluations. */
  readonly slice?: Duration;
} & (
  | {
      /** A gauge of the share that is good, from 0 to 1. `wrong-scale` where it is in percent. */
      readonly good: Metric;
      readonly bad?: never;
    }
  | {
      /** A gauge of the share that is bad, from 0 to 1. `wrong-scale` where it is in percent. */
      readonly bad: Metric;
      readonly good?: never;
    }
);

/**
 * Made of other SLOs, named `"service/slo"`: the `worst` of them, their `weighted` mean, or all of them in `serial`,
 * where what fails in one of them fails.
 */
export type CompositeDeclaration = {
  /** Named by the constructor `composite()`. */
  readonly kind: "composite";
} & (
  | {
      /** The components. `unknown-slo` where there is no such SLO, `dependency-cycle` where one is made of this one. */
      readonly of: readonly string[];
      /** The worst component's share of failures, or the share that fails in any of them. */
      readonly as: "worst" | "serial";
    }
  | {
      /** The components, some with a weight; without one a component weighs 1. */
      readonly of: readonly (
        | string
        | {
            /** The component, as `"service/slo"`. */
            readonly slo: string;
            /** Its share, relative to the others' weights; above 0. */
            readonly weight: number;
          }
      )[];
      /** The mean of the components' shares of failures, by weight. */
      readonly as: "weighted";
    }
);

/** How good and bad are counted. One of the kinds of docs/sli-kinds.md; `unknown-kind` where it is not one of them. */
export type SliDeclaration =
  | EventsDeclaration
  | LatencyDeclaration
  | GaugeDeclaration
  | ProbeDeclaration
  | FreshnessDeclaration
  | ThroughputDeclaration
  | ScoreDeclaration
  | RatioDeclaration
  | CompositeDeclaration;
