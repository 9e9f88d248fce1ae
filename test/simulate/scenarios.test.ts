/** What histories do to SLOs of the default policy. The numbers are the Workbook's, worked out here from burn rates. */
import { expect, test } from "vitest";
import { events, probe, type SloDeclaration } from "../../src/index.ts";
import { simulate } from "../../src/simulate/simulate.ts";
import { planOf } from "../diff/planned.ts";

const errors: SloDeclaration = {
  name: "errors",
  objective: 99.9,
  eventsPerDay: 2_000_000,
  sli: events({ total: "requests_total", bad: "errors_total" }),
};

function played(slo: Partial<SloDeclaration> = {}, scenario = "full-outage") {
  const plan = planOf({ name: "shop", owner: "web", runbooks: "https://r.example.com", slos: [{ ...errors, ...slo }] });
  const [one] = simulate(plan, { withoutNoise: true }).slos;
  const outcome = one?.outcomes.find(({ name }) => name === scenario);
  return { alerts: outcome?.alerts ?? [], tiers: outcome?.alerts.map(({ tier }) => tier), outcome, one };
}

test("a full outage pages once, and no ticket repeats it", () => {
  expect(played().tiers).toEqual(["page-fast"]);
});

test("a full outage pages when 1.44 % of an hour is bad, plus the pipeline", () => {
  const needed = 0.0144 * 3600;
  const pipeline = 30 + 10 + 30;
  const [page] = played().alerts;
  expect(page?.firesAfter).toBeGreaterThanOrEqual(needed);
  expect(page?.firesAfter).toBeLessThanOrEqual(needed + pipeline);
});

test("a slow page is due when 5 % of the budget is spent", () => {
  const { alerts } = played({}, "one-percent");
  expect(alerts.map(({ tier }) => tier)).toEqual(["page-slow"]);
  expect(alerts[0]?.budgetSpent).toBeCloseTo(0.05, 2);
});

test("a burn too slow for any page becomes a ticket after a tenth of the budget", () => {
  const { alerts } = played({}, "slow-burn");
  expect(alerts.map(({ severity }) => severity)).toEqual(["ticket"]);
  expect(alerts[0]?.budgetSpent).toBeCloseTo(0.1, 2);
});

test("half an hour of nothing but failures spends half an hour of the budget's 43 minutes", () => {
  expect(played().outcome?.budgetSpent).toBeCloseTo(30 / 43.2, 3);
});

test("an idle night is quiet, and so is one failure in it", () => {
  expect(played({}, "idle-night").tiers).toEqual([]);
  expect(played({}, "one-failure").tiers).toEqual([]);
});

test("one failure in an idle night pages where one is declared to be enough", () => {
  expect(played({ minBad: 1 }, "one-failure").tiers).toContain("page-fast");
});

test("minEvents keeps a night with little traffic quiet", () => {
  expect(played({}, "low-traffic").tiers).toEqual(["page-fast"]);
  expect(played({ minEvents: 10_000 }, "low-traffic").tiers).not.toContain("page-fast");
});

test("rules that are new page for an outage, too", () => {
  expect(played({}, "new-rules").tiers).toEqual(["page-fast"]);
});

test("a probe has nothing bad before the incident: more than 7.2 % of an hour's slices is five, and none of them is there already", () => {
  const { alerts, outcome } = played({ objective: 99.5, sli: probe({ metric: "up" }) });
  expect(alerts[0]?.firesAfter).toBe(5 * 60);
  // The last scrape of the outage is in one more slice.
  expect(outcome?.budgetSpent).toBeCloseTo(31 / 216, 6);
});

test("a probe is played slice by slice, and has no idle night", () => {
  const { one, tiers } = played({ sli: probe({ metric: "up" }) });
  expect(tiers).toEqual(["page-fast"]);
  expect(one?.outcomes.map(({ name }) => name)).not.toContain("idle-night");
});

/** When the first page of a composite fires while this fails; undefined: never. */
function compositePages(sli: SloDeclaration["sli"], scenario: string): number | undefined {
  const composite: SloDeclaration = { name: "all", objective: 99, sli };
  const slos = [errors, { ...errors, name: "more" }, composite];
  const plan = planOf({ name: "shop", owner: "web", runbooks: "https://r.example.com", slos });
  const [one] = simulate(plan, { id: "shop/all" }).slos;
  const outcome = one?.outcomes.find(({ name }) => name === scenario);
  return outcome?.alerts.find(({ severity }) => severity === "page")?.firesAfter;
}

test("the worst of several SLOs pages for one of them as for all", () => {
  const worst = { kind: "composite", of: ["shop/errors", "shop/more"], as: "worst" } as const;
  const all = compositePages(worst, "full-outage");
  // 14.4 % of an hour is bad after that; then come a scrape, its settling, and three evaluations.
  const due = 0.144 * 3600;
  expect(all).toBeGreaterThanOrEqual(due);
  expect(all).toBeLessThanOrEqual(due + 30 + 10 + 3 * 30);
  expect(compositePages(worst, "outage-of:shop/more")).toBe(all);
});

test("a mean pages later, or never, for what weighs little", () => {
  const of = [
    { slo: "shop/errors", weight: 19 },
    { slo: "shop/more", weight: 1 },
  ];
  const mean = { kind: "composite", of, as: "weighted" } as const;
  const due = (0.144 * 3600) / 0.95;
  expect(compositePages(mean, "outage-of:shop/errors")).toBeGreaterThanOrEqual(due);
  expect(compositePages(mean, "outage-of:shop/errors")).toBeLessThanOrEqual(due + 30 + 10 + 3 * 30);
  // A twentieth of everything is no 14.4 % of it.
  expect(compositePages(mean, "outage-of:shop/more")).toBeUndefined();
});

test("a group with an objective of its own is played once more", () => {
  const grouped = { ...errors, groupBy: ["model"], objectives: { small: 95 } };
  const plan = planOf({ name: "shop", owner: "web", runbooks: "https://r.example.com", slos: [grouped] });
  const { slos } = simulate(plan, { withoutNoise: true });
  expect(slos.map(({ group }) => group)).toEqual([undefined, 'model="small"']);
  const spent = slos.map(({ outcomes }) => outcomes.find(({ name }) => name === "full-outage")?.budgetSpent ?? 0);
  expect((spent[0] ?? 0) / (spent[1] ?? 1)).toBeGreaterThan(2);
});

test("an outage in an exclusion pages when that is over", () => {
  const exclude = [{ reason: "maintenance", weekly: { on: "sunday", at: "02:00", for: "2h" } }] as const;
  const [first] = played({ exclude }, "excluded").one?.outcomes.filter(({ name }) => name === "excluded") ?? [];
  expect(first?.alerts[0]?.firesAfter).toBeGreaterThan(2 * 3600);
  expect(first?.alerts[0]?.firesAfter).toBeLessThan(2 * 3600 + 600);
});
