/** What counts as an answer of vLLM: requests for a model on any of its paths, by its own server or by Ray Serve. */
import { describe, expect, test } from "vitest";
import { build } from "../../../src/build.ts";
import { type VllmOptions, vllm } from "../../../src/index.ts";
import { parseSelector } from "../../../src/promql/grammar/parse.ts";
import { matchesAll } from "../../../src/sli/sample-labels.ts";
import { presetPlatform } from "../example-services.ts";

describe("the path of a request", () => {
  test.each([
    "/v1/chat/completions",
    "/v1/completions",
    "/v1/responses",
    "/v1/messages",
    "/v1/embeddings",
    "/v2/embed",
    "/v1/audio/transcriptions",
    "/v1/audio/translations",
    "/v1/score",
    "/score",
    "/v1/rerank",
    "/v2/rerank",
    "/rerank",
    "/classify",
    "/pooling",
    "/inference/v1/generate",
    "/invocations",
  ])("%s is of one for a model", (path) => expect(isCounted(path)).toBe(true));

  test.each(["/metrics", "/health", "/ping", "/load", "/version", "/v1/models", "/tokenize", "none"])(
    "%s is of no such request",
    (path) => expect(isCounted(path)).toBe(false),
  );

  test("is what an option says", () => {
    expect(isCounted("/v1/score", { handlers: "/v1/score" })).toBe(true);
    expect(isCounted("/v1/chat/completions", { handlers: "/v1/score" })).toBe(false);
  });
});

test.each(["ray_vllm_", "ray_vllm:"])("answers under Ray, by the prefix %s, are Ray Serve's", (prefix) => {
  expect(JSON.stringify(availability({ prefix }))).toContain("ray_serve_num_http_requests_total");
});

test("the boundaries under an older Ray are known, too", () => {
  const service = { name: "svc", owner: "team", ...vllm({ job: "j", prefix: "ray_vllm:" }) };
  const { issues } = build({ services: [service], platform: presetPlatform, templates: {}, targets: [] });
  expect(issues.filter(({ level }) => level !== "note")).toEqual([]);
});

function availability(options: VllmOptions) {
  return vllm(options).slos.find(({ name }) => name === "availability")?.sli;
}

function isCounted(handler: string, options: VllmOptions = {}): boolean {
  const sli = availability(options);
  const parsed = parseSelector(sli?.kind === "events" ? String(sli.total) : "");
  return parsed.ok && matchesAll(parsed.value.matchers, { handler, status: "2xx" });
}
