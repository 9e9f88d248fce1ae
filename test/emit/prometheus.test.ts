/** Rule files: where they are, what is in them, and what is left out. */
import { expect, test } from "vitest";
import { parse as parseYaml } from "yaml";
import type { Duration, SloDeclaration } from "../../src/declare/declaration.ts";
import { render } from "../../src/emit/artifact.ts";
import { prometheus } from "../../src/emit/prometheus.ts";
import { planOf, planOfAll } from "../sli/history.ts";

const sli = { kind: "events", total: "a_total", bad: "b_total" } as const;

interface RuleFile {
  readonly groups: readonly {
    readonly name: string;
    readonly interval: string;
    readonly rules: readonly Readonly<Record<string, unknown>>[];
  }[];
}

function filesOf(slo: Partial<SloDeclaration>): Map<string, RuleFile> {
  return new Map(
    prometheus.emit(planOf({ sli, ...slo }), {}).map((file) => [file.path, parseYaml(render(file)) as RuleFile]),
  );
}

function groupsOf(slo: Partial<SloDeclaration>): RuleFile["groups"] {
  return [...filesOf(slo).values()].flatMap(({ groups }) => groups);
}

test("a service has one file: what is true of all of it, then each SLO, at every evaluation and with the tiles", () => {
  const files = filesOf({});
  expect([...files.keys()]).toEqual(["prometheus/svc.rules.yaml"]);
  expect([...files.values()].map(({ groups }) => groups.map(({ name, interval }) => [name, interval]))).toEqual([
    [
      ["svc", "30s"],
      ["svc/s", "30s"],
      ["svc/s:slow", "4m"],
    ],
  ]);
});

test("a tile is as many whole evaluations as fit into four minutes", () => {
  const slow = (evaluationInterval: Duration) =>
    groupsOf({ evaluationInterval }).find(({ name }) => name === "svc/s:slow")?.interval;
  expect((["15s", "45s", "1m", "3m"] as const).map(slow)).toEqual(["4m", "3m45s", "4m", "3m"]);
});

test("where the period is short nothing waits for a tile", () => {
  expect(groupsOf({ window: "5h" }).map(({ name, interval }) => [name, interval])).toEqual([
    ["svc", "30s"],
    ["svc/s", "30s"],
    ["svc/s:slow", "30s"],
  ]);
});

test("a plan without SLOs has no files", () => {
  expect(prometheus.emit(planOfAll([]), {})).toEqual([]);
});

test("a file says who made it, from what, and the sum of the rest", () => {
  expect(
    render(prometheus.emit(planOf({ sli }), {})[0] ?? { path: "", format: "text", value: "" }).split("\n")[0],
  ).toMatch(/^# Made by firebreak from the declaration of svc\. Edit that, not this\. Sum: [0-9a-f]{16}$/);
});

test("rules have the fields that Prometheus knows, and no others", () => {
  const rules = [...filesOf({ alerting: { for: "1m", keepFiringFor: "2m" } }).values()].flatMap(({ groups }) =>
    groups.flatMap((group) => group.rules),
  );
  const known = ["record", "alert", "expr", "for", "keep_firing_for", "labels", "annotations"];
  expect(rules.flatMap((rule) => Object.keys(rule)).filter((key) => !known.includes(key))).toEqual([]);
  expect(
    rules
      .filter((rule) => "record" in rule)
      .flatMap((rule) => Object.keys(rule))
      .filter((key) => ["alert", "for", "keep_firing_for", "annotations"].includes(key)),
  ).toEqual([]);
});

test("no duration is written where there is none", () => {
  const rules = groupsOf({}).flatMap((group) => group.rules);
  const keysOf = (name: string) => Object.keys(rules.find(({ alert }) => alert === name) ?? {});
  expect(keysOf("SloBurnTicketFast")).toEqual(["alert", "expr", "labels", "annotations"]);
  expect(keysOf("SloBurnPageFast")).toEqual(["alert", "expr", "keep_firing_for", "labels", "annotations"]);
  expect(keysOf("SloTargetsDown")).toEqual(["alert", "expr", "for", "keep_firing_for", "labels", "annotations"]);
});

test("an expression reads as a block, without folding", () => {
  const text = prometheus.emit(planOf({ sli }), {}).map(render).join("");
  expect(text).toContain("expr: |-\n");
  expect(text).not.toMatch(/expr: >|expr: ["']/);
});

test("every group, and every rule whose name does not say it, has a comment right above it", () => {
  const lines = prometheus.emit(planOf({ sli }), {}).map(render).join("").split("\n");
  const starts = lines.flatMap((line, index) => (/^ +- (name|alert: SloTargetsDown)/.test(line) ? [index] : []));
  expect(starts).toHaveLength(6);
  for (const index of starts) expect(lines[index - 1]).toMatch(/^ +# .*\.$/);
  const total = lines.findIndex((line) => line.endsWith("- record: slo:total:increase"));
  expect(lines[total - 1]).toMatch(/^ +# /);
});

test("labels are one line, as long as a reader can see its end", () => {
  const lines = prometheus.emit(planOf({ sli }), {}).map(render).join("").split("\n");
  expect(lines).toContain("        labels: { slo_service: svc, slo: s }");
  expect(lines.filter((line) => line.length > 160 && !/^ +(summary|description):/.test(line))).toEqual([]);
});

test("every rule says itself of which service and SLO it is", () => {
  const [service, ...slos] = groupsOf({ groupBy: ["model"] });
  for (const { labels } of service?.rules ?? []) expect(labels).toMatchObject({ slo_service: "svc" });
  for (const { labels } of slos.flatMap(({ rules }) => rules))
    expect(labels).toMatchObject({ slo_service: "svc", slo: "s" });
});
