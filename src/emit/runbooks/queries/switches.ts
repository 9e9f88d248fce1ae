/**
 * Settings without which known systems do not expose what their presets read, and ports and paths that nobody expects.
 * docs/presets.md has the same table.
 */
import type { RecordingRule, RuleGroup } from "../../../compile/plan.ts";
import { print } from "../../../promql/print.ts";

interface Switch {
  readonly preset: string;
  /** Of metric names, as they stand in expressions. */
  readonly metrics: RegExp;
  /** A sentence or two, as Markdown. */
  readonly needs: string;
}

/** What the systems need that these rules read. */
export function needsOf(groups: readonly RuleGroup[]): string[] {
  const recorded = groups.flatMap(({ rules }) => rules.filter((rule): rule is RecordingRule => rule.type === "record"));
  const names = recorded.map(({ expr }) => withoutValues(print(expr))).join("\n");
  return switches.filter(({ metrics }) => metrics.test(names)).map(({ needs }) => needs);
}

/** One for each preset. */
export const switches: readonly Switch[] = [
  {
    preset: "aiService",
    metrics: /\bai_(inference|tokens)_/,
    needs: "Your service must expose these metrics itself.",
  },
  {
    preset: "genaiOtel",
    metrics: /\bgen_ai[._](client|invoke_agent|execute_tool|usage)[._]/,
    needs:
      "Prometheus accepts OTLP only with `--web.enable-otlp-receiver`, and sums only with cumulative temporality. In older instrumentations, the label `gen_ai_provider_name` is called `gen_ai_system`.",
  },
  {
    preset: "vllm",
    metrics: /\bvllm[:_]|\bray_vllm[:_]/,
    needs: "Start vLLM without `--disable-log-stats`; under Ray Serve LLM, set `log_engine_metrics`.",
  },
  {
    preset: "sglang",
    metrics: /\bsglang:/,
    needs: "Start SGLang with `--enable-metrics`: without it, there are no metrics.",
  },
  {
    preset: "tgi",
    metrics: /\btgi_/,
    needs:
      "Nothing: TGI exposes its metrics at `/metrics`, and also at a port of their own, `--prometheus-port` (9000).",
  },
  {
    preset: "nim",
    metrics: /(?<![\w:])(request_(success|failure)_total|(time_to_first_token|e2e_request_latency)_seconds)/,
    needs: "Scrape a NIM at the path `/v1/metrics`.",
  },
  {
    preset: "triton",
    metrics: /\bnv_inference_/,
    needs:
      "Triton exposes its metrics at `:8002/metrics`, unless it runs with `--allow-metrics=false`. The histogram of first responses needs `--metrics-config histogram_latencies=true`.",
  },
  {
    preset: "dynamo",
    metrics: /\bdynamo_frontend_/,
    needs: "Leave `DYN_METRICS_PREFIX` unset. `DYN_METRICS_…_MIN`, `…_MAX` and `…_COUNT` change the bucket boundaries.",
  },
  {
    preset: "litellm",
    metrics: /\blitellm_/,
    needs:
      'Set `callbacks: ["prometheus"]` in `litellm_settings`. Several workers need a common folder, `PROMETHEUS_MULTIPROC_DIR`.',
  },
  {
    preset: "envoyAi",
    metrics: /\bgen_ai_server_/,
    needs: "Envoy AI Gateway exposes these metrics at port 1064 of its external processor, not at Envoy's port.",
  },
  {
    preset: "kongAi",
    metrics: /\bkong_/,
    needs:
      "In Kong's prometheus plugin, set `status_code_metrics: true` (answers) and `ai_metrics: true` (latency, tokens, cost); both are off by default. Tokens and cost also need `logging.log_statistics: true` in the AI plugin, and cost needs each model's `input_cost` and `output_cost`.",
  },
  {
    preset: "inferenceGateway",
    metrics: /\b(llm_d_epp|inference_objective|inference_pool)_/,
    needs:
      "The endpoint picker answers `/metrics` only for authorized clients, unless it runs with `--metrics-endpoint-auth=false`. Only its predicted-latency plugin counts violations of objectives.",
  },
  {
    preset: "aiQuality",
    metrics: /\bai_(eval|feedback|responses|drift)_/,
    needs: "Your own evaluations and feedback must expose these metrics.",
  },
  {
    preset: "httpRed",
    metrics: /\bhttp_server_request_duration_seconds/,
    needs: "Older instrumentations use this name only with `OTEL_SEMCONV_STABILITY_OPT_IN=http`.",
  },
  {
    preset: "grpcRed",
    metrics: /\b(rpc|grpc)_server_/,
    needs:
      "go-grpc-middleware measures durations only with `WithServerHandlingTimeHistogram`. Older OpenTelemetry instrumentations have `rpc_server_call_duration_seconds` only with `OTEL_SEMCONV_STABILITY_OPT_IN=rpc`.",
  },
  {
    preset: "k8sWorkload",
    metrics: /\bkube_(deployment|pod)_|\bDCGM_/,
    needs:
      "kube-state-metrics must watch deployments and pods. The DCGM exporter's list of counters must have `DCGM_FI_DEV_XID_ERRORS` and `DCGM_FI_DEV_GPU_TEMP`, as its default list does.",
  },
];

/** Values of labels are somebody's own words. */
function withoutValues(promql: string): string {
  return promql.replaceAll(/[=~]\s*"(?:\\.|[^"\\])*"/g, "");
}
