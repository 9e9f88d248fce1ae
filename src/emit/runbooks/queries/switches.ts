/**
 * What has to be switched on, or is elsewhere than one looks for it, before known systems expose what their presets read.
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
      "Prometheus takes OTLP only with `--web.enable-otlp-receiver`, and sums only with cumulative temporality. `gen_ai_provider_name` is older instrumentations' `gen_ai_system`.",
  },
  {
    preset: "vllm",
    metrics: /\bvllm[:_]|\bray_vllm[:_]/,
    needs: "vLLM runs without `--disable-log-stats`; under Ray Serve LLM, with `log_engine_metrics`.",
  },
  {
    preset: "sglang",
    metrics: /\bsglang:/,
    needs: "SGLang runs with `--enable-metrics`: without it there is nothing.",
  },
  {
    preset: "tgi",
    metrics: /\btgi_/,
    needs: "Nothing: TGI has its metrics at `/metrics` and, for itself, at `--prometheus-port`, 9000.",
  },
  {
    preset: "nim",
    metrics: /(?<![\w:])(request_(success|failure)_total|(time_to_first_token|e2e_request_latency)_seconds)/,
    needs: "The path to scrape a NIM at is `/v1/metrics`.",
  },
  {
    preset: "triton",
    metrics: /\bnv_inference_/,
    needs:
      "Triton has its metrics at `:8002/metrics`, not with `--allow-metrics=false`; the histogram of first responses needs `--metrics-config histogram_latencies=true`.",
  },
  {
    preset: "dynamo",
    metrics: /\bdynamo_frontend_/,
    needs: "`DYN_METRICS_PREFIX` is not set; `DYN_METRICS_…_MIN`, `…_MAX` and `…_COUNT` change the boundaries.",
  },
  {
    preset: "litellm",
    metrics: /\blitellm_/,
    needs:
      '`litellm_settings` have `callbacks: ["prometheus"]`; several workers share a folder, `PROMETHEUS_MULTIPROC_DIR`.',
  },
  {
    preset: "envoyAi",
    metrics: /\bgen_ai_server_/,
    needs: "Envoy AI Gateway has these metrics at port 1064 of its external processor, not at Envoy's.",
  },
  {
    preset: "kongAi",
    metrics: /\bkong_/,
    needs:
      "Kong's prometheus plugin has `status_code_metrics: true` (answers) and `ai_metrics: true` (latency, tokens, cost), both off by default; tokens and cost need `logging.log_statistics: true` of the AI plugin, and cost each model's `input_cost` and `output_cost`.",
  },
  {
    preset: "inferenceGateway",
    metrics: /\b(llm_d_epp|inference_objective|inference_pool)_/,
    needs:
      "The endpoint picker answers `/metrics` only to who is authorized, unless it runs with `--metrics-endpoint-auth=false`; violations of objectives are counted by its predicted-latency plugin alone.",
  },
  {
    preset: "aiQuality",
    metrics: /\bai_(eval|feedback|responses|drift)_/,
    needs: "Your own evaluations and feedback must expose these metrics.",
  },
  {
    preset: "httpRed",
    metrics: /\bhttp_server_request_duration_seconds/,
    needs: "Older instrumentations have this name only with `OTEL_SEMCONV_STABILITY_OPT_IN=http`.",
  },
  {
    preset: "grpcRed",
    metrics: /\b(rpc|grpc)_server_/,
    needs:
      "go-grpc-middleware times calls only with `WithServerHandlingTimeHistogram`; older instrumentations of OpenTelemetry have `rpc_server_call_duration_seconds` only with `OTEL_SEMCONV_STABILITY_OPT_IN=rpc`.",
  },
  {
    preset: "k8sWorkload",
    metrics: /\bkube_(deployment|pod)_|\bDCGM_/,
    needs:
      "kube-state-metrics watches deployments and pods; the DCGM exporter's list of counters has `DCGM_FI_DEV_XID_ERRORS` and `DCGM_FI_DEV_GPU_TEMP`, as its default has.",
  },
];

/** Values of labels are somebody's own words. */
function withoutValues(promql: string): string {
  return promql.replaceAll(/[=~]\s*"(?:\\.|[^"\\])*"/g, "");
}
