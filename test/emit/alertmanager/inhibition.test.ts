/** Inhibition, read the way Alertmanager reads it: who silences whom. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { AlertingRule, Plan, SloPlan } from "../../../src/compile/plan.ts";
import type { InhibitRule } from "../../../src/emit/alertmanager/config.ts";
import { compileInhibition } from "../../../src/emit/alertmanager/inhibition.ts";
import { printInhibitRule } from "../../../src/emit/alertmanager/print-config.ts";
import { planFixture, tierFixture, tiersFixture } from "../../support/plan-fixture.ts";

type Labels = Readonly<Record<string, string>>;

const severity = fc.constantFrom("page", "ticket", "info");
const tier = fc.tuple(
  fc.constantFrom("a", "b", "c", "d"),
  severity,
  fc.constantFrom(1, 3, 6, 14.4),
  fc.constantFrom(3600, 7200),
);
const ladder = fc.uniqueArray(tier, { selector: ([name]) => name, maxLength: 4 });

test("nothing that burns holds back what burns the same budget: it ends in its own rule, so that its end is sent", () => {
  fc.assert(
    fc.property(fc.array(ladder, { minLength: 1, maxLength: 3 }), (ladders) => {
      const plan = planFixture(
        ladders.map((tiers, index) => ({
          id: `s/slo-${index}`,
          groupBy: index === 1 ? ["model"] : [],
          tiers: tiers.map(([name, each, burn, long]) => tierFixture(name, each, burn, long, 300)),
        })),
      );
      for (const slo of slosOf(plan)) expectFree(plan, slo);
    }),
    { numRuns: 200 },
  );
});

test("pages that are found before those of what they depend on are not held back, and tickets end in their own rule", () => {
  const plan = planFixture([
    { id: "s/up", tiers: tiersFixture.map((tier) => ({ ...tier, threshold: 50 * tier.threshold })) },
    { id: "t/down", dependsOn: ["s/up"] },
  ]);
  const held = tiersFixture.filter(({ alert }) =>
    silences(plan, labelsOf(plan, "s/up", "SloBurning"), labelsOf(plan, "t/down", alert)),
  );
  expect(held).toEqual([]);
});

test("targets that are down silence the missing data of their service and cluster, whatever its SLOs and groups are", () => {
  const plan = planFixture([{ id: "s/a", groupBy: ["model"] }, { id: "s/b" }, { id: "t/a" }]);
  const down = { ...labelsOf(plan, "s", "SloTargetsDown"), job: "gateway", cluster: "eu" };
  const noData = (id: string) => ({ ...labelsOf(plan, id, "SloNoData"), cluster: "eu" });
  expect(silences(plan, down, { ...noData("s/a"), model: "m" })).toBe(true);
  expect(silences(plan, down, noData("s/b"))).toBe(true);
  expect(silences(plan, down, { ...noData("s/b"), cluster: "us" })).toBe(false);
  expect(silences(plan, down, noData("t/a"))).toBe(false);
});

test("targets of one job that are down do not silence the missing data of an SLO that counts another", () => {
  const plan = planFixture([{ id: "s/a" }]);
  const down = (job: string) => ({ ...labelsOf(plan, "s", "SloTargetsDown"), job });
  const noData = { ...labelsOf(plan, "s/a", "SloNoData"), job: "gateway" };
  expect(silences(plan, down("gateway"), noData)).toBe(true);
  expect(silences(plan, down("worker"), noData)).toBe(false);
});

test("targets that are down silence nothing else; a spent budget and a broken measurement silence nothing", () => {
  const plan = planFixture([{ id: "s/a" }]);
  const names = alertsOf(plan, "s/a").map(({ alert }) => alert);
  const silenced = (id: string, source: string) =>
    names.filter((target) => silences(plan, labelsOf(plan, id, source), labelsOf(plan, "s/a", target)));
  expect(names.length).toBeGreaterThan(8);
  expect(silenced("s", "SloTargetsDown")).toEqual(["SloNoData"]);
  expect(silenced("s/a", "SloBudgetExhausted")).toEqual([]);
  expect(silenced("s/a", "SloOnlyErrors")).toEqual([]);
  expect(silenced("s/a", "SloBroken")).toEqual([]);
  expect(silenced("s/a", "SloNoData")).toEqual([]);
});

test("that what an SLO depends on pages silences its pages, not its tickets and its own broken parts", () => {
  const plan = planFixture([
    { id: "s/up", groupBy: ["model"] },
    { id: "t/down", groupBy: ["model", "tenant"], dependsOn: ["s/up"] },
  ]);
  const source = (alert: string) => ({ ...labelsOf(plan, "s/up", alert), model: "m" });
  const target = (alert: string) => ({ ...labelsOf(plan, "t/down", alert), model: "m", tenant: "t" });
  for (const tier of tiersFixture)
    expect(silences(plan, source("SloBurning"), target(tier.alert)), tier.name).toBe(tier.severity === "page");
  for (const alert of ["SloNoData", "SloBurning", "SloBroken", "SloOnlyErrors", "SloBudgetExhausted"])
    expect(silences(plan, source("SloBurning"), target(alert)), alert).toBe(false);
  expect(silences(plan, source("SloBurning"), { ...labelsOf(plan, "t", "SloTargetsDown"), model: "m" })).toBe(false);
  expect(silences(plan, source("SloBurning"), { ...target("SloBurnPageFast"), model: "n" })).toBe(false);
  expect(silences(plan, target("SloBurning"), source("SloBurnTicketSlow"))).toBe(false);
});

test("a dependant's alerts are held back by the silent source and not by the page, whose end would free them early", () => {
  const plan = planFixture([{ id: "s/up" }, { id: "t/down", dependsOn: ["s/up"] }]);
  const burns = tiersFixture.map(({ alert }) => alert);
  const pairs = burns.flatMap((source) => burns.map((target) => [source, target] as const));
  for (const [source, target] of pairs)
    expect(silences(plan, labelsOf(plan, "s/up", source), labelsOf(plan, "t/down", target))).toBe(false);
});

test("the targets of what an SLO depends on being down silences its pages, in every group", () => {
  const plan = planFixture([
    { id: "s/up", groupBy: ["model"] },
    { id: "t/down", groupBy: ["model"], dependsOn: ["s/up"] },
  ]);
  const down = { ...labelsOf(plan, "s", "SloTargetsDown"), job: "gateway", cluster: "eu" };
  const target = (id: string, alert: string) => ({ ...labelsOf(plan, id, alert), model: "m", cluster: "eu" });
  expect(silences(plan, down, target("t/down", "SloBurnPageFast"))).toBe(true);
  for (const alert of ["SloBurnTicketFast", "SloNoData", "SloBroken"])
    expect(silences(plan, down, target("t/down", alert)), alert).toBe(false);
  expect(silences(plan, down, { ...labelsOf(plan, "t", "SloTargetsDown"), cluster: "eu" })).toBe(false);
});

test("a copy that another rule makes of an alert silences nothing and is not silenced", () => {
  const plan = planFixture([{ id: "s/a" }]);
  const copy = (alert: string) => ({
    ...labelsOf(plan, alert === "SloTargetsDown" ? "s" : "s/a", alert),
    alertname: "InfoInhibitor",
    severity: "none",
  });
  expect(silences(plan, copy("SloTargetsDown"), labelsOf(plan, "s/a", "SloNoData"))).toBe(false);
  expect(silences(plan, labelsOf(plan, "s", "SloTargetsDown"), copy("SloNoData"))).toBe(false);
});

test("each rule has one source alert, which Alertmanager needs to keep track", () => {
  for (const rule of rulesOf(planFixture([{ id: "s/a" }, { id: "s/b", dependsOn: ["s/a"] }]))) {
    expect(rule.source_matchers.filter((matcher) => matcher.startsWith('alertname="'))).toHaveLength(1);
  }
});

test("a hundred SLOs need no more rules than one", () => {
  const many = Array.from({ length: 100 }, (_, index) => ({
    id: `s/slo-${index}`,
    groupBy: index % 2 === 0 ? ["model"] : [],
  }));
  expect(rulesOf(planFixture(many))).toHaveLength(rulesOf(planFixture([{ id: "s/a" }])).length);
});

function expectFree(plan: Plan, slo: SloPlan): void {
  const budget = Object.fromEntries(slo.groupLabels.map((label) => [label, "x"]));
  const labels = (alert: string) => ({ ...labelsOf(plan, slo.slo.id, alert), ...budget });
  const sources = alertsOf(plan, slo.slo.id).filter(({ alert }) => alert === "SloBurning");
  expect(sources).toHaveLength(slo.tiers.some((tier) => tier.severity === "page") ? 1 : 0);
  for (const target of slo.tiers)
    for (const source of [...sources, ...slo.tiers])
      expect(silences(plan, labels(source.alert), labels(target.alert)), `${source.alert}, ${target.alert}`).toBe(
        false,
      );
}

function slosOf(plan: Plan): SloPlan[] {
  return plan.services.flatMap((service) => service.slos);
}

/** Of an SLO, or of a service itself. */
function alertsOf(plan: Plan, id: string): AlertingRule[] {
  const services = plan.services.filter(({ service }) => service.name === id);
  const groups = [...services, ...slosOf(plan).filter(({ slo }) => slo.id === id)].flatMap((each) => each.groups);
  return groups.flatMap(({ rules }) => rules.filter((rule) => rule.type === "alert"));
}

function labelsOf(plan: Plan, id: string, name: string): Labels {
  const alert = alertsOf(plan, id).find((each) => each.alert === name);
  if (alert === undefined) throw new Error(`${id} has no ${name}`);
  return { alertname: name, ...alert.labels };
}

/** As inhibit.go does: a label that is missing on both sides is equal, and what matches both sides of a rule is exempt. */
function silences(plan: Plan, source: Labels, target: Labels): boolean {
  return rulesOf(plan).some((rule) => {
    const twoSided = (labels: Labels) => matches(rule.source_matchers, labels) && matches(rule.target_matchers, labels);
    const both =
      matches(rule.source_matchers, source) && matches(rule.target_matchers, target) && equalIn(rule, source, target);
    return both && !(twoSided(source) && twoSided(target));
  });
}

function equalIn({ equal = [] }: InhibitRule, a: Labels, b: Labels): boolean {
  return equal.every((label) => (a[label] ?? "") === (b[label] ?? ""));
}

function matches(matchers: readonly string[], labels: Labels): boolean {
  return matchers.every((matcher) => {
    const [, label = "", op, quoted = ""] = /^(\w+)(=~|!=|=)(".*")$/.exec(matcher) ?? [];
    const [value, wanted] = [labels[label] ?? "", JSON.parse(quoted) as string];
    if (op === "=~") return new RegExp(`^(?:${wanted})$`).test(value);
    return (value === wanted) === (op === "=");
  });
}

/** The rules as Alertmanager reads them. */
function rulesOf(plan: Parameters<typeof compileInhibition>[0]) {
  return compileInhibition(plan).map(printInhibitRule);
}
