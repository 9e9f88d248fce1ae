/** Groups of the size that the ruler takes: what is recorded stays together, alerts move, and nobody else's groups do. */
import { expect, test } from "vitest";
import { wholeOf } from "../../src/compile/fit-groups.ts";
import type { SloPlan } from "../../src/compile/plan.ts";
import { events } from "../../src/declare/construct.ts";
import type { SloDeclaration } from "../../src/declare/declaration.ts";
import { planOfAll } from "../sli/history.ts";

const sli = events({ total: "requests_total", bad: "errors_total" });
const everything = {
  budget: { exhausted: true, below: [0.5, 0.25, 0.1], forecast: "3d", drop: { share: 0.1, within: "1d" } },
  threshold: "traffic",
} as const;
const large = (name: string): SloDeclaration => ({
  name,
  sli,
  objective: 99.9,
  groupBy: ["model"],
  objectives: { batch: 99 },
  exclude: [{ reason: "maintenance", weekly: { on: "sunday", at: "02:00", for: "2h" } }],
  alerting: everything,
});
const small: SloDeclaration = { name: "small", sli, objective: 99.9 };

function slosOf(slos: readonly SloDeclaration[], rulesPerGroup = 20): readonly SloPlan[] {
  return planOfAll(slos, { ruler: { rulesPerGroup } }).services[0]?.slos ?? [];
}

test.each([16, 20, 30])("no group is larger than %d, and no rule is lost", (most) => {
  const [fitted] = slosOf([large("a")], most);
  const [whole] = slosOf([large("a")], 1000);
  expect(fitted?.groups.every(({ rules }) => rules.length <= most)).toBe(true);
  const rules = (slo: SloPlan | undefined) => slo?.groups.flatMap((group) => group.rules) ?? [];
  expect(new Set(rules(fitted))).toEqual(new Set(rules(whole)));
});

test("alerts that do not fit have groups of their own, at the same interval", () => {
  const [slo] = slosOf([large("a")], 16);
  const named = Object.fromEntries((slo?.groups ?? []).map((group) => [group.name, group]));
  const split = Object.keys(named).flatMap((name) => /^(.*):alerts$/.exec(name)?.[1] ?? []);
  expect(split).toContain("svc/a:slow");
  for (const name of split) {
    const [records, alerts] = [named[name], named[`${name}:alerts`]];
    expect(records?.rules.map(({ type }) => type)).not.toContain("alert");
    expect(alerts?.rules.map(({ type }) => type)).not.toContain("record");
    expect(alerts?.intervalSeconds).toBe(records?.intervalSeconds);
  }
});

test("a composite of many components is recorded in several groups", () => {
  const steps = Array.from({ length: 12 }, (_, index) => ({ ...small, name: `step-${index}` }));
  const of = steps.map(({ name }) => `svc/${name}`);
  const journey: SloDeclaration = { name: "journey", objective: 99, sli: { kind: "composite", of, as: "worst" } };
  const groups = slosOf([...steps, journey])[0]?.groups ?? [];
  expect(groups.every(({ rules }) => rules.length <= 20)).toBe(true);
  expect(groups.map(({ name }) => name)).toContain("svc/journey:2");
  expect(new Set(groups.map(({ name }) => name)).size).toBe(groups.length);
});

test("an SLO more moves nobody's groups", () => {
  const alone = slosOf([small, large("z")]);
  const together = slosOf([large("a"), small, large("m"), large("z")]);
  for (const { slo, groups } of alone)
    expect(together.find((other) => other.slo.id === slo.id)?.groups).toEqual(groups);
});

test("every part is known by its name, and a slow group is no part of the fast one", () => {
  const wholes = slosOf([large("a"), small], 1000).flatMap(({ groups }) => groups.map(({ name }) => name));
  const groups = slosOf([large("a"), small], 16).flatMap((slo) => slo.groups.map(({ name }) => name));
  const found = Map.groupBy(groups, (name) => wholeOf(name, new Set(wholes)));
  expect([...found.keys()]).toEqual(wholes);
  expect(found.get("svc/a:slow")?.length).toBeGreaterThan(1);
  expect(wholeOf("other/a:slow", new Set(wholes))).toBeUndefined();
});
