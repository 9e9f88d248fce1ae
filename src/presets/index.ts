/** The registry of presets: a new one is a file in this folder, a line here and one in `src/index.ts`. */
import { aiQualityPreset } from "./ai-quality.ts";
import { aiServicePreset } from "./ai-service.ts";
import type { Preset } from "./assemble/preset.ts";
import { envoyAiPreset } from "./gateways/envoy-ai.ts";
import { inferenceGatewayPreset } from "./gateways/inference-gateway.ts";
import { kongAiPreset } from "./gateways/kong-ai.ts";
import { litellmPreset } from "./gateways/litellm.ts";
import { genaiOtelPreset } from "./genai/genai-otel.ts";
import { grpcRedPreset } from "./protocols/grpc-red.ts";
import { httpRedPreset } from "./protocols/http-red.ts";
import { k8sWorkloadPreset } from "./protocols/k8s-workload.ts";
import { dynamoPreset } from "./servers/dynamo.ts";
import { nimPreset } from "./servers/nim.ts";
import { sglangPreset } from "./servers/sglang.ts";
import { tgiPreset } from "./servers/tgi.ts";
import { tritonPreset } from "./servers/triton.ts";
import { vllmPreset } from "./servers/vllm.ts";

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
