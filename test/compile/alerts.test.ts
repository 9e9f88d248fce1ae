/** All alerts there are, as their readers know them: names, tiers and reasons, how long they wait and go on. */
import { describe, expect, test } from "vitest";
import { compile } from "../../src/compile/compile.ts";
import { parse } from "../../src/parse/parse.ts";
import { printSeconds } from "../../src/promql/duration.ts";
import { print } from "../../src/promql/print.ts";
import { platform, services } from "../golden/everything/index.ts";

const parsed = parse({ services, platform });
const { plan } = compile(parsed.services, parsed.platform);
const parts = plan.services.flatMap((service) => [
  service,
  ...service.slos,
  ...service.budgets,
  ...service.experiments,
]);
const alerts = parts.flatMap((part) => part.alerts);

/** `SloNoData no-data no-series, 3h, 0s`: what it is, how long it waits, how long it goes on. */
function lineOf({ alert, labels, forSeconds, keepFiringForSeconds }: (typeof alerts)[number]): string {
  const name = [alert, labels.tier, labels.reason].filter(Boolean).join(" ");
  return [name, ...[forSeconds, keepFiringForSeconds].map(printSeconds)].join(", ");
}

const KNOWN = `
BudgetAnomaly anomaly, 15m, 0s
BudgetBroken broken by-label-missing, 15m, 0s
BudgetBroken broken cost-not-counted, 15m, 0s
BudgetBroken broken counters-fall, 15m, 0s
BudgetBroken broken evaluations-missed, 15m, 0s
BudgetBroken broken gap, 0s, 1d
BudgetBroken broken limit-never-seen, 1d, 0s
BudgetBroken broken never-any-data, 1h, 0s
BudgetBroken broken unpriced-model, 15m, 0s
BudgetBurnFast burn-fast, 0s, 19m
BudgetBurnFast burn-fast, 0s, 34m
BudgetBurnSlow burn-slow, 0s, 0s
BudgetBurnSprintPage burn-sprint, 0s, 10m
BudgetForecast forecast, 30m, 0s
BudgetNoData no-data, 1h, 0s
BudgetSpent100 spent-100, 0s, 8m
BudgetSpent100Ticket spent-100, 0s, 8m
BudgetSpent50 spent-50, 0s, 8m
BudgetSpent80 spent-80, 0s, 8m
BudgetSpent90 spent-90, 0s, 8m
BudgetUnitCost unit-cost, 30m, 0s
ExperimentNoData no-data, 1h, 0s
ExperimentWorse experiment, 30m, 0s
ExperimentWorseInfo experiment, 1h, 0s
SloBroken broken bad-over-total, 15m, 0s
SloBroken broken component-missing, 1h, 0s
SloBroken broken counters-fall, 15m, 0s
SloBroken broken evaluations-missed, 15m, 0s
SloBroken broken gap, 0s, 1d
SloBroken broken good-over-total, 15m, 0s
SloBroken broken group-label-missing, 15m, 0s
SloBroken broken never-any-data, 1h, 0s
SloBroken broken ratio-out-of-range, 15m, 0s
SloBudgetDrop budget-drop, 0s, 1h
SloBudgetExhausted budget-exhausted, 0s, 1h
SloBudgetForecast budget-forecast, 0s, 1h
SloBudgetLow budget-low-25, 0s, 1h
SloBudgetLow budget-low-50, 0s, 1h
SloBurnLeakTicket leak, 0s, 30m
SloBurnNoticeInfo notice, 0s, 0s
SloBurnOutagePage outage, 1m, 5m
SloBurnPageFast page-fast, 0s, 17m
SloBurnPageFast page-fast, 0s, 5m
SloBurnPageFast page-fast, 0s, 7m
SloBurnPageFast page-fast, 1m, 15m
SloBurnPageSlow page-slow, 0s, 17m
SloBurnPageSlow page-slow, 0s, 5m
SloBurnPageSlow page-slow, 0s, 7m
SloBurnPageSlowTicket page-slow, 2m, 10m
SloBurnTicketFast ticket-fast, 0s, 0s
SloBurnTicketSlow ticket-slow, 0s, 0s
SloBurnTicketSlow ticket-slow, 2m, 10m
SloNoData no-data no-series, 3h, 0s
SloNoData no-data no-targets, 20m, 0s
SloOnlyErrors only-errors, 2m, 0s
SloOnlyErrorsTicket only-errors, 2m, 0s
SloPolicyFreeze policy-freeze, 0s, 1h
SloPolicyWarn policy-warn, 0s, 1h
SloTargetsDown targets-down all-down, 3m, 10m
SloTargetsDown targets-down gone, 3m, 10m
SloTargetsDown targets-down some-down, 3m, 10m
`;

describe("all alerts", () => {
  test("wait and go on as long as is known of them", () => {
    expect(`\n${[...new Set(alerts.map(lineOf))].sort().join("\n")}\n`).toBe(KNOWN);
  });

  test("say what happened, where to look, and whose they are", () => {
    const texts = ["summary", "description", "runbook_url", "dashboard_url"];
    for (const { annotations, labels } of alerts) {
      const said = texts
        .map((name) => annotations[name])
        .map((text) => (typeof text === "object" ? text.template : text));
      expect(said.filter((text) => text === undefined || text === "")).toEqual([]);
      expect(labels).toMatchObject({ slo_service: expect.any(String), owner: expect.any(String) });
      expect(labels.tier_of_service).toMatch(/^(gold|silver)$/);
    }
  });

  test("are known by what they are of", () => {
    const kinds = { Slo: "slo", Budget: "budget", Experiment: "experiment" };
    for (const { alert, labels } of alerts.filter(({ labels }) => labels.tier !== "targets-down")) {
      const kind = Object.entries(kinds).find(([name]) => alert.startsWith(name))?.[1];
      expect(Object.keys(labels)).toContain(kind);
    }
  });
});

/** What is recorded, with its matchers: `slo:total:increase{slo="s"}`. */
const RECORDED = /(?<![\w:])(?:slo|budget):[\w:]+(?:\{[^}]*\})?/g;

/** Selectors of recorded series that lack a matcher which tells whose they are. */
function strangers(rules: readonly { readonly expr: Parameters<typeof print>[0] }[], own: readonly string[]): string[] {
  const read = rules.flatMap(({ expr }) => print(expr).match(RECORDED) ?? []);
  expect(read.length).toBeGreaterThan(0);
  return read.filter((selector) => !own.every((matcher) => selector.includes(matcher)));
}

describe("rules read what is their own", () => {
  const slos = plan.services.flatMap((service) => service.slos).filter(({ slo }) => slo.sli.kind !== "composite");
  const budgets = plan.services.flatMap((service) => service.budgets);

  test.each(slos)("of the SLO $slo.id", ({ slo, groups }) => {
    const rules = groups.flatMap((group) => group.rules);
    expect(strangers(rules, [`slo_service="${slo.service}"`, `slo="${slo.name}"`])).toEqual([]);
  });

  test.each(budgets)("of the budget $budget.id", ({ budget, groups }) => {
    const rules = groups.flatMap((group) => group.rules);
    expect(strangers(rules, [`slo_service="${budget.service}"`, `budget="${budget.name}"`])).toEqual([]);
  });
});
