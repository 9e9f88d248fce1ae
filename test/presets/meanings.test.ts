/** What presets count is reported in words: no text of theirs leaves its reader with "the expression". */
import { describe, expect, test } from "vitest";
import { build } from "../../src/build.ts";
import { render } from "../../src/emit/artifact.ts";
import { explain } from "../../src/explain/explain.ts";
import { readTemplates } from "../../src/io/read-templates.ts";
import { exampleServices, presetPlatform } from "./example-services.ts";

describe.each(exampleServices())("$title", ({ service }) => {
  test("says what each of its expressions means", () => {
    for (const expression of expressionsIn(service))
      expect(expression).toMatchObject({ meaning: expect.stringMatching(/^[a-z].*[^.\s]$/) });
  });

  test("tells nobody of an expression, in explain, runbooks and dashboards", () => {
    const targets = ["runbooks", "grafana"];
    const input = { services: [service], platform: presetPlatform, templates: readTemplates(), targets };
    const { plan, artifacts } = build(input);
    if (plan === undefined) throw new Error("it does not compile");
    const explained = plan.services.flatMap(({ slos }) => slos.map((slo) => JSON.stringify(explain(plan, slo))));
    const texts = [...explained, ...artifacts.map(render)];
    expect(texts.length).toBeGreaterThan(2);
    expect(texts.filter((text) => /\bthe expression\b|undefined|\$window/.test(text))).toEqual([]);
  });
});

test("the presets have expressions to be reported", () => {
  expect(exampleServices().flatMap(({ service }) => expressionsIn(service)).length).toBeGreaterThan(10);
});

function expressionsIn(value: unknown): object[] {
  if (typeof value !== "object" || value === null) return [];
  return "promql" in value ? [value] : Object.values(value).flatMap(expressionsIn);
}
