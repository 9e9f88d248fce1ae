/** `explain`: every number that it says of an SLO, a budget or an experiment. */
import { describe, expect, test } from "vitest";
import type { Plan } from "../../src/compile/plan.ts";
import type { BudgetDeclaration, ServiceDeclaration, SloDeclaration } from "../../src/declare/declaration.ts";
import { explainExperiment } from "../../src/explain/experiment.ts";
import { explain } from "../../src/explain/explain.ts";
import type { Explanation } from "../../src/explain/section.ts";
import { explainSpend } from "../../src/explain/spend.ts";
import { planWith } from "../compile/spend/months.ts";

const sli = { kind: "events", total: "requests_total", bad: "errors_total" } as const;
const dollars = (amount: number) => ({ amount, unit: "dollars" });

/** Numbers by section and row. */
type Said = Record<string, Record<string, string>>;

/** The numbers with their units in each row, by section and by the first cell. */
function numbersOf({ sections }: Explanation): Said {
  const said = (cells: readonly string[]): string => cells.flatMap((cell) => cell.match(NUMBERS) ?? ["–"]).join(" ");
  return Object.fromEntries(
    sections.map(({ title, rows }) => [
      title,
      Object.fromEntries(rows.map(([name = "", ...cells]) => [name, said(cells)])),
    ]),
  );
}

const NUMBERS = /\$?\d[\d,.]*(?:[smhdw×%]\w*| points)?/g;

function ofService(declared: Partial<ServiceDeclaration>): { plan: Plan; service: Plan["services"][number] } {
  const plan = planWith(declared);
  return { plan, service: only(plan.services) };
}

function explained(slo: Partial<SloDeclaration>): Said {
  const { plan, service } = ofService({ slos: [{ name: "s", objective: 99.9, sli, ...slo } as SloDeclaration] });
  return numbersOf(explain(plan, only(service.slos)));
}
function only<T>([first]: readonly T[]): T {
  if (first === undefined) throw new Error("there is none");
  return first;
}

describe("of an SLO", () => {
  test("a tier whose burn is no round number has spent so much in three digits", () => {
    const score = { kind: "score", sum: "stars_total", count: "ratings_total" } as const;
    expect(explained({ objective: 90, sli: score }).Tiers?.["page-fast"]).toContain("1.11% ");
  });

  test("its tiers, its budget in time and events, and when it tells", () => {
    expect(explained({ eventsPerDay: 10_000 })).toMatchObject({
      Promise: { objective: "99.9% 30d" },
      Budget: {
        "error budget": "0.1% 43m12s",
        "in events": "300 10,000",
        "one failure": "0.33%",
        "2 failures fire": "139 1h 334 6h 667 1d 2,000 3d",
      },
      Tiers: {
        "page-fast": "– 14.4× 1h 5m 1.44% 2% 2d2h",
        "page-slow": "– 6× 6h 30m 0.6% 5% 5d",
        "ticket-fast": "– 3× 1d 2h 0.3% 10% 10d",
        "ticket-slow": "– 1× 3d 6h 0.1% 10% 30d",
      },
      "Time to detect / to reset": {
        "page-fast": "51.8s 9m56s 8m38s 9m17s – 1m10s",
        "page-slow": "2m10s 34m49s 21m36s 33m12s 3h36m 17m 1m10s",
        "ticket-fast": "4m19s 2h 43m12s 1h56m 7h12m 1h24m 9m40s",
        "ticket-slow": "4m19s 6h 43m12s 5h56m 7h12m 5h24m 9m40s",
      },
      Pipeline: { scrape: "30s", settle: "10s", evaluation: "30s", "group wait": "10s 5m" },
    });
  });

  test.each([
    ["one, where nothing guards against it", { minBad: 1 }, { "alone it fires": "70 1h 167 6h 334 1d 1,000 3d" }],
    ["none at all, where that many events are asked for", { minBad: 1, minEvents: 1000 }, {}],
    ["enough events for some tiers", { minBad: 1, minEvents: 200 }, { "alone it fires": "334 1d 1,000 3d" }],
  ])("how few failures fire a tier: %s", (_which, guards, rows) => {
    const { Budget } = explained({ eventsPerDay: 10_000, ...guards });
    const { "error budget": _time, "in events": _events, "one failure": _cost, ...rest } = Budget ?? {};
    expect(rest).toEqual(rows);
  });

  test("what single groups may, what is excluded, and what is said of its budget", () => {
    const said = explained({
      groupBy: ["model"],
      objectives: { a: 99 },
      exclude: [{ reason: "repairs", weekly: { on: "sunday", at: "02:00", for: "2h" } }],
      alerting: { budget: { exhausted: true, below: [0.25], forecast: "12h", drop: { share: 0.2, within: "2h" } } },
    });
    expect(said).toMatchObject({
      Promise: { "for each": "–" },
      "Objectives of single groups": { 'model="a"': "99% 1% 7h12m 14.4% 6% 3% 1%" },
      "Exclusions: nothing counts": { repairs: "02 00 2h 2h 8h33m 30d" },
      "Budget alerts, all tickets": {
        SloBudgetExhausted: "–",
        SloBudgetLow: "25%",
        SloBudgetForecast: "3h 12h",
        SloBudgetDrop: "20% 2h",
      },
      "Time to detect / to reset": { "page-fast": "51.8s 9m56s 8m38s 9m17s – 1m40s" },
    });
  });

  test("slices: how many may be bad, and how much later they tell", () => {
    expect(explained({ budgeting: { kind: "timeSlices", slice: "5m", target: 95 } })).toMatchObject({
      Budget: { "in slices": "8.64 5m" },
      "Time to detect / to reset": {
        "page-fast": "10m15s 14m45s 12m30s 12m30s – 1m40s",
        "ticket-fast": "10m15s 2h5m 12m30s 2h3m – 10m10s",
      },
    });
  });

  test("further periods, and what the calendar and an expression make inexact", () => {
    const rate = { promql: "sum(rate(requests_total[$window]))" };
    const said = explained({ window: [{ calendar: "month" }, "7d"], sli: { kind: "events", total: rate, bad: rate } });
    expect(said).toMatchObject({
      Budget: { "error budget": "0.1% 43m12s 30", "over 7d": "10m5s" },
      "What is inexact": { "calendar month, UTC": "4m 3d", expression: "2m" },
    });
  });

  test("that a new part of the story is a section of its own, and none is empty", () => {
    const titles = Object.keys(explained({}));
    expect(titles).toEqual([
      "Promise",
      "Budget",
      "Tiers",
      "Time to detect / to reset",
      "Pipeline",
      "Cost, per group and hour",
    ]);
  });
});

describe("of a budget", () => {
  const daily = { kind: "spend", name: "daily", metric: "cost_total", per: "day", limit: dollars(240) } as const;
  const said = (change: Partial<BudgetDeclaration>): Said => {
    const { plan, service } = ofService({ budgets: [{ ...daily, ...change } as BudgetDeclaration] });
    return numbersOf(explainSpend(plan, only(service.budgets)));
  };

  test("its limits by the hour and the day, and what each alert waits for", () => {
    expect(said({ by: ["model"], limits: { a: dollars(48) }, limitEach: dollars(24) })).toMatchObject({
      Budget: { by: "–", period: "–" },
      Limits: {
        everything: "$240 $10 $120 $192 $240",
        "model a": "$48 $2 $24 $38.40 $48",
        "each other model": "$24 $1 $12 $19.20 $24",
      },
      Alerts: {
        BudgetBurnFast: "– 6× 1h 5m 25% $60 $240 1h",
        BudgetSpent80: "– 80%",
        BudgetBurnSlow: "– 3× 3h 15m 37.5% $90 $240 3h",
        BudgetForecast: "– 6h 25% 30m",
        BudgetNoData: "– 1h",
      },
      "What is inexact": {
        "where a period ends": "1m10s",
        forecast: "–",
        delay: "9m40s 1m40s",
        restarts: "30s",
        gaps: "5m 30s",
      },
    });
  });

  test("how spending can be counted wrongly, in words that are not those of the label", () => {
    const { plan, service } = ofService({ budgets: [{ ...daily, by: ["model"], limits: { a: dollars(48) } }] });
    const budget = only(service.budgets);
    const rows = explainSpend(plan, budget).sections.flatMap((section) => section.rows);
    const reasons = budget.alerts.flatMap(({ labels: { reason } }) => reason ?? []);
    const words = rows.flatMap(([alert, , fires = ""]) => (alert === "BudgetBroken" ? [fires] : []));
    expect([words.length, new Set(words).size]).toEqual([reasons.length, reasons.length]);
    expect(words.filter((each, index) => each.includes(`: ${reasons[index]?.replaceAll("-", " ")},`))).toEqual([]);
  });

  test.each([
    ["hour", "$240 $5,760 $120 $192 $240"],
    ["week", "$240 $1.43 $34.29 $120 $192 $240"],
  ] as const)("its limits are not said twice where it is for one %s", (per, everything) => {
    expect(said({ per })).toMatchObject({ Limits: { everything } });
  });

  test("who is notified of a value's spending, where that is not the owner alone", () => {
    const slack = { slack: { secret: "slack" } };
    const receivers = { default: { page: { pagerduty: { secret: "p" } }, ticket: slack }, search: { page: slack } };
    const of = (budget: Partial<BudgetDeclaration>) => {
      const plan = planWith({ budgets: [{ ...daily, by: ["tenant"], ...budget }] }, { receivers });
      const { sections } = explainSpend(plan, only(only(plan.services).budgets));
      return sections.find(({ title }) => title === "Who is notified")?.rows;
    };
    expect(of({})).toBeUndefined();
    expect(of({ limitEach: dollars(9), receivers: { b: "search", a: "search" } })).toEqual([
      ["tenant a, b", "search", "slack", "slack", "–"],
      ["all else", "team", "pagerduty", "slack", "–"],
    ]);
  });

  test("what a forecast does not know, where there is one", () => {
    expect(said({})["What is inexact"]).toHaveProperty("forecast");
    expect(said({ forecast: false })["What is inexact"]).not.toHaveProperty("forecast");
  });

  test("an offset within a tile moves the turn of a period by half of it", () => {
    expect(said({ offset: "+05:45" })["What is inexact"]?.["where a period ends"]).toBe("3m10s");
  });

  test("what is particular to months, prices, unit costs, users and anomalies", () => {
    const monthly = said({ per: "month", anomaly: { ratio: 1, atLeast: dollars(20), severity: "ticket" } });
    expect(monthly["What is inexact"]).toMatchObject({ "the sum": "–" });
    expect(monthly["What is inexact"]).not.toHaveProperty("forecast");
    expect(monthly.Alerts).toMatchObject({
      BudgetAnomaly: "– 100% $40, 15m",
      BudgetBurnFast: "– 14.4× 1h 5m 2% $4.80 $240 1h",
      BudgetForecast: "– 3d 11% 30m",
    });
    const more = said({
      requests: "requests_total",
      unitCost: { perRequest: dollars(0.00002) },
      activeUsers: "active_users",
    });
    expect(Object.keys(more["What is inexact"] ?? {})).toEqual(expect.arrayContaining(["unit cost", "per user"]));
    expect(more.Budget).toHaveProperty("per user");
    expect(more.Alerts).toMatchObject({ BudgetUnitCost: "– $0.00002, 30m" });
  });
});

test("of an experiment: how long, how much, and the smallest difference that is reported", () => {
  const { service } = ofService({
    experiments: [{ name: "prompt", label: "variant", baseline: "A", slis: [{ name: "success", sli }] }],
  });
  expect(numbersOf(explainExperiment(only(service.experiments)))).toMatchObject({
    Experiment: { "compared over": "1d 4m", "minimum sample": "500", groups: "–" },
    Alerts: { ExperimentWorse: "– 4 30m", ExperimentNoData: "– 1d 500 1h" },
    "Bad is": { success: "–" },
    "The smallest difference that alerts": {
      "500": "3.6 points 4.6 points 7.1 points",
      "10000": "0.28 points 0.65 points 1.3 points",
      "100000": "0.065 points 0.19 points 0.4 points",
      "1000000": "0.019 points 0.057 points 0.12 points",
    },
  });
});
