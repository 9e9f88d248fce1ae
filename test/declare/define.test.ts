import { expect, test } from "vitest";
import { sourceOf } from "../../src/declare/call-site.ts";
import * as api from "../../src/index.ts";
import { parse } from "../../src/parse/parse.ts";

const here = "test/declare/define.test.ts";

/** The line on which this is called. Vitest imports a test file with a query. */
function line(): number {
  return Number(/define\.test\.ts(?:\?[^:]*)?:(\d+)/.exec(new Error().stack?.split("\n")[2] ?? "")?.[1]);
}

test("a definition is given back as it is, and its call site is known", () => {
  const service: api.ServiceDeclaration = { name: "a", owner: "b" };
  const [defined, at] = [api.defineService(service), line()];
  expect(defined).toBe(service);
  expect(sourceOf(defined)).toEqual({ file: here, line: at, column: expect.any(Number) });
});

test.each([
  "defineService",
  "defineSlo",
  "definePlatform",
  "events",
  "latency",
  "spend",
  "tokens",
  "usd",
  "template",
] as const)("%s throws on nothing", (name) => {
  const construct = Reflect.get(api, name) as (value: unknown) => unknown;
  for (const value of [undefined, null, 5, "x", [], Symbol("x"), Object.freeze({})])
    expect(() => construct(value)).not.toThrow();
});

test("constructors name the kind and keep the fields", () => {
  expect(api.events({ total: "a", bad: "b" })).toEqual({ kind: "events", total: "a", bad: "b" });
  expect(api.probe({ metric: "up" })).toEqual({ kind: "probe", metric: "up" });
  expect(api.spend({ name: "d", metric: "a", per: "day", limit: api.usd(5) })).toEqual({
    kind: "spend",
    name: "d",
    metric: "a",
    per: "day",
    limit: { amount: 5, unit: "dollars" },
  });
  expect(api.tokens({ name: "d", metric: "a", per: "day", limit: api.tokens(5) })).toMatchObject({
    kind: "tokens",
    limit: { amount: 5, unit: "tokens" },
  });
  expect(api.template("{{ $value }}")).toEqual({ template: "{{ $value }}" });
});

test("an issue names the innermost call on its path", () => {
  const [sli, sliLine] = [api.events({ total: "a{", bad: "b" }), line()];
  const [slo, sloLine] = [api.defineSlo({ name: "x", objective: 100, sli }), line()];
  const inline = { name: "y", objective: 100, sli };
  const [service, serviceLine] = [api.defineService({ name: "a", owner: "", slos: [slo, inline] }), line()];
  const { issues } = parse({ services: [service], platform: { retention: "60d" } });
  expect(issues.map(({ path, source }) => [path.slice(1).join("."), source?.file, source?.line])).toEqual([
    ["slos.0.sli.total", here, sliLine],
    ["slos.1.objective", here, sliLine],
    ["slos.1.sli.total", here, sliLine],
    ["slos.0.objective", here, sloLine],
    ["owner", here, serviceLine],
  ]);
});

test("a plain object has no place of its own", () => {
  expect(parse({ services: [{ name: "a" }] }).issues.every(({ source }) => source === undefined)).toBe(true);
});

test("the stack's limit is left as it was", () => {
  const before = Error.stackTraceLimit;
  api.usd(1);
  expect(Error.stackTraceLimit).toBe(before);
});

test("the public names are these", () => {
  expect(Object.keys(api).sort()).toEqual([
    "aiQuality",
    "aiService",
    "bucketFor",
    "build",
    "combine",
    "composite",
    "definePlatform",
    "defineService",
    "defineSlo",
    "dynamo",
    "envoyAi",
    "eur",
    "events",
    "experiment",
    "freshness",
    "gauge",
    "genaiOtel",
    "grpcRed",
    "httpRed",
    "inferenceGateway",
    "k8sWorkload",
    "kongAi",
    "latency",
    "litellm",
    "nim",
    "perPeriod",
    "printIssue",
    "probe",
    "ratio",
    "score",
    "sglang",
    "spend",
    "template",
    "tgi",
    "throughput",
    "timeSlices",
    "tokens",
    "triton",
    "usd",
    "vllm",
  ]);
});
