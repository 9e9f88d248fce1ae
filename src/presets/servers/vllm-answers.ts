/** Who counts the answers of vLLM, and which paths are requests for a model. */
import type { Series } from "./model-server.ts";

/** All answers that are not the caller's fault, and those among them that failed. */
interface Answers {
  readonly total: Series;
  readonly bad: Series;
}

export function answersOf(prefix: string, handlers: string): Answers {
  return /^ray_vllm[_:]$/.test(prefix) ? ofRayServe : ofServer(handlers);
}

/** As its routers have them: OpenAI's and Anthropic's, Cohere's and Jina's for scores, and its own. */
export const HANDLERS = `(/v[12])?/(${[
  "chat/completions|completions|responses|messages",
  "embeddings|embed|score|rerank|classify|pooling",
  "audio/.+|inference/v1/generate|invocations",
].join("|")})`;

/** vLLM's own server groups its status codes, so that a 429 looks like any other 4xx. */
function ofServer(handlers: string): Answers {
  const api = [{ label: "handler", op: "=~" as const, value: handlers }];
  return {
    total: ["http_requests_total", 'status!="4xx"', api],
    bad: ["http_requests_total", 'status="5xx"', api],
  };
}

/** Ray's own paths, health checks among them, are counted with the requests. */
const REAL = 'route!~"/-/.*"';

const ofRayServe: Answers = {
  total: ["ray_serve_num_http_requests_total", `status_code!~"4..",${REAL}`],
  bad: ["ray_serve_num_http_requests_total", `status_code=~"5..",${REAL}`],
};
