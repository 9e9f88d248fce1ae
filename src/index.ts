/** The public API: what a declarations module imports. */
export { type Issue, type IssueCode, type IssueLevel, type IssuePath, printIssue, type Source } from "./issue.ts";
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
} from "./model/construct.ts";
export type * from "./model/declaration.ts";
export { definePlatform, defineService, defineSlo } from "./model/define.ts";
export { type AiQualityOptions, type AiQualitySlo, aiQuality } from "./presets/ai-quality.ts";
export { type AiServiceOptions, type AiServiceSlo, aiService } from "./presets/ai-service.ts";
export { type BucketOptions, bucketFor } from "./presets/bucket-for.ts";
export { combine } from "./presets/combine.ts";
export { type DynamoOptions, type DynamoSlo, dynamo } from "./presets/dynamo.ts";
export { type EnvoyAiOptions, type EnvoyAiSlo, envoyAi } from "./presets/envoy-ai.ts";
export { type GenaiOtelOptions, type GenaiOtelSlo, genaiOtel } from "./presets/genai-otel.ts";
export { type GrpcRedOptions, type GrpcRedSlo, grpcRed } from "./presets/grpc-red.ts";
export { type HttpRedOptions, type HttpRedSlo, httpRed } from "./presets/http-red.ts";
export {
  type InferenceGatewayOptions,
  type InferenceGatewaySlo,
  inferenceGateway,
} from "./presets/inference-gateway.ts";
export { type K8sWorkloadOptions, type K8sWorkloadSlo, k8sWorkload } from "./presets/k8s-workload.ts";
export { type KongAiOptions, type KongAiSlo, kongAi } from "./presets/kong-ai.ts";
export { type LitellmOptions, type LitellmSlo, litellm } from "./presets/litellm.ts";
export { type NimOptions, type NimSlo, nim } from "./presets/nim.ts";
export type * from "./presets/options.ts";
export { type SglangOptions, type SglangSlo, sglang } from "./presets/sglang.ts";
export { type TgiOptions, type TgiSlo, tgi } from "./presets/tgi.ts";
export { type TritonOptions, type TritonSlo, triton } from "./presets/triton.ts";
export { type VllmOptions, type VllmSlo, vllm } from "./presets/vllm.ts";
