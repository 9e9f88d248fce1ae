/** What the options of presets do, and what mistakes in them become. */
import { describe, expect, test } from "vitest";
import { build } from "../../../src/build.ts";
import type { SloDeclaration } from "../../../src/declare/declaration.ts";
import * as api from "../../../src/index.ts";
import type { Issue } from "../../../src/issue.ts";
import { presets } from "../../../src/presets/index.ts";
import { presetPlatform } from "../example-services.ts";

type Anything = (options: unknown) => api.ServiceParts;

const loose = (name: string) => Reflect.get(api, name) as Anything;
const vllm = loose("vllm");
const litellm = loose("litellm");
const SPEND = [{ name: "monthly", limit: api.usd(1000), by: ["team_alias"] }];

function issuesOf(parts: api.ServiceParts): readonly Issue[] {
  const service = { name: "svc", owner: "team", ...parts };
  const { issues } = build({ services: [service], platform: presetPlatform, templates: {}, targets: [] });
  // Notes doubt nothing.
  return issues.filter(({ level }) => level !== "note");
}

function slo(parts: api.ServiceParts, name: string): SloDeclaration {
  const found = parts.slos.find((each) => each.name === name);
  if (!found) throw new Error(`there is no SLO ${name} among ${parts.slos.map((each) => each.name).join()}`);
  return found;
}

describe.each(presets.map(({ name }) => name))("%s", (name) => {
  test("is exported under its name", () => {
    expect(loose(name)).toBeTypeOf("function");
  });

  test.each([[null], [5], ["x"], [[]], [Symbol("x")], [new Date()], [() => 1]])(
    "makes an issue of anything else, and throws on nothing",
    (options) => {
      expect(issuesOf(loose(name)(options)).map(({ code }) => code)).toContain("wrong-type");
    },
  );

  test("names the key that nobody knows", () => {
    const [issue, ...others] = issuesOf(loose(name)({ objektives: {} }));
    expect(others).toEqual([]);
    expect(issue).toMatchObject({ code: "unknown-key", hint: expect.stringContaining("`objectives`") });
    expect(issue?.source?.file).toBe("test/presets/assemble/options.test.ts");
  });

  test("has no two SLOs of one name, and none without a description", () => {
    const { slos } = loose(name)({ job: "a" });
    expect(new Set(slos.map((each) => each.name)).size).toBe(slos.length);
    expect(slos.filter((each) => !each.description?.endsWith("."))).toEqual([]);
  });
});

describe("a preset whose SLOs a later field replaced", () => {
  const own: SloDeclaration = { name: "own", objective: 99, sli: api.events({ total: "a_total", bad: "b_total" }) };
  const unused = (parts: object) =>
    issuesOf(parts as api.ServiceParts)
      .filter(({ code }) => code === "preset-unused")
      .map(({ path, message }) => `${path.join(".")}: ${message.split(" ")[0]}`);

  test.each([
    ["own SLOs", { ...api.vllm(), slos: [own] }, ["svc.slos: vllm()"]],
    ["own SLOs and budgets", { ...api.vllm(), slos: [own], budgets: [] }, ["svc.slos: vllm()"]],
    ["another preset", { ...api.vllm(), ...api.httpRed() }, ["svc.slos: vllm()"]],
    ["a preset with an SLO in the same words", { ...api.litellm(), ...api.vllm() }, ["svc.slos: litellm()"]],
    ["the same preset of another job", { ...vllm({ job: "a" }), ...vllm({ job: "b" }) }, ["svc.slos: vllm()"]],
    [
      "another preset, and budgets",
      { ...litellm({ spend: SPEND }), ...api.vllm(), budgets: [] },
      ["svc.budgets: litellm()", "svc.slos: litellm()"],
    ],
    [
      "own SLOs after combine",
      { ...api.combine(api.vllm(), api.httpRed()), slos: [own] },
      ["svc.slos: httpRed()", "svc.slos: vllm()"],
    ],
    ["an SLO of the same name", { ...api.vllm(), slos: [{ ...own, name: "availability" }] }, ["svc.slos: vllm()"]],
  ])("is named: %s", (_name, parts, expected) => expect(unused(parts).sort()).toEqual(expected));

  const parts = api.vllm();
  test.each([
    ["spread alone", parts],
    ["joined with own ones", { ...parts, slos: [...parts.slos, own] }],
    ["combined", api.combine(parts, { slos: [own] })],
    ["left in part", { ...parts, slos: parts.slos.slice(0, 1) }],
    ["changed", { ...parts, slos: parts.slos.map((slo) => ({ ...slo, labels: { tier: "1" } })) }],
    ["changed within", { ...parts, slos: parts.slos.map((slo) => structuredClone(slo)) }],
  ])("is not named where they are %s", (_name, sound) => expect(unused(sound)).toEqual([]));

  test("is named where another service has the same preset", () => {
    const services = [
      { name: "svc", owner: "team", ...litellm({ spend: SPEND }), slos: [own], budgets: [] },
      { name: "other", owner: "team", ...litellm({ spend: SPEND }) },
    ];
    const { issues } = build({ services, platform: presetPlatform, templates: {}, targets: [] });
    const lost = issues.filter(({ code }) => code === "preset-unused").map(({ path }) => path.join("."));
    expect(lost).toEqual(["svc.budgets", "svc.slos"]);
  });

  test("has the mistakes in its options reported", () => {
    const dropped = { ...vllm({ objektives: {} }), slos: [own] };
    expect(issuesOf(dropped).map(({ code, hint }) => [code, hint])).toContainEqual([
      "unknown-key",
      "Write `objectives`.",
    ]);
  });
});

describe("numbers", () => {
  test("are changed by the name of their SLO, and everything else by `overrides`", () => {
    const parts = api.vllm({
      objectives: { "time-to-first-token": 99 },
      thresholds: { "time-to-first-token": "2500ms", saturation: 5 },
      eventsPerDay: { "time-to-first-token": 1000 },
      overrides: { "time-to-first-token": { minEvents: 50, runbook: "https://example.com/ttft" } },
      window: "7d",
    });
    expect(slo(parts, "time-to-first-token")).toMatchObject({
      objective: 99,
      window: "7d",
      eventsPerDay: 1000,
      minEvents: 50,
      runbook: "https://example.com/ttft",
      sli: { kind: "latency", threshold: "2500ms" },
    });
    expect(slo(parts, "saturation").sli).toMatchObject({ kind: "gauge", threshold: 5 });
  });

  test("of goodput are those of the SLOs that it is made of", () => {
    const { sli } = slo(api.vllm({ thresholds: { "time-to-first-token": "2500ms" } }), "goodput");
    expect(JSON.stringify(sli)).toContain('le=~\\"2\\\\\\\\.5\\"');
  });

  test("that are wrong are issues at the preset's call", () => {
    const found = issuesOf(api.vllm({ objectives: { availability: 100 }, thresholds: { "queue-time": "2s" } }));
    expect(found.map(({ code }) => code)).toEqual(["objective-out-of-range"]);
    expect(found[0]?.source?.file).toBe("test/presets/assemble/options.test.ts");
  });

  test.each([
    [
      "an SLO that the preset does not have",
      { objectives: { ttft: 99 } },
      "unknown-key",
      ["vllm()", "objectives", "ttft"],
    ],
    [
      "a threshold of an SLO that has none",
      { thresholds: { availability: 5 } },
      "unknown-key",
      ["vllm()", "thresholds", "availability"],
    ],
    ["a list that leaves out what is not there", { without: ["ttft"] }, "bad-value", ["vllm()", "without", 0]],
    ["a pattern that is none", { prefix: "vllm-" }, "bad-value", ["vllm()", "prefix"]],
    ["matchers that are no PromQL", { matchers: "namespace=prod" }, "bad-selector", ["vllm()", "matchers"]],
  ])("%s is an issue", (_name, options, code, path) => {
    expect(issuesOf(vllm(options))).toMatchObject([{ code, path: ["svc", ...path] }]);
  });

  test("of an SLO that the preset does not have are tsc's business, too", () => {
    // @ts-expect-error there is no such SLO
    api.vllm({ objectives: { ttft: 99 } });
    // @ts-expect-error it has no threshold
    api.vllm({ thresholds: { availability: 5 } });
    // @ts-expect-error SLOs are measured by the preset
    api.tgi({ overrides: { availability: { sli: { kind: "probe", metric: "up" } } } });
  });

  test("all mistakes are reported at once", () => {
    const found = issuesOf(vllm({ matchers: "x", snap: "maybe", overrides: { ttft: {} } }));
    expect(found.map(({ code }) => code).sort()).toEqual(["bad-selector", "bad-value", "unknown-key"]);
  });
});

describe("selectors", () => {
  test("carry the job and the matchers, in front of their own", () => {
    const { sli } = slo(api.vllm({ job: "gpu", matchers: 'namespace="prod",cluster=~"eu-.*"' }), "engine-errors");
    expect(sli).toMatchObject({
      total: 'vllm:request_success_total{job="gpu", namespace="prod", cluster=~"eu-.*"}',
      bad: 'vllm:request_success_total{job="gpu", namespace="prod", cluster=~"eu-.*", finished_reason="error"}',
    });
  });

  test("may stand where a metric's name does, and are issues where they are none", () => {
    const { sli } = slo(api.aiQuality({ job: "a", feedback: 'thumbs_total{app="chat"}' }), "satisfaction");
    expect(sli).toMatchObject({ bad: 'thumbs_total{job="a", app="chat", rating="down"}' });
    const found = issuesOf(api.aiQuality({ feedback: "thumbs total", passed: "(" }));
    expect(found.map(({ code, path }) => [code, path.at(-1)])).toEqual([
      ["bad-selector", "feedback"],
      ["bad-value", "passed"],
    ]);
  });

  test("without a job do not take every target's `up` for their own", () => {
    expect(api.aiService().slos.map(({ name }) => name)).not.toContain("availability");
    expect(slo(api.aiService({ job: "a" }), "availability").sli).toMatchObject({ metric: 'up{job="a"}' });
  });

  test("are grouped as asked, but for labels that a metric is known to lack", () => {
    const parts = api.vllm({ groupBy: ["model_name", "namespace"] });
    expect(slo(parts, "engine-errors").groupBy).toEqual(["model_name", "namespace"]);
    expect(slo(parts, "availability").groupBy).toEqual(["namespace"]);
    expect(slo(parts, "goodput").sli).toMatchObject({
      good: { promql: expect.stringContaining("by (model_name, namespace)") },
    });
    expect(api.vllm({ groupBy: [] }).slos.filter(({ groupBy }) => groupBy !== undefined)).toEqual([]);
  });
});

describe("what there is", () => {
  test("can be left out, named apart and joined", () => {
    const eu = api.vllm({ job: "eu", namePrefix: "eu", without: ["goodput", "aborts"] });
    const both = api.combine(eu, api.vllm({ job: "us", namePrefix: "us" }), { slos: [slo(api.tgi(), "saturation")] });
    expect(both.slos.map(({ name }) => name)).toContain("us-goodput");
    expect(both.slos.map(({ name }) => name)).not.toContain("eu-goodput");
    expect(issuesOf(both).map(({ code }) => code)).toEqual(["pages-many"]);
  });

  test("depends on the version, and so do the boundaries", () => {
    const old = api.vllm({ version: "v0" });
    expect(old.slos.map(({ name }) => name)).not.toContain("queue-time");
    expect(slo(old, "inter-token-latency").sli).toMatchObject({ histogram: "vllm:time_per_output_token_seconds" });
    expect(issuesOf(api.vllm({ version: "v0", thresholds: { "end-to-end-latency": 0.5 } }))).toMatchObject([
      { code: "threshold-no-bucket" },
    ]);
    // Without a version, a boundary of one engine only is a warning; with it, that is settled.
    const half = { "end-to-end-latency": "500ms" } as const;
    expect(issuesOf(api.vllm({ thresholds: half }))).toMatchObject([{ code: "buckets-unknown", level: "warning" }]);
    expect(issuesOf(api.vllm({ thresholds: half, version: "v1" }))).toEqual([]);
  });

  test("budgets stand on the system's own counters", () => {
    const spend = [{ name: "daily", per: "day", limit: api.usd(500), by: ["team_alias"] }] as const;
    expect(api.litellm({ job: "proxy", spend }).budgets).toEqual([
      { kind: "spend", metric: 'litellm_spend_metric_total{job="proxy"}', ...spend[0] },
    ]);
    const tokens = [{ name: "daily", per: "day", limit: api.tokens(5e9), by: ["model_name"] }] as const;
    expect(api.vllm({ tokens, namePrefix: "eu" }).budgets).toMatchObject([
      { kind: "tokens", name: "eu-daily", metric: { promql: expect.stringContaining("vllm:generation_tokens_total") } },
    ]);
    expect(issuesOf(api.vllm({ tokens })).map(({ level }) => level)).not.toContain("error");
    expect(issuesOf(vllm({ tokens: [{ name: "daily" }] })).map(({ code }) => code)).toContain("missing-field");
  });
});

describe("prices", () => {
  const spend = [{ name: "daily", per: "day", limit: api.usd(500) }] as const;
  const models = { "llama-3.1-8b": { input: api.usd(0.2), output: api.usd(0.4) } };

  test.each([
    ["vllm", "model_name", ["vllm:prompt_tokens_total", "vllm:generation_tokens_total"]],
    ["sglang", "model_name", ["sglang:prompt_tokens_total", "sglang:generation_tokens_total"]],
    ["nim", "model_name", ["prompt_tokens_total", "generation_tokens_total"]],
    ["envoyAi", "gen_ai_request_model", ["gen_ai_client_token_usage_sum"]],
    ["genaiOtel", "gen_ai_request_model", ['gen_ai_client_token_usage_sum{gen_ai_token_type=~"input|output"}']],
  ])("of %s pay for its own token counters", (name, model, counters) => {
    const parts = loose(name)({ spend, prices: { per: "1M", models } });
    const [budget] = parts.budgets;
    const tokens = budget?.prices?.tokens;
    expect(typeof tokens === "string" ? [tokens] : Object.values(tokens ?? {})).toEqual(counters);
    expect(budget).toMatchObject({ kind: "spend", prices: { model, per: "1M", models } });
    expect(issuesOf(parts).filter(({ level }) => level === "error")).toEqual([]);
  });

  test("of an Envoy AI Gateway before 0.5 pay for its counter with the unit in its name, and so do its budgets of tokens", () => {
    const tokens = [{ name: "tokens", per: "day", limit: api.tokens(5) }] as const;
    const { budgets } = api.envoyAi({ names: "before-0.5", spend, tokens, prices: { per: "1M", models } });
    const text = JSON.stringify(budgets);
    expect(text.match(/gen_ai_client_token_usage_token_sum/g)?.length).toBe(2);
    expect(text).not.toContain("token_usage_sum");
  });

  test("that are missing, wrong or of a type that nothing counts are issues", () => {
    expect(issuesOf(api.vllm({ spend })).map(({ code }) => code)).toContain("missing-field");
    const stray = { a: { input: api.usd(1), reasoning: api.usd(2) } };
    expect(issuesOf(api.vllm({ spend, prices: { per: "1M", models: stray } }))).toMatchObject([{ code: "bad-value" }]);
    expect(issuesOf(vllm({ prices: 5 })).map(({ code }) => code)).toEqual(["wrong-type"]);
  });
});

describe("thresholds", () => {
  // The thresholds of MLPerf Inference, on each system's own boundaries.
  test.each([
    ["vllm:time_to_first_token_seconds", "2s", "up", 2.5],
    ["vllm:time_to_first_token_seconds", "2s", "down", 1],
    ["gen_ai_client_operation_time_to_first_chunk_seconds", "2s", "up", 2.56],
    ["gen_ai_server_time_to_first_token_seconds", "2s", "up", 2.5],
    ["dynamo_frontend_time_to_first_token_seconds", "2s", "up", 2.2],
    ["sglang:time_to_first_token_seconds", "2s", "up", 2],
    ["sglang:time_to_first_token_seconds", "500ms", "down", 0.4],
    ["tgi_request_mean_time_per_token_duration", "100ms", "down", 0.09852612533569335],
    ["kong_ai_llm_provider_latency_ms", "4200ms", "up", 4500],
    ["litellm_request_total_latency_metric", "20s", "up", 30],
    ["vllm:time_to_first_token_seconds", "2d", "up", 10],
  ] as const)("of %s: %s, %s, is %d", (histogram, threshold, direction, boundary) => {
    expect(api.bucketFor(histogram, threshold, { direction })).toBe(boundary);
  });

  test("of a histogram that nobody knows stay as they are", () => {
    expect(api.bucketFor("app_request_seconds", "2s")).toBe("2s");
    expect(api.bucketFor("app_request_seconds", "2s", { buckets: [1, 3] })).toBe(3);
  });

  test("are brought to a boundary where that is asked for, and doubted otherwise", () => {
    const thresholds = { "time-to-first-token": "2s" } as const;
    expect(issuesOf(api.vllm({ thresholds }))).toMatchObject([
      { code: "threshold-off-list", hint: expect.stringContaining("1s or 2500ms") },
    ]);
    const snapped = api.vllm({ thresholds, snap: true });
    expect(slo(snapped, "time-to-first-token").sli).toMatchObject({ threshold: 2.5 });
    expect(issuesOf(snapped)).toEqual([]);
    expect(slo(api.vllm({ thresholds, snap: "down" }), "time-to-first-token").sli).toMatchObject({ threshold: 1 });
  });

  test("on boundaries of one's own are checked against those", () => {
    const buckets = { "time-to-first-token": [0.5, 2] };
    const thresholds = { "time-to-first-token": "2s" } as const;
    expect(issuesOf(api.sglang({ buckets, thresholds }))).toEqual([]);
    expect(issuesOf(api.sglang({ buckets }))).toMatchObject([{ code: "threshold-no-bucket" }]);
  });
});
