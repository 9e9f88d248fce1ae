/** The public API: what a declarations module imports. */

export {
  composite,
  eur,
  events,
  experiment,
  freshness,
  gauge,
  latency,
  perPeriod,
  probe,
  ratio,
  score,
  spend,
  template,
  throughput,
  timeSlices,
  tokens,
  usd,
} from "./declare/construct.ts";
export type * from "./declare/declaration.ts";
export { definePlatform, defineService, defineSlo } from "./declare/define.ts";
export { type Issue, type IssueCode, type IssueLevel, type IssuePath, printIssue, type Source } from "./issue.ts";
export { type AiQualityOptions, type AiQualitySlo, aiQuality } from "./presets/ai-quality.ts";
export { type AiServiceOptions, type AiServiceSlo, aiService } from "./presets/ai-service.ts";
export { type BucketOptions, bucketFor } from "./presets/assemble/bucket-for.ts";
export { combine } from "./presets/assemble/combine.ts";
export type * from "./presets/assemble/options.ts";
export { type EnvoyAiOptions, type EnvoyAiSlo, envoyAi } from "./presets/gateways/envoy-ai.ts";
export {
  type InferenceGatewayOptions,
  type InferenceGatewaySlo,
  inferenceGateway,
} from "./presets/gateways/inference-gateway.ts";
export { type KongAiOptions, type KongAiSlo, kongAi } from "./presets/gateways/kong-ai.ts";
export { type LitellmOptions, type LitellmSlo, litellm } from "./presets/gateways/litellm.ts";
export { type GenaiOtelOptions, type GenaiOtelSlo, genaiOtel } from "./presets/genai/genai-otel.ts";
export { type GrpcRedOptions, type GrpcRedSlo, grpcRed } from "./presets/protocols/grpc-red.ts";
export { type HttpRedOptions, type HttpRedSlo, httpRed } from "./presets/protocols/http-red.ts";
export { type K8sWorkloadOptions, type K8sWorkloadSlo, k8sWorkload } from "./presets/protocols/k8s-workload.ts";
export { type DynamoOptions, type DynamoSlo, dynamo } from "./presets/servers/dynamo.ts";
export { type NimOptions, type NimSlo, nim } from "./presets/servers/nim.ts";
export { type SglangOptions, type SglangSlo, sglang } from "./presets/servers/sglang.ts";
export { type TgiOptions, type TgiSlo, tgi } from "./presets/servers/tgi.ts";
export { type TritonOptions, type TritonSlo, triton } from "./presets/servers/triton.ts";
export { type VllmOptions, type VllmSlo, vllm } from "./presets/servers/vllm.ts";
