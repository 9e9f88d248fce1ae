/** Every preset of the registry, under each of its examples: it compiles without a complaint, and every selector finds a series. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parser } from "@prometheus-io/lezer-promql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { build } from "../../src/build.ts";
import type { SloPlan } from "../../src/compile/plan.ts";
import { render } from "../../src/emit/artifact.ts";
import { ruleFilePath } from "../../src/emit/prometheus.ts";
import { printIssue } from "../../src/issue.ts";
import { presets } from "../../src/presets/index.ts";
import type { Selector } from "../../src/promql/ast.ts";
import { parseSelector } from "../../src/promql/grammar/parse.ts";
import { print } from "../../src/promql/print.ts";
import { describeWithEngine, runPromtool } from "../support/engines.ts";
import { exampleServices, presetPlatform } from "./example-services.ts";
import { matching, readSample, withNativeHistograms } from "./exposition.ts";

const cases = exampleServices();

describe.each(cases)("$title", ({ service, sample, nhcb, job, preset }) => {
  const built = build({
    services: [service],
    platform: presetPlatform,
    templates: {},
    targets: ["prometheus"],
  });
  const stored = () => (nhcb ? withNativeHistograms(readSample(sample)) : readSample(sample));
  const slos = built.plan?.services.flatMap((each) => each.slos) ?? [];

  test("compiles without an error or a warning", () => {
    expect(built.issues.filter(({ level }) => level !== "note").map(printIssue)).toEqual([]);
    expect(slos.length).toBeGreaterThan(0);
  });

  test("every selector finds a series in the system's exposition, and every threshold a bucket", () => {
    const series = stored();
    const missing = slos.flatMap((slo) =>
      selectorsOf(slo).flatMap((selector) =>
        matching(series, selector, job).length === 0 ? [`${slo.slo.name}: ${print(selector)}`] : [],
      ),
    );
    expect(missing).toEqual([]);
  });

  test("the labels of its groups are on every series that is counted", () => {
    const series = stored();
    const bare = slos.flatMap((slo) =>
      selectorsOf(slo).flatMap((selector) =>
        matching(series, selector, job)
          .filter(({ labels }) => slo.slo.groupBy.some((label) => labels[label] === undefined))
          .map(({ name }) => `${slo.slo.name}: ${name}`),
      ),
    );
    expect(bare).toEqual([]);
  });

  test("every first check of its runbooks finds series, and the labels that it groups by are on them", () => {
    const series = stored();
    const queries = [...new Set(slos.flatMap(({ slo }) => slo.checks.flatMap(({ query }) => query ?? [])))];
    for (const query of queries) {
      const found = parsed(selectorsIn(query)).map((selector) => matching(series, selector, job));
      expect(
        found.filter((each) => each.length === 0),
        query,
      ).toEqual([]);
      const labels = new Set(found.flat().flatMap((each) => Object.keys(each.labels)));
      expect(
        groupingIn(query).filter((label) => !labels.has(label)),
        query,
      ).toEqual([]);
    }
  });

  test("each latency SLO has a companion that is none, and counts what the histogram does not", () => {
    const blueprints = preset.blueprints;
    const latencies = blueprints.filter(({ histogram }) => histogram !== undefined);
    for (const { name, companion } of latencies) {
      const other = blueprints.find((each) => each.name === companion);
      expect([name, companion, other?.histogram, other === undefined]).toEqual([name, companion, undefined, false]);
    }
  });
});

test("every preset has an example", () => {
  expect(presets.filter(({ examples }) => examples.length === 0)).toEqual([]);
});

describeWithEngine("promtool", "the rules of all presets", () => {
  let dir = "";

  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), "firebreak-presets-"));
    const services = cases.map(({ service }) => service);
    const { artifacts } = build({ services, platform: presetPlatform, templates: {}, targets: ["prometheus"] });
    for (const artifact of artifacts) {
      mkdirSync(dirname(join(dir, artifact.path)), { recursive: true });
      writeFileSync(join(dir, artifact.path), render(artifact));
    }
  });

  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  test.each(cases)("$title pass promtool, lints included", async ({ service }) => {
    const path = join(dir, ruleFilePath(service.name));
    const answer = await runPromtool(["check", "rules", "--lint=all", "--lint-fatal", path]);
    expect([answer.stderr, answer.status]).toEqual(["", 0]);
  });
});

/** The raw selectors that an SLO counts with, as its rules have them. */
function selectorsOf({ groups }: SloPlan): Selector[] {
  const recorded = groups.flatMap(({ rules }) => rules.filter(({ type }) => type === "record"));
  const texts = recorded.map(({ expr }) => print(expr));
  const selectors = parsed(texts.flatMap(selectorsIn));
  const unique = new Map(selectors.map((selector) => [print(selector), selector]));
  return [...unique.values()].filter(({ metric }) => !OURS.test(metric));
}

function parsed(texts: readonly string[]): Selector[] {
  return texts.map((text) => {
    const read = parseSelector(text);
    if (!read.ok) throw new Error(`${text}: ${read.problem.message}`);
    return read.value;
  });
}

/** Labels of every `by (…)`, but for those of targets, which no exposition has. */
function groupingIn(query: string): string[] {
  const lists = [...query.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list = ""]) => list.split(", "));
  return lists.filter((label) => label !== "instance");
}

/** What the base reads besides the metric itself. */
const OURS = /^(slo:.*|up|process_start_time_seconds)$/;

function selectorsIn(text: string): string[] {
  const found: string[] = [];
  parser.parse(text).iterate({
    enter: (node) => {
      if (node.name === "VectorSelector") found.push(text.slice(node.from, node.to));
    },
  });
  return found;
}
