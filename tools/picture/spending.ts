/** A few simulated days of a gateway that spends: three models, two variants of a prompt, and a loop on the last day. */
import type { Labels, Scrape } from "../../bench/oracle/world.ts";

/** When the picture is taken. Nothing here reads the clock. */
export const END = Date.UTC(2026, 5, 15, 17) / 1000;

const DAY = 86_400;
export const START = END - 3.5 * DAY;
/** Seconds between two scrapes. */
export const EVERY = 60;

interface Stream {
  readonly model: string;
  readonly variant: string;
  readonly perMinute: number;
  /** Dollars a request, and the share of requests that fail. */
  readonly cost: number;
  readonly errors: number;
}

const streams: readonly Stream[] = [
  { model: "gpt-4", variant: "A", perMinute: 6, cost: 0.0105, errors: 0.004 },
  { model: "gpt-4", variant: "B", perMinute: 6, cost: 0.0078, errors: 0.0095 },
  { model: "gpt-4o-mini", variant: "A", perMinute: 60, cost: 0.0006, errors: 0.004 },
  { model: "gpt-4o-mini", variant: "B", perMinute: 60, cost: 0.00045, errors: 0.0085 },
  { model: "claude-sonnet", variant: "A", perMinute: 10, cost: 0.0042, errors: 0.004 },
  { model: "claude-sonnet", variant: "B", perMinute: 10, cost: 0.0031, errors: 0.0085 },
];

const METRICS = [
  "ai_inference_cost_dollars_total",
  "ai_inference_requests_total",
  "ai_tokens_used_total",
  "ai_inference_errors_total",
] as const;

/** Its series and every scrape of them. */
export function spending(): { series: Labels[]; scrapes: Scrape[] } {
  const target = { job: "inference-gateway", instance: "gateway-0" };
  const series: Labels[] = [{ __name__: "up", ...target }];
  for (const { model, variant } of streams)
    for (const name of METRICS) series.push({ __name__: name, ...target, model, variant });
  const counters = series.map(() => 0);
  counters[0] = 1;
  const scrapes: Scrape[] = [];
  for (let time = START; time <= END; time += EVERY) {
    for (const [index, stream] of streams.entries()) advance(counters, 1 + index * METRICS.length, stream, time);
    scrapes.push({
      timeMs: time * 1000,
      visibleMs: time * 1000 + 200,
      series: series.map((_, at) => at),
      values: [...counters],
    });
  }
  return { series, scrapes };
}

function advance(counters: number[], at: number, { model, perMinute, cost, errors }: Stream, time: number): void {
  const hour = (time % DAY) / 3600;
  const busy = 1 + 0.7 * Math.sin(((hour - 9) / 24) * 2 * Math.PI) + 0.08 * Math.sin(time / 700);
  // An agent that calls itself, on the afternoon of the last day.
  const loop = model === "gpt-4" && time > END - 4 * 3600 ? 6 : 1;
  const requests = perMinute * busy * loop;
  const gained = [requests * cost * 2.6, requests, requests * 900, requests * errors];
  for (const [index, amount] of gained.entries()) counters[at + index] = (counters[at + index] ?? 0) + amount;
}
