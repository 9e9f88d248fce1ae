/** What loading rules would change in a ruler: in rules made up here, and in those that a real Prometheus has loaded. */
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { type RulerDiff, rulerDiff, type WantedGroup } from "../../../src/diff/ruler/ruler-diff.ts";
import { rulerMarkdown } from "../../../src/diff/ruler/ruler-markdown.ts";
import { leftAlone, rulerHeadline } from "../../../src/diff/ruler/ruler-words.ts";
import type { Connection } from "../../../src/doctor/ask/no-answer.ts";
import { connectionOf } from "../../../src/doctor/ask/prometheus.ts";
import { askGroups } from "../../../src/doctor/loaded-groups.ts";
import { loadedGroups } from "../../../src/emit/loaded-rules.ts";
import type { LoadedGroup } from "../../../src/promql/loaded-rules.ts";
import type { World } from "../../properties/arbitrary/service.ts";
import { soundWorldOf } from "../../properties/repair.ts";
import { describeWithEngine, startPrometheus } from "../../support/engines.ts";
import { buildFiles, makeWorkspace, writeFiles } from "../../support/live-build.ts";
import { planOf, platform, shop } from "../planned.ts";

const labels = { slo_service: "shop", slo: "availability" };
const record = { type: "recording", name: "slo:x", query: "sum(x)", labels } as const;
const alert = {
  type: "alerting",
  name: "SloBurn",
  query: "x > 1",
  labels: { ...labels, severity: "page" },
  duration: 60,
  annotations: { summary: "burns" },
} as const;
const wanted: WantedGroup = { name: "shop/availability", service: "shop", interval: 30, rules: [record, alert] };

function against(...loaded: readonly LoadedGroup[]): RulerDiff {
  return rulerDiff(loaded, [wanted]);
}

test("rules that are loaded as they are declared are no change, however they are printed", () => {
  const printed = {
    ...wanted,
    rules: [
      { ...record, query: "sum (x)" },
      { ...alert, keepFiringFor: 0 },
    ],
  };
  const found = against(printed);
  expect(found).toEqual({ groups: [], unchanged: 1, foreign: 0, elsewhere: [] });
  expect([rulerHeadline(found), rulerMarkdown(found)]).toEqual(["", ""]);
});

test("an expression, a label, a time and a text that differ are named, with both sides", () => {
  const other = { ...alert, query: "x > 2", labels: { ...alert.labels, severity: "ticket" }, duration: 120 };
  const [group] = against({ ...wanted, rules: [record, { ...other, annotations: {} }] }).groups;
  const facts = group?.rules[0]?.facts.map(({ field, before, after }) => [field, before?.words, after?.words]);
  expect([group?.kind, group?.rules.length]).toEqual(["changed", 1]);
  expect(facts).toEqual([
    ["query", "x > 2", "x > 1"],
    ["for", "2m", "1m"],
    ["label.severity", "ticket", "page"],
    ["annotation.summary", undefined, "burns"],
  ]);
});

test("rules and groups that are there or gone are told from those that changed", () => {
  const old = { name: "shop/old", interval: 30, rules: [record] };
  const { groups } = against(old, { ...wanted, rules: [alert, { ...record, name: "slo:y" }] });
  expect(groups.map(({ name, kind, rules }) => [name, kind, rules.map((rule) => [rule.kind, rule.name])])).toEqual([
    [
      "shop/availability",
      "changed",
      [
        ["added", "slo:x"],
        ["removed", "slo:y"],
      ],
    ],
    ["shop/old", "removed", [["removed", "slo:x"]]],
  ]);
  expect(against().groups.map(({ kind }) => kind)).toEqual(["added"]);
});

test("another interval is a change of its group", () => {
  const [group] = against({ ...wanted, interval: 60 }).groups;
  expect(group?.facts.map(({ before, after }) => [before?.value, after?.value])).toEqual([[60, 30]]);
});

test("a group that was loaded in parts is one", () => {
  const parts = [
    { ...wanted, rules: [record] },
    { ...wanted, name: "shop/availability:2", rules: [alert] },
  ];
  expect(against(...parts)).toMatchObject({ groups: [], unchanged: 1 });
});

test("groups of others and services that are not declared here are left alone, and counted", () => {
  const foreign = { name: "node", interval: 60, rules: [{ ...record, labels: { job: "node" } }] };
  const elsewhere = { name: "cart/a", interval: 30, rules: [{ ...record, labels: { slo_service: "cart" } }] };
  const found = against(wanted, foreign, elsewhere);
  expect(found).toMatchObject({ groups: [], foreign: 1, elsewhere: ["cart"] });
  expect(leftAlone(found)).toBe(
    "Left alone: 1 rule group that firebreak did not make; rules of `cart`, not declared here.",
  );
});

test("a comment about a thousand groups fits, and says what it left out", () => {
  const many = Array.from({ length: 1000 }, (_, index) => ({ ...wanted, name: `shop/slo-${index}`, rules: [alert] }));
  const query = `x > ${"0".repeat(300)}`;
  const loaded = many.map((group) => ({ ...group, rules: [{ ...alert, query }] }));
  const text = rulerMarkdown(rulerDiff(loaded, many));
  expect(text.length).toBeLessThanOrEqual(60_000);
  expect(text).toMatch(/Left out.*rule groups/);
});

describeWithEngine("prometheus", "the rules of a real Prometheus", () => {
  async function serving({
    services,
    platform: environment,
  }: Pick<World, "services" | "platform">): Promise<Connection> {
    const workspace = makeWorkspace("ruler");
    writeFiles(workspace.dir, buildFiles(services, environment).files);
    const config = JSON.stringify({ rule_files: ["prometheus/*.rules.yaml"] });
    const server = await startPrometheus({ config, dir: workspace.dir });
    onTestFinished(async () => {
      await server.stop();
      workspace.remove();
    });
    return connectionOf(server.url, {}) as Connection;
  }

  test("are as declared for any declarations", async () => {
    const worlds = fc.sample(soundWorldOf("a", "b", "c", "d", "e", "f"), { numRuns: 3, seed: 4 });
    for (const world of worlds) {
      const loaded = await askGroups(await serving(world));
      const plan = planOf(world.services, world.platform);
      expect(loaded.length).toBeGreaterThan(0);
      expect(rulerDiff(loaded, loadedGroups(plan))).toMatchObject({ groups: [], unchanged: loaded.length });
    }
  });

  test("differ by what a declaration changes", async () => {
    const loaded = await askGroups(await serving({ services: [shop], platform }));
    const [availability, slow] = shop.slos ?? [];
    const changed = { ...shop, slos: [{ ...availability, objective: 99.5 }, slow] } as typeof shop;
    const { groups } = rulerDiff(loaded, loadedGroups(planOf(changed)));
    const rules = groups.flatMap((group) => group.rules);
    expect([...new Set(groups.map(({ kind }) => kind))]).toEqual(["changed"]);
    expect(rules.map(({ labels: { slo } }) => slo).every((slo) => slo === "availability")).toBe(true);
    const page = rules.find(({ name }) => name === "SloBurnPageFast");
    expect(page?.facts.map(({ field }) => field)).toContain("query");
  });
});
