import { inference } from "./inference.ts";
import { vllm } from "./vllm.ts";

export { platform } from "./platform.ts";

export const services = [inference, vllm];
