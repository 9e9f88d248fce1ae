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

test("a probe is played slice by slice, and has no idle night", () => {
  const { one, tiers } = played({ sli: probe({ metric: "up" }) });
  expect(tiers).toEqual(["page-fast"]);
  expect(one?.outcomes.map(({ name }) => name)).not.toContain("idle-night");
});

test("a composite is said to be left out", () => {
  const composite: SloDeclaration = {
    name: "all",
    objective: 99,
    sli: { kind: "composite", of: ["shop/errors", "shop/more"], as: "worst" },
  };
  const plan = planOf({
    name: "shop",
    owner: "web",
    runbooks: "https://r.example.com",
    slos: [errors, { ...errors, name: "more" }, composite],
  });
  const { slos } = simulate(plan, { id: "shop/all" });
  expect(slos[0]?.skipped).toMatch(/other SLOs/);
});
