/** Rule files: where they are, what is in them, and what is left out. */
import { expect, test } from "vitest";
import { parse as parseYaml } from "yaml";
import { render } from "../../src/emit/artifact.ts";
import { prometheus } from "../../src/emit/prometheus.ts";
import { proofs } from "../../src/emit/proofs.ts";
import type { SloDeclaration } from "../../src/model/declaration.ts";
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

test("a service has a file of rules, and one of those that read long windows", () => {
  const files = filesOf({});
  expect([...files.keys()]).toEqual(["prometheus/svc.rules.yaml", "prometheus/svc.long.rules.yaml"]);
  expect([...files.values()].map(({ groups }) => groups.map(({ name, interval }) => [name, interval]))).toEqual([
    [["svc/s", "30s"]],
    [["svc/s:long", "4m"]],
  ]);
});

test("a service without long windows has one file", () => {
  expect([...filesOf({ window: "5h" }).keys()]).toEqual(["prometheus/svc.rules.yaml"]);
});

test("a plan without SLOs has no files", () => {
  expect(prometheus.emit(planOfAll([]), {})).toEqual([]);
  expect(proofs.emit(planOfAll([]), {})).toEqual([]);
});

test("a file says who made it, and from what", () => {
  expect(
    render(prometheus.emit(planOf({ sli }), {})[0] ?? { path: "", format: "text", value: "" }).split("\n")[0],
  ).toBe("# Made by firebreak from the declaration of svc. Edit that, not this.");
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
  const [page] = [...filesOf({}).values()].flatMap(({ groups }) =>
    groups.flatMap(({ rules }) => rules.filter(({ alert }) => alert === "SloBurnPageFast")),
  );
  expect(Object.keys(page ?? {})).toEqual(["alert", "expr", "labels", "annotations"]);
});

test("an expression reads as a block, without folding", () => {
  const text = prometheus.emit(planOf({ sli }), {}).map(render).join("");
  expect(text).toContain("expr: |-\n");
  expect(text).not.toMatch(/expr: >|expr: ["']/);
});

test("SLOs with an interval of their own are proven in a file of their own", () => {
  const slo = (name: string, change: object): SloDeclaration => ({ name, objective: 99.9, sli, ...change });
  const plan = planOfAll([slo("a", {}), slo("b", { evaluationInterval: "1m" })]);
  expect(proofs.emit(plan, {}).map(({ path }) => path)).toEqual([
    "prometheus/svc.tests.yaml",
    "prometheus/svc.1m.tests.yaml",
    "prometheus/svc.long.tests.yaml",
  ]);
});
