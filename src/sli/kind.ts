/** What an SLI kind is: a schema, how it counts, and what it needs to be explained and proven. */
import type { z } from "zod";
import type { Expr, Selector } from "../promql/ast.ts";
import type { Base } from "./counting/base.ts";
import type { DebugQuery } from "./debug-queries.ts";
import type { Counted } from "./metric.ts";

/** Good means what the kind says; everything after this reads only `total` and `bad`. */
export interface SliKind<S extends { readonly kind: string }> {
  readonly schema: z.ZodType<S>;
  /** `events`: weighted by what happened. `slices`: weighted by time. */
  readonly method: "events" | "slices";
  /** What happened in one evaluation interval, with exactly the group labels. */
  readonly counts: (sli: S, base: Base) => Counts;
  /** Good and bad for people, as parts of a sentence, and what is counted. */
  readonly words: (sli: S) => Words;
  /** Series that make a given history, for the generated tests. Undefined where none can be derived. */
  readonly history: (sli: S, base: Base) => History | undefined;
  /** What a runbook asks of the raw series, bad ones first. Without it, it asks for the counts alone. */
  readonly debugQueries?: (sli: S, base: Base) => readonly DebugQuery[];
  /** What its metrics have to be. Default: counters. */
  readonly reads?: "gauge" | "probe" | "ratio" | "time";
  /** What a time without data counts as, where nothing is declared. Default: nothing. */
  readonly withoutData?: "bad";
  /** `false` where what is bad is not a number of failures, so that one of them cannot be distinguished from two. */
  readonly countsFailures?: false;
  /** The SLOs that it is made of. Without it, it counts for itself. */
  readonly components?: (sli: S) => readonly Component[];
  /** How the error ratios of its components become one. Without it, it has a ratio of its own. */
  readonly combination?: (sli: S) => Combination;
  /** The classic histogram that it reads. */
  readonly classicHistogram?: (sli: S) => ClassicHistogram | undefined;
  /** What it counts, as declared: bad and good have to be parts of the total. */
  readonly declaredCounts?: (sli: S) => DeclaredCounts;
  /** `true` where a slice may be bad in part: what it shows is a ratio itself. */
  readonly partlyBad?: true;
  /** What is inexact about it, for `explain`: about what, and how. */
  readonly inexact?: (sli: S) => readonly (readonly [what: string, how: string])[];
  /** Declarations that the conformance suite compiles and proves. */
  readonly examples: readonly unknown[];
}

/** An SLO that another is made of. */
export interface Component {
  /** As `service/slo`. */
  readonly slo: string;
  readonly weight: number | undefined;
}

/** One error ratio of several, which the label `slo_component` distinguishes. */
export interface Combination {
  readonly ratio: (ratios: Expr, weights: Expr) => Expr;
  /** Whether it reads the weights. */
  readonly isWeighted: boolean;
  /** What the expression does, for whoever reads the rule. */
  readonly comment: string;
}

/** A histogram whose buckets exist at some boundaries alone, and the threshold that has to be one of them. */
export interface ClassicHistogram {
  /** Of its base name. */
  readonly histogram: Selector;
  /** As declared: a duration, or a number in the metric's own unit. */
  readonly threshold: number | string;
  /** Its boundaries, where they are declared. */
  readonly buckets?: readonly number[] | undefined;
}

/** Two of the three. */
export interface DeclaredCounts {
  readonly total?: Counted | undefined;
  readonly bad?: Counted | undefined;
  readonly good?: Counted | undefined;
}

/** What one evaluation records. Windows divide sums of it: `bad / total`, or `1 - good / total`. */
export interface Counts {
  /** Made before them, where the metric itself cannot be counted: read one evaluation later. */
  readonly before?: readonly Recorded[];
  readonly total: Expr;
  /** Bad events, or the good ones where those are what is counted. */
  readonly part: { readonly of: "bad" | "good"; readonly expr: Expr };
  /** The raw series behind the total, by which its targets are known. Of an expression nobody knows them. */
  readonly totalSeries: Selector | undefined;
  /** All series of the total, where `totalSeries` is only some of them. */
  readonly allTotalSeries?: Selector;
  /** The counters whose increases it adds up: none of them falls while its target stays up. */
  readonly counters?: readonly Selector[];
  /** How often the total has a sample, where that is not at every evaluation. In seconds. */
  readonly everySeconds?: number;
  /** Recorded apart, where they are those of several SLOs: total and part are then all of them. */
  readonly components?: readonly ComponentCounts[];
  /** Whether part and total are counted by metrics of their own, so that there may be more of the part, or only the part. */
  readonly apart?: true;
  /** Whether the part is read and not counted, so that it may be below nothing or above all. */
  readonly unbounded?: true;
  /** What the names do not say of the rules of total and part. */
  readonly comments: { readonly total: string; readonly part?: string };
}

/** What one component of a composite has counted, with the labels that distinguish it from the others. */
export interface ComponentCounts {
  readonly labels: Readonly<Record<string, string>>;
  readonly total: Expr;
  readonly bad: Expr;
}

/** A series in the making. */
export interface Recorded {
  readonly record: string;
  readonly expr: Expr;
  /** What distinguishes it from others of its name. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly comment?: string;
}

export interface Words {
  /** "requests that did not fail" */
  readonly good: string;
  readonly bad: string;
  /** "events", "slices", … */
  readonly unit: string;
  /** Which first checks of a runbook apply. */
  readonly symptom: "errors" | "latency" | "saturation" | "availability" | "staleness" | "throughput" | "quality";
}

/**
 * How to write a history as raw series. Per evaluation there are some good and some bad units;
 * each series says what one unit of either adds to it (counters) or what value it shows (gauges).
 */
export type History =
  | {
      readonly type: "counters";
      readonly series: readonly CounterSeries[];
      /** Counted one evaluation later than is usual. */
      readonly later?: true;
    }
  | { readonly type: "gauge"; readonly series: readonly GaugeSeries[] }
  | { readonly type: "histogram"; readonly series: readonly HistogramSeries[] };

/** A counter: its value grows by `perGood` for every good unit and by `perBad` for every bad one. */
export interface CounterSeries {
  readonly metric: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly perGood: number;
  readonly perBad: number;
}

/**
 * A series whose readings are judged, slice by slice. `as`: its values as they are, as an age (the reading is a time),
 * or as a rate per second (the series is a counter).
 */
export interface GaugeSeries {
  readonly metric: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly good: number;
  readonly bad: number;
  readonly as: "value" | "age" | "rate";
  /** How far back the readings go that are judged together; 0 is the last one alone. */
  readonly overSeconds: number;
  /** The bad share, 0 to 1, of a slice with these readings. */
  readonly judge: (readings: readonly number[]) => number;
}

/** A native histogram with one observation per unit, below or above the threshold. */
export interface HistogramSeries {
  readonly metric: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly threshold: number;
  readonly custom: boolean;
}
