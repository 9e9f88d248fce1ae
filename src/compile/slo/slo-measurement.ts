/** What is known of how one SLO is measured. */
import type { Base } from "../../sli/counting/base.ts";

/** Times in seconds. */
export interface SloMeasurement {
  readonly base: Base;
  /** groupBy and identity: what distinguishes two error budgets. */
  readonly groupLabels: readonly string[];
  /** What is recorded beside the total. */
  readonly part: "bad" | "good";
  readonly intervalSeconds: number;
  /** A whole number of intervals, no more than 4m: a sample that is 5m old is invisible. */
  readonly tileSeconds: number;
  /** Whether there is a slow group at all: where the period is short, everything reads the base. */
  readonly tiled: boolean;
  /** Whether the period is so long that it reads tiles of an hour. */
  readonly hourTiles: boolean;
  /** How often the total has a sample. */
  readonly totalEverySeconds: number;
}
