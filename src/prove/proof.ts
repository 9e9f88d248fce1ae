/** What a generated test is: a history, and what must and must not fire in it. */
import type { InputSeries } from "./series-text.ts";

/** One test of a promtool file. Times in seconds from the history's start. */
export interface Proof {
  /** What it shows: proofs of one scenario may share a run. */
  readonly scenario: string;
  /** Of which SLO, and what exactly. */
  readonly name: string;
  /** Unix time at which the history starts; 0 where the calendar does not matter. */
  readonly startSeconds?: number;
  /** Seconds between samples of the input. */
  readonly everySeconds: number;
  readonly input: readonly InputSeries[];
  readonly claims: readonly Claim[];
}

/** What a query must give at one instant; no samples: nothing. */
export interface Claim {
  readonly atSeconds: number;
  readonly query: string;
  /** Labels of the alert that the query asks for, where it asks for one: samples say that it fires. */
  readonly alert?: Readonly<Record<string, string>>;
  readonly samples: readonly { readonly labels: string; readonly value: number }[];
}
