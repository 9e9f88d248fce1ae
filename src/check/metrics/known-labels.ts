/** Labels of well-known systems, by what their metrics' names begin with: those of test/presets/samples, which say whence they are. */

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
