/** What has to be switched on: of every preset, in its runbooks and in docs/presets.md. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { build } from "../../../../src/build.ts";
import type { ServiceDeclaration } from "../../../../src/declare/declaration.ts";
import { render } from "../../../../src/emit/artifact.ts";
import { switches } from "../../../../src/emit/runbooks/queries/switches.ts";
import { readTemplates } from "../../../../src/io/read-templates.ts";
import { presets } from "../../../../src/presets/index.ts";
import { exampleServices, presetPlatform } from "../../../presets/example-services.ts";

const docs = readFileSync(new URL("../../../../docs/presets.md", import.meta.url), "utf8");

test("every preset has its line, in the docs too", () => {
  expect(switches.map(({ preset }) => preset).sort()).toEqual(presets.map(({ name }) => name).sort());
  for (const { preset, needs } of switches) expect(docs).toContain(`| \`${preset}\` | ${needs} |`);
});

/** A server that speaks OpenTelemetry's names, and names that are nobody's own. */
const OTHERS = [
  'genaiOtel({"role":"server"})',
  'genaiOtel({"histogram":"nhcb","role":"server"})',
  expect.stringContaining('"convention":"prometheus"'),
];

describe.each(exampleServices())("$title", ({ service, preset, title }) => {
  test("says so where there was never any data", () => {
    const said = neverAnyData(runbooksOf(service));
    expect(said.length).toBeGreaterThan(0);
    const own = switches.filter((each) => each.preset === preset.name);
    expect(own).toHaveLength(1);
    // The metrics of some options are those of other systems.
    for (const { metrics, needs } of own)
      if (metrics.test(JSON.stringify(service.slos))) expect(said.join("\n")).toContain(needs);
      else expect(OTHERS).toContainEqual(title);
  });
});

test("a metric of nobody known needs nothing", () => {
  const sli = { kind: "events", total: 'shop_requests_total{job="kong_1"}', bad: "shop_failed_total" } as const;
  const shop = { name: "shop", owner: "team", slos: [{ name: "answers", objective: 99, sli }] };
  const [line, ...others] = neverAnyData(runbooksOf(shop));
  expect(others).toEqual([]);
  for (const { needs } of switches) expect(line).not.toContain(needs);
});

test("the runbook of a budget says it, too", () => {
  const budget = { kind: "spend", name: "daily", metric: "litellm_spend_metric_total", per: "day" } as const;
  const limit = { amount: 5, unit: "dollars" } as const;
  const said = neverAnyData(runbooksOf({ name: "proxy", owner: "team", budgets: [{ ...budget, limit }] }));
  expect(said.join("\n")).toContain('callbacks: ["prometheus"]');
});

function runbooksOf(service: ServiceDeclaration): string[] {
  const { artifacts } = build({
    services: [service],
    platform: presetPlatform,
    templates: readTemplates(),
    targets: ["runbooks"],
  });
  return artifacts.filter(({ path }) => path.startsWith("runbooks")).map(render);
}

function neverAnyData(pages: readonly string[]): string[] {
  return pages.flatMap((page) => page.split("\n").filter((line) => /^- \*\*never-any-data:/.test(line)));
}
