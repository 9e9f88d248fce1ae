/** Models, prompts and tokens are spoken of in the runbooks of AI services only, and costs where there are budgets. */
import { describe, expect, test } from "vitest";
import type { PlatformDeclaration } from "../../../src/declare/declaration.ts";
import { runbooks } from "../../../src/emit/runbooks.ts";
import { readTemplates } from "../../../src/io/read-templates.ts";
import { httpRed } from "../../../src/presets/protocols/http-red.ts";
import { vllm } from "../../../src/presets/servers/vllm.ts";
import { exampleServices, presetPlatform } from "../../presets/example-services.ts";
import { everyKind, planOf, service, slo } from "../grafana/declarations.ts";

const AI = /\b(AI|models?|prompts?|tokens?|GPU|retrieval|agents?)\b/i;
const ORDINARY = ["httpRed", "grpcRed", "k8sWorkload"];
const spend = {
  kind: "spend",
  name: "daily",
  metric: "cloud_cost_total",
  per: "day",
  limit: { amount: 5, unit: "dollars" },
};
const tokens = {
  kind: "tokens",
  name: "used",
  metric: "used_total",
  per: "day",
  limit: { amount: 5000, unit: "tokens" },
};

describe.each(exampleServices())("$title", ({ service: declared, preset }) => {
  test("is one of AI, unless it is not", () => {
    const [only] = planOf([declared], presetPlatform as PlatformDeclaration).services;
    expect(only?.service.ai).toBe(!ORDINARY.includes(preset.name));
  });
});

test("an ordinary service of every kind reads nothing of AI", () => {
  const sli = { kind: "events", total: 'visits_total{job="ai"}', bad: "failed_total" };
  const quality = { kind: "score", sum: "stars_total", count: "ratings_total", max: 5 };
  const shop = service("shop", [slo("visits", { sli }), slo("stars", { sli: quality })], { budgets: [spend] });
  const ordinary = everyKind().filter((each) => !/eval_|tokens_generated/.test(JSON.stringify(each)));
  const kinds = JSON.parse(JSON.stringify(ordinary).replaceAll('"model"', '"country"')) as object[];
  const pages = pagesOf([shop, ...kinds]);
  expect(Object.keys(pages).length).toBeGreaterThan(10);
  for (const [path, page] of Object.entries(pages)) expect(prose(page), path).not.toMatch(AI);
});

test("a budget of tokens makes its service one of AI", () => {
  const pages = pagesOf([service("shop", [slo("visits")], { budgets: [tokens] })]);
  expect(pages["runbooks/shop/visits.md"]).toContain("a prompt,");
  expect(pages["runbooks/shop/used.md"]).toContain("A new model, a longer prompt");
});

test("a declared `ai` decides, whatever the service has", () => {
  const [declared] = pageOf({ ai: true });
  const [refused] = pageOf({ ai: false, budgets: [tokens] });
  expect(declared).toContain("a prompt,");
  expect(prose(refused ?? "")).not.toMatch(AI);
});

test("SLOs of a preset make their service one of AI beside others, changed, and under another name", () => {
  const { slos } = vllm({ job: "engine" });
  const changed = slos.map((one) => ({ ...one, name: `own-${one.name}`, objective: 90 }));
  const aiOf = (own: readonly object[]) =>
    planOf([service("shop", [slo("visits"), ...own])]).services.map((each) => each.service.ai);
  expect(aiOf(slos)).toEqual([true]);
  expect(aiOf(changed.slice(0, 1))).toEqual([true]);
  expect(aiOf(httpRed({ job: "shop" }).slos)).toEqual([false]);
});

test("the name of a metric makes no service one of AI", () => {
  const sli = { kind: "events", total: "llm_visits_total", bad: "llm_visits_failed_total" };
  expect(planOf([service("shop", [slo("visits", { sli })])]).services.map((each) => each.service.ai)).toEqual([false]);
});

test("the impact of a composite is that of its components", () => {
  const sli = { kind: "latency", histogram: "latency_seconds", threshold: "1s" };
  const composite = { kind: "composite", of: ["shop/fast", "shop/fresh"], as: "worst" };
  const fresh = { kind: "freshness", timestamp: "built_timestamp_seconds", maxAge: "6h" };
  const slos = [slo("fast", { sli }), slo("fresh", { sli: fresh }), slo("journey", { sli: composite })];
  const page = pagesOf([service("shop", slos)])["runbooks/shop/journey.md"] ?? "";
  expect(page).toContain("- When shop/fast burns: Users wait");
  expect(page).toContain("- When shop/fresh burns: What users see is out of date");
  expect(page).not.toContain("errors instead of answers");
});

function pageOf(more: object): (string | undefined)[] {
  return [pagesOf([service("shop", [slo("visits")], more)])["runbooks/shop/visits.md"]];
}

function pagesOf(services: readonly object[]): Record<string, string> {
  return Object.fromEntries(
    runbooks.emit(planOf(services), readTemplates()).map(({ path, value }) => [path, String(value)]),
  );
}

/** Without the queries, which have labels and names of their own. */
function prose(page: string): string {
  return page.replaceAll(/^\[\d+\]: .*$/gm, "").replaceAll(/`[^`]*`/g, "");
}
