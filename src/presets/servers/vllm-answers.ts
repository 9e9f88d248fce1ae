/** Who counts the answers of vLLM, and which paths are requests for a model. */
import type { Select } from "../assemble/select.ts";

/** Selectors of answers that are not the caller's fault, and of those that failed. */
export function answersOf(prefix: string, handlers: string, select: Select) {
  return /^ray_vllm[_:]$/.test(prefix) ? ofRayServe(select) : ofServer(select, handlers);
}

/** As its routers have them: OpenAI's and Anthropic's, Cohere's and Jina's for scores, and its own. */
export const HANDLERS = `(/v[12])?/(${[
  "chat/completions|completions|responses|messages",
  "embeddings|embed|score|rerank|classify|pooling",
  "audio/.+|inference/v1/generate|invocations",
].join("|")})`;

/** vLLM's own server groups its status codes, so that a 429 looks like any other 4xx. */
function ofServer(select: Select, handlers: string) {
  const api = [{ label: "handler", op: "=~" as const, value: handlers }];
  return {
    total: select("http_requests_total", 'status!="4xx"', api),
    bad: select("http_requests_total", 'status="5xx"', api),
  };
}

function ofRayServe(select: Select) {
  return {
    total: select("ray_serve_num_http_requests_total", 'status_code!~"4.."'),
    bad: select("ray_serve_num_http_requests_total", 'status_code=~"5.."'),
  };
}
