/**
 * What the services under test expose: the seed's metrics, and those of vLLM's V1 engine with its own bucket boundaries
 * (vllm/v1/metrics/loggers.py).
 */
import type { ServerResponse } from "node:http";
import { type HttpServer, startHttp } from "./live-http.ts";
import { type Counts, steadyTraffic, type Traffic } from "./live-traffic.ts";

/** A model behind the gateway. Its errors and its slowness are told apart: one fails without the other. */
export interface Model {
  readonly errors: Traffic;
  readonly slow: Traffic;
}

/** A hundred requests a second, all of them good unless set otherwise. */
export function healthyModel(): Model {
  return { errors: steadyTraffic(100), slow: steadyTraffic(100) };
}

export type Models = Readonly<Record<string, Model>>;

/** Serves exposition text by path; any other path is a 404. */
export function startMetrics(pages: Readonly<Record<string, () => string | Promise<string>>>): Promise<HttpServer> {
  return startHttp(async (request, response) => answer(response, pages[request.url ?? ""]));
}

async function answer(response: ServerResponse, page: (() => string | Promise<string>) | undefined): Promise<void> {
  if (page === undefined) response.statusCode = 404;
  const text = page === undefined ? "" : await page();
  response.setHeader("content-type", "text/plain; version=0.0.4");
  response.end(text);
}

/** An hour ago: what these processes counted before Prometheus came is not of its time. */
const started = Math.floor(Date.now() / 1000) - 3600;

/** The seed's metrics. A model has no series of errors before its first one, as in real clients. */
export function inferenceMetrics(models: Models): string {
  const lines = Object.entries(models).flatMap(([name, model]) => gatewayLines(`model="${name}"`, model));
  return page([`process_start_time_seconds ${started}`, ...lines]);
}

function gatewayLines(labels: string, { errors, slow }: Model): string[] {
  const { total, bad } = errors.counts();
  return [
    `ai_inference_requests_total{${labels}} ${total}`,
    ...(bad === 0 ? [] : [`ai_inference_errors_total{${labels}} ${bad}`]),
    ...histogram("ai_inference_latency_seconds", labels, { ...SECONDS, ...slow.counts() }),
    `ai_tokens_used_total{${labels},type="input"} ${total * 20}`,
    `ai_tokens_used_total{${labels},type="output"} ${total * 5}`,
    `ai_inference_cost_dollars_total{${labels}} ${total / 1000}`,
    `ai_inference_queue_requests{${labels}} 2`,
    ...histogram("ai_user_daily_cost_dollars", `user_tier="free",${labels}`, { ...DAYS, ...slow.counts() }),
  ];
}

/** vLLM's metrics, of one server for each model. */
export function vllmMetrics(models: Models): string {
  const lines = Object.entries(models).flatMap(([name, model]) => vllmLines(`engine="0",model_name="${name}"`, model));
  return page([`process_start_time_seconds ${started}`, ...lines]);
}

/** What users spent in a day, in dollars: the gateway observes each user's day once. */
const DAYS: Shape = { boundaries: [0.1, 1, 5, 10, 50, 100], fast: 2, late: 20 };

function vllmLines(labels: string, { errors, slow }: Model): string[] {
  const { total, bad } = errors.counts();
  const handler = 'handler="/v1/chat/completions",method="POST"';
  return [
    `http_requests_total{${handler},${labels},status="2xx"} ${total - bad}`,
    ...(bad === 0 ? [] : [`http_requests_total{${handler},${labels},status="5xx"} ${bad}`]),
    `vllm:request_success_total{${labels},finished_reason="stop"} ${total - bad}`,
    `vllm:request_success_total{${labels},finished_reason="error"} ${bad}`,
    ...histogram("vllm:time_to_first_token_seconds", labels, { ...FIRST_TOKEN, ...slow.counts() }),
    ...histogram("vllm:inter_token_latency_seconds", labels, { ...BETWEEN_TOKENS, ...slow.counts() }),
    ...histogram("vllm:request_time_per_output_token_seconds", labels, { ...BETWEEN_TOKENS, ...slow.counts() }),
    ...histogram("vllm:e2e_request_latency_seconds", labels, { ...WHOLE_REQUEST, ...slow.counts() }),
    ...histogram("vllm:request_queue_time_seconds", labels, { ...WHOLE_REQUEST, ...slow.counts() }),
    `vllm:prompt_tokens_total{${labels}} ${total * 20}`,
    `vllm:generation_tokens_total{${labels}} ${total * 5}`,
    `vllm:num_preemptions_total{${labels}} ${Math.floor(total / 1000)}`,
    `vllm:num_requests_running{${labels}} 8`,
    `vllm:num_requests_waiting{${labels}} 2`,
    `vllm:kv_cache_usage_perc{${labels}} 0.4`,
  ];
}

/** Boundaries, and what a good and a bad observation take. */
interface Shape {
  readonly boundaries: readonly number[];
  readonly fast: number;
  readonly late: number;
}

const SECONDS: Shape = { boundaries: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30], fast: 0.2, late: 4 };
const FIRST_TOKEN: Shape = {
  boundaries: [
    0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80, 160, 640, 2560,
  ],
  fast: 0.2,
  late: 4,
};
const BETWEEN_TOKENS: Shape = {
  boundaries: [0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80],
  fast: 0.02,
  late: 0.3,
};
const WHOLE_REQUEST: Shape = {
  boundaries: [0.3, 0.5, 0.8, 1, 1.5, 2, 2.5, 5, 10, 15, 20, 30, 40, 50, 60, 120, 240, 480, 960, 1920, 7680],
  fast: 0.2,
  late: 50,
};

/** A classic histogram. `le` is spelt as Python's client does: `1.0`. */
function histogram(name: string, labels: string, { boundaries, fast, late, total, bad }: Shape & Counts): string[] {
  const upTo = (boundary: number) => (boundary >= fast ? total - bad : 0) + (boundary >= late ? bad : 0);
  const bucket = (le: string, count: number) => `${name}_bucket{${labels},le="${le}"} ${count}`;
  return [
    ...boundaries.map((boundary) =>
      bucket(Number.isInteger(boundary) ? `${boundary}.0` : `${boundary}`, upTo(boundary)),
    ),
    bucket("+Inf", total),
    `${name}_sum{${labels}} ${(total - bad) * fast + bad * late}`,
    `${name}_count{${labels}} ${total}`,
  ];
}

function page(lines: readonly string[]): string {
  return `${lines.join("\n")}\n`;
}
