/** The registry of presets: a new one is a file in this folder, a line here and one in `src/index.ts`. */
import { aiQualityPreset } from "./ai-quality.ts";
import { aiServicePreset } from "./ai-service.ts";
import { dynamoPreset } from "./dynamo.ts";
import { envoyAiPreset } from "./envoy-ai.ts";
import { genaiOtelPreset } from "./genai-otel.ts";
import { grpcRedPreset } from "./grpc-red.ts";
import { httpRedPreset } from "./http-red.ts";
import { inferenceGatewayPreset } from "./inference-gateway.ts";
import { k8sWorkloadPreset } from "./k8s-workload.ts";
import { kongAiPreset } from "./kong-ai.ts";
import { litellmPreset } from "./litellm.ts";
import { nimPreset } from "./nim.ts";
import type { Preset } from "./preset.ts";
import { sglangPreset } from "./sglang.ts";
import { tgiPreset } from "./tgi.ts";
import { tritonPreset } from "./triton.ts";
import { vllmPreset } from "./vllm.ts";

/** Typed for any of them. */
export const presets: readonly Preset[] = [
  aiQualityPreset,
  aiServicePreset,
  dynamoPreset,
  envoyAiPreset,
  genaiOtelPreset,
  grpcRedPreset,
  httpRedPreset,
  inferenceGatewayPreset,
  k8sWorkloadPreset,
  kongAiPreset,
  litellmPreset,
  nimPreset,
  sglangPreset,
  tgiPreset,
  tritonPreset,
  vllmPreset,
];
