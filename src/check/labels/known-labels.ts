/** Labels of well-known systems, by what the names of their metrics begin with: those of test/presets/samples, which name their sources, and of those named here. */

/** The labels that such a metric may have; undefined where the system is not known. */
export function knownLabels(metric: string): readonly string[] | undefined {
  return SYSTEMS.find(([begins]) => begins.test(metric))?.[1];
}

const GENAI = [
  "error_type",
  "gen_ai_agent_name",
  "gen_ai_operation_name",
  "gen_ai_original_model",
  "gen_ai_provider_name",
  "gen_ai_request_model",
  "gen_ai_response_model",
  "gen_ai_system",
  "gen_ai_token_type",
  "gen_ai_tool_name",
  "server_address",
];

const ENVOY = [
  "cluster_name",
  "connection_limit_prefix",
  "dns_filter_prefix",
  "ext_authz_prefix",
  "fault_downstream_cluster",
  "grpc_bridge_method",
  "grpc_bridge_service",
  "http_conn_manager_prefix",
  "http_user_agent",
  "listener_address",
  "local_http_ratelimit_prefix",
  "ratelimit_prefix",
  "rds_route_config",
  "response_code",
  "response_code_class",
  "route",
  "ssl_cipher",
  "ssl_curve",
  "ssl_version",
  "tcp_prefix",
  "udp_prefix",
  "virtual_cluster",
  "virtual_host",
  "worker_id",
].map((tag) => `envoy_${tag}`);

const CODES = Array.from({ length: 500 }, (_, index) => String(100 + index));

/** Values that a label of such metrics has, where there are no others. */
const VALUES: readonly (readonly [RegExp, string, readonly string[]])[] = [
  [/^envoy_/, "envoy_response_code_class", ["1", "2", "3", "4", "5"]],
  [/^envoy_/, "envoy_response_code", CODES],
];

/** The only values that the label of a metric may have; undefined where they are not known. */
export function knownValues(metric: string, label: string): readonly string[] | undefined {
  return VALUES.find(([begins, of]) => begins.test(metric) && of === label)?.[2];
}

const SYSTEMS: readonly (readonly [RegExp, readonly string[]])[] = [
  [
    /^litellm_/,
    [
      "api_base",
      "api_key_alias",
      "api_provider",
      "exception_class",
      "exception_status",
      "fallback_model",
      "guardrail_name",
      "litellm_model_name",
      "model",
      "model_group",
      "model_id",
      "org_alias",
      "org_id",
      "requested_model",
      "route",
      "status_code",
      "team",
      "team_alias",
    ],
  ],
  // https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/metrics/v3/stats.proto: the tags that it takes out of names.
  [/^envoy_/, ENVOY],
  // https://github.com/danielqsj/kafka_exporter
  [/^kafka_(topic_partition|consumergroup)/, ["topic", "partition", "consumergroup", "broker"]],
  [/^gen_ai_/, GENAI],
  [/^gen_ai\./, GENAI.map((label) => label.replaceAll("_", ".").replace("gen.ai", "gen_ai"))],
  [/^(ray_)?vllm[_:]/, ["model_name", "engine", "finished_reason", "reason"]],
  [/^sglang[:_]/, ["model_name", "engine_type", "endpoint", "is_streaming", "status_code"]],
  [/^dynamo_/, ["model", "endpoint", "error_type", "request_type", "status"]],
  [/^kong_/, ["ai_model", "ai_provider", "cache_status", "code", "consumer", "route", "service", "workspace"]],
  [/^(llm_d|inference)_/, ["model_name", "target_model_name", "error_code", "priority", "name"]],
  [/^nv_inference_/, ["model", "version", "reason"]],
  [/^grpc_/, ["grpc_code", "grpc_method", "grpc_service", "grpc_type"]],
  [/^kube_/, ["namespace", "deployment", "container", "node", "phase", "reason"]],
  [/^DCGM_/, ["hostname", "Hostname", "device", "modelName", "namespace", "container"]],
];
