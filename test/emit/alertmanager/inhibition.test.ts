/** Inhibition, read the way Alertmanager reads it: who silences whom. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Plan, SloPlan } from "../../../src/compile/plan.ts";
import type { InhibitRule } from "../../../src/emit/alertmanager/config.ts";
import { compileInhibition } from "../../../src/emit/alertmanager/inhibition.ts";
import { planFixture, tierFixture } from "../../support/plan-fixture.ts";

type Labels = Readonly<Record<string, string>>;

const rank = { page: 0, ticket: 1, info: 2 };
const severity = fc.constantFrom("page", "ticket", "info");
const tier = fc.tuple(
  fc.constantFrom("a", "b", "c", "d"),
  severity,
  fc.constantFrom(1, 3, 6, 14.4),
  fc.constantFrom(3600, 7200),
);
const ladder = fc.uniqueArray(tier, { selector: ([name]) => name, maxLength: 4 });

test("within one error budget exactly the more urgent or faster burn silences the other, whatever the tiers are", () => {
  fc.assert(
    fc.property(fc.array(ladder, { minLength: 1, maxLength: 3 }), (ladders) => {
      const plan = planFixture(
        ladders.map((tiers, index) => ({
          id: `s/slo-${index}`,
          groupBy: index === 1 ? ["model"] : [],
          tiers: tiers.map(([name, each, burn, long]) => tierFixture(name, each, burn, long, 300)),
        })),
      );
      for (const slo of slosOf(plan)) expectOrder(plan, slo);
    }),
    { numRuns: 200 },
  );
});

test("another SLO, another group and another cluster are another budget", () => {
  const plan = planFixture([
    { id: "s/a", groupBy: ["model"] },
    { id: "s/b", groupBy: ["model"] },
  ]);
  const page = { ...labelsOf(plan, "s/a", "SloBurnPageFast"), model: "m", cluster: "eu" };
  const ticket = { ...labelsOf(plan, "s/a", "SloBurnTicketFast"), model: "m", cluster: "eu" };
  expect(silences(plan, page, ticket)).toBe(true);
  expect(silences(plan, page, { ...ticket, model: "n" })).toBe(false);
  expect(silences(plan, page, { ...ticket, cluster: "us" })).toBe(false);
  expect(silences(plan, page, { ...labelsOf(plan, "s/b", "SloBurnTicketFast"), model: "m", cluster: "eu" })).toBe(
    false,
  );
});

test("targets that are down silence only the missing data; a spent budget and a broken measurement silence nothing", () => {
  const plan = planFixture([{ id: "s/a" }]);
  const names = slosOf(plan).flatMap((slo) => slo.alerts.map((alert) => alert.alert));
  const silenced = (source: string) =>
    names.filter((target) => silences(plan, labelsOf(plan, "s/a", source), labelsOf(plan, "s/a", target)));
  expect(silenced("SloTargetsDown")).toEqual(["SloNoData"]);
  expect(silenced("SloBudgetExhausted")).toEqual([]);
  expect(silenced("SloBroken")).toEqual([]);
  expect(silenced("SloNoData")).toEqual([]);
});

test("the pages of what an SLO depends on silence its burning, not its own broken parts", () => {
  const plan = planFixture([
    { id: "s/up", groupBy: ["model"] },
    { id: "s/down", groupBy: ["model", "tenant"], dependsOn: ["s/up"] },
  ]);
  const source = (alert: string) => ({ ...labelsOf(plan, "s/up", alert), model: "m" });
  const target = (alert: string) => ({ ...labelsOf(plan, "s/down", alert), model: "m", tenant: "t" });
  expect(silences(plan, source("SloBurnPageSlow"), target("SloBurnPageFast"))).toBe(true);
  expect(silences(plan, source("SloTargetsDown"), target("SloNoData"))).toBe(true);
  expect(silences(plan, source("SloBurnTicketFast"), target("SloBurnTicketSlow"))).toBe(false);
  expect(silences(plan, source("SloBurnPageFast"), target("SloTargetsDown"))).toBe(false);
  expect(silences(plan, source("SloBurnPageFast"), target("SloBroken"))).toBe(false);
  expect(silences(plan, source("SloBurnPageFast"), { ...target("SloBurnPageFast"), model: "n" })).toBe(false);
  expect(silences(plan, target("SloBurnPageFast"), source("SloBurnTicketSlow"))).toBe(false);
});

test("a copy that another rule makes of an alert silences nothing and is not silenced", () => {
  const plan = planFixture([{ id: "s/a" }]);
  const copy = (alert: string) => ({ ...labelsOf(plan, "s/a", alert), alertname: "InfoInhibitor", severity: "none" });
  expect(silences(plan, copy("SloBurnPageFast"), labelsOf(plan, "s/a", "SloBurnTicketFast"))).toBe(false);
  expect(silences(plan, labelsOf(plan, "s/a", "SloBurnPageFast"), copy("SloBurnTicketFast"))).toBe(false);
});

test("each rule has one source alert, which Alertmanager needs to keep track", () => {
  for (const rule of compileInhibition(planFixture([{ id: "s/a" }, { id: "s/b", dependsOn: ["s/a"] }]))) {
    expect(rule.source_matchers.filter((matcher) => matcher.startsWith('alertname="'))).toHaveLength(1);
  }
});

test("a hundred SLOs need no more rules than one", () => {
  const many = Array.from({ length: 100 }, (_, index) => ({
    id: `s/slo-${index}`,
    groupBy: index % 2 === 0 ? ["model"] : [],
  }));
  expect(compileInhibition(planFixture(many))).toHaveLength(compileInhibition(planFixture([{ id: "s/a" }])).length);
});

function expectOrder(plan: Plan, slo: SloPlan): void {
  const budget = Object.fromEntries(slo.groupLabels.map((label) => [label, "x"]));
  for (const a of slo.tiers) {
    for (const b of slo.tiers) {
      const [source, target] = [labelsOf(plan, slo.slo.id, a.alert), labelsOf(plan, slo.slo.id, b.alert)];
      const outranked =
        rank[a.severity] - rank[b.severity] ||
        b.burn - a.burn ||
        a.longSeconds - b.longSeconds ||
        (a.name < b.name ? -1 : 1);
      expect(silences(plan, { ...source, ...budget }, { ...target, ...budget }), `${a.alert} over ${b.alert}`).toBe(
        a !== b && outranked < 0,
      );
    }
  }
}

function slosOf(plan: Plan): SloPlan[] {
  return plan.services.flatMap((service) => service.slos);
}

function labelsOf(plan: Plan, id: string, name: string): Labels {
  const alert = slosOf(plan)
    .find((each) => each.slo.id === id)
    ?.alerts.find((each) => each.alert === name);
  return { alertname: name, ...alert?.labels };
}

/** As inhibit.go does: a label that is missing on both sides is equal, and what matches both sides of a rule is exempt. */
function silences(plan: Plan, source: Labels, target: Labels): boolean {
  return compileInhibition(plan).some((rule) => {
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
