/** The SLO that every peer gets: bad requests of a shop, 99.9 % over a month. */
export interface BenchSlo {
  readonly name: string;
  /** Metric that counts the bad ones. */
  readonly bad: string;
  readonly objective: number;
  readonly groupBy?: readonly string[];
  /** Changes nothing but a label. */
  readonly owner?: string;
}

export const TOTAL = "requests_total";
export const SERVICE = "shop";

export const availability: BenchSlo = { name: "availability", bad: "errors_total", objective: 99.9 };
export const speed: BenchSlo = { name: "speed", bad: "slow_total", objective: 99 };
