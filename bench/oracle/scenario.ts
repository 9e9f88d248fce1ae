/**
 * What happens in a history: traffic, failures, processes that restart, scrapes that are late or missed.
 * Seconds count from the start of the history; a scenario is data, and functions of time.
 */

export interface Scenario {
  readonly name: string;
  readonly seed: number;
  readonly seconds: number;
  /** When its targets join, so that histories can be laid side by side. Default: 0. */
  readonly from?: number;
  /** Begins the names of its targets. Default: `target`. */
  readonly prefix?: string;
  readonly targets: number;
  /** Series of `requests_total` per target, told apart by the label `route`. */
  readonly routes: number;
  /** Routes whose requests can be bad: as many bad series per target. */
  readonly failingRoutes: number;
  /** Requests per second of one target. */
  readonly traffic: (second: number, target: number) => number;
  /** Ways to be bad, each with a counter of its own. */
  readonly failures: readonly Failure[];
  readonly scrapes: Scrapes;
  readonly restarts?: readonly Restart[];
  /** Single readings that are NaN. */
  readonly nans?: readonly { readonly target: number; readonly second: number }[];
  /** Nothing is scraped, and nothing said about it: the server itself was down. */
  readonly blackouts?: readonly Span[];
  /** Whether processes expose `process_start_time_seconds`. Default: they do. */
  readonly processStart?: boolean;
}

export interface Failure {
  readonly metric: string;
  /** Share of the requests to failing routes that are bad. */
  readonly ratio: (second: number, target: number) => number;
  /** Its series are exposed from the start, or only once something was bad. */
  readonly born: "at-start" | "when-first-bad";
}

export interface Scrapes {
  readonly everySeconds: number;
  /** Scrapes start up to this much after their time. */
  readonly jitterMs: number;
  /** How long a scrape takes; it is visible only when it ends. */
  readonly takesMs: number;
  /** Share of scrapes that fail. */
  readonly missed: number;
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A process ends and another begins: in its place (a counter reset), or beside it under a new name (a new pod). */
export interface Restart {
  readonly target: number;
  readonly second: number;
  readonly downSeconds: number;
  readonly renamed: boolean;
}

export const HOUR = 3600;
export const DAY = 86_400;

/** Scrapes every 30s that take a little while, none of them missed. */
export const wholeScrapes: Scrapes = { everySeconds: 30, jitterMs: 50, takesMs: 400, missed: 0 };

/** Traffic that follows the day: `low` at four in the morning, `high` twelve hours later. */
export function diurnal(low: number, high: number): (second: number) => number {
  return (second) => low + ((high - low) * (1 - Math.cos((2 * Math.PI * (second - 4 * HOUR)) / DAY))) / 2;
}

/** `ratio` within the span and `otherwise` outside it. */
export function during(span: Span, ratio: number, otherwise: number): (second: number) => number {
  return (second) => (second >= span.from && second < span.to ? ratio : otherwise);
}
