import { inference } from "./inference.ts";
import { proxy } from "./litellm.ts";
import { engines } from "./vllm.ts";

export { platform } from "./platform.ts";

export const services = [inference, proxy, engines];
