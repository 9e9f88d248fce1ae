/** Boundaries of gateways in front of models. */
import type { BucketList } from "./bucket-list.ts";
import { GENAI_FIRST_TOKEN } from "./opentelemetry.ts";

/** Milliseconds. */
const ENVOY = [
  0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000, 300_000, 600_000, 1_800_000,
  3_600_000,
];

const litellm = {
  system: "LiteLLM",
  source: "BerriAI/litellm: litellm/integrations/prometheus.py",
  histograms: [
    "litellm_request_total_latency_metric",
    "litellm_llm_api_latency_metric",
    "litellm_llm_api_time_to_first_token_metric",
    "litellm_overhead_latency_metric",
    "litellm_request_queue_time_seconds",
  ],
} as const;

const epp = {
  system: "llm-d router (EPP)",
  version: "current",
  releases: "llm_d_epp_ names",
  source: "llm-d/llm-d-router: pkg/epp/metrics/llm_d_router_metrics.go",
} as const;
const EPP_FIRST_TOKEN = [
  0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45, 60, 120,
];

const EPP_WHOLE = [...EPP_FIRST_TOKEN, 180, 240, 300, 360, 480, 600, 900, 1200, 1800, 2700, 3600];

export const gateways: readonly BucketList[] = [
  {
    system: "Traefik",
    version: "current",
    releases: "default; `buckets` in its configuration changes them",
    source: "traefik/traefik: pkg/types/metrics.go",
    histograms: [
      "traefik_entrypoint_request_duration_seconds",
      "traefik_router_request_duration_seconds",
      "traefik_service_request_duration_seconds",
    ],
    boundaries: [0.1, 0.3, 1.2, 5],
  },
  {
    system: "ingress-nginx",
    version: "current",
    releases: "default; `--time-buckets` changes them",
    source: "kubernetes/ingress-nginx: pkg/flags/flags.go",
    histograms: [
      "nginx_ingress_controller_request_duration_seconds",
      "nginx_ingress_controller_response_duration_seconds",
      "nginx_ingress_controller_connect_duration_seconds",
      "nginx_ingress_controller_header_duration_seconds",
    ],
    boundaries: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  },
  {
    system: "Envoy",
    version: "envoy",
    releases: "default; histogram_bucket_settings changes them",
    source: "envoyproxy/envoy: source/common/stats/histogram_impl.cc",
    histograms: [
      "envoy_cluster_upstream_rq_time",
      "envoy_cluster_external_upstream_rq_time",
      "envoy_cluster_internal_upstream_rq_time",
      "envoy_cluster_canary_upstream_rq_time",
      "envoy_cluster_upstream_cx_connect_ms",
      "envoy_cluster_upstream_cx_length_ms",
      "envoy_http_downstream_rq_time",
      "envoy_http_downstream_cx_length_ms",
      "envoy_vhost_vcluster_upstream_rq_time",
      "envoy_listener_downstream_cx_length_ms",
    ],
    boundaries: ENVOY,
  },
  {
    system: "Istio",
    version: "istio",
    releases: "default of its proxies, which are Envoy",
    source: "envoyproxy/envoy: source/common/stats/histogram_impl.cc",
    histograms: ["istio_request_duration_milliseconds"],
    boundaries: ENVOY,
  },
  {
    ...litellm,
    version: "current",
    releases: "1.95; prometheus_latency_buckets changes them",
    boundaries: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 420, 600],
  },
  {
    ...litellm,
    version: "old",
    releases: "before 1.95",
    boundaries: [
      0.005, 0.00625, 0.0125, 0.025, 0.05, 0.1, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5, 5.5, 6, 6.5, 7, 7.5, 8, 8.5, 9,
      9.5, 10, 15, 20, 25, 30, 60, 120, 180, 240, 300,
    ],
  },
  {
    system: "Envoy AI Gateway",
    version: "envoy",
    releases: "current",
    source: "envoyproxy/ai-gateway: internal/metrics/genai.go",
    histograms: ["gen_ai_server_time_to_first_token_seconds"],
    boundaries: [...GENAI_FIRST_TOKEN, 15, 20, 30, 45, 60],
  },
  { ...epp, histograms: ["llm_d_epp_request_duration_seconds"], boundaries: EPP_WHOLE },
  {
    system: "Gateway API Inference Extension (EPP)",
    version: "gaie",
    releases: "1.0 to 1.5",
    source: "kubernetes-sigs/gateway-api-inference-extension: pkg/epp/metrics/metrics.go",
    histograms: ["inference_objective_request_duration_seconds", "inference_model_request_duration_seconds"],
    boundaries: EPP_WHOLE,
  },
  { ...epp, histograms: ["llm_d_epp_request_ttft_seconds"], boundaries: EPP_FIRST_TOKEN },
  {
    ...epp,
    histograms: ["llm_d_epp_request_streaming_tpot_seconds"],
    boundaries: [
      0.0005, 0.00205, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.125, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 2,
    ],
  },
  {
    ...epp,
    histograms: ["llm_d_epp_request_streaming_itl_seconds"],
    boundaries: [0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1, 2],
  },
  {
    system: "Kong AI Gateway",
    version: "current",
    releases: "current",
    source: "Kong/kong: kong/plugins/prometheus/exporter.lua",
    histograms: ["kong_ai_llm_provider_latency_ms"],
    boundaries: [250, 500, 1000, 1500, 2000, 2500, 3000, 3500, 4000, 4500, 5000, 10_000, 30_000, 60_000],
  },
];
