/** A budget of a day, scraped and evaluated every 30s as most are, on the real engine: the turn of the day is within each history. */
import { test } from "vitest";
import { describeWithEngine } from "../../support/engines.ts";
import { budgetPlan, expectRun, type Run } from "./months.ts";

const dollars = (amount: number) => ({ amount, unit: "dollars" });
const cost = (model: string, instance = "a") =>
  `ai_inference_cost_dollars_total{job="inference", instance="${instance}", model="${model}"}`;
const up = { 'up{job="inference", instance="a"}': "1x1000" };

/** $500 a day at +01:00, $300 of it for gpt-4: midnight is at 23:00 UTC. */
const plan = budgetPlan([
  {
    kind: "spend",
    name: "daily",
    metric: 'ai_inference_cost_dollars_total{job="inference"}',
    per: "day",
    offset: "+01:00",
    limit: dollars(500),
    by: ["model"],
    limits: { "gpt-4": dollars(300) },
  },
]);

const ID = 'slo_service="svc",budget="daily"';

function run(start: string, series: Run["series"], expectations: Run["expectations"]): Promise<void> {
  return expectRun(plan, { start, every: "30s", series: { ...up, ...series }, expectations });
}

/** $60 in five minutes, and then eight minutes without a cent, so many times. */
function bursts(from: number, times: number): string {
  return Array.from({ length: times }, (_, at) => `${from + 60 * at}+6x10 ${from + 60 * (at + 1)}x14`).join(" ");
}

function firing(alertname: string): string {
  return `count by (alertname, model) (ALERTS{alertstate="firing", alertname=~"${alertname}"})`;
}

describeWithEngine("promtool", "a budget of a day", () => {
  // Steps are exact in binary: a rounding error would be a restart.
  test("counts births on watched targets, missed scrapes and restarts; the day turns, and an idle model does not come back", () =>
    run(
      "2026-11-28T20:00:00Z",
      {
        [cost("llama")]: "100+0.125x60 _x5 108.25+0.125x20 0.5+0.125x20 3x390",
        [cost("gpt-4")]: "_x80 0.42x240 stale",
      },
      [
        ["35m", 'budget:spend_dollars:day{model="gpt-4"}', {}],
        [
          "2h",
          "round(budget:spend_dollars:day * 100)",
          { [`{${ID},model="gpt-4"}`]: 42, [`{${ID},model="llama"}`]: 1375 },
        ],
        ["2h", "round(budget:used_ratio * 100000)", { [`{${ID}}`]: 2834, [`{${ID},model="gpt-4"}`]: 140 }],
        ["3h3m", "round(sum(budget:spend_dollars:day) * 100)", { "{}": 1417 }],
        ["3h5m", "sum(budget:spend_dollars:day)", { "{}": 0 }],
        ["3h12m", "budget:spend_dollars:day", { [`budget:spend_dollars:day{${ID},model="llama"}`]: 0 }],
      ],
    ));

  test("counts all but the first reading of a pod that replaces another", () =>
    run(
      "2026-11-28T12:00:00Z",
      {
        'up{job="inference", instance="a"}': "1x59 stale",
        'up{job="inference", instance="b"}': "_x60 1x200",
        [cost("llama")]: "100+0.5x59 stale",
        [cost("llama", "b")]: "_x60 0.25+0.5x200",
      },
      // 59 half dollars of the old pod; of the new one ten, and not the quarter that its first scrape shows.
      [["40m", "sum(budget:spend_dollars:day)", { "{}": 29.5 + 5 }]],
    ));

  test("two limits alert side by side, a pace that is none pages nobody, and the new day resolves all", () =>
    run("2026-11-28T17:30:00Z", { [cost("gpt-4")]: "5+0.5x650 330x70", [cost("llama")]: "0+0.25x650 162.5x70" }, [
      ["3h50m", firing("BudgetSpent80"), {}],
      ["4h10m", firing("BudgetSpent80"), { '{alertname="BudgetSpent80",model="gpt-4"}': 1 }],
      [
        "4h40m",
        firing("BudgetSpent80"),
        { '{alertname="BudgetSpent80",model="gpt-4"}': 1, '{alertname="BudgetSpent80"}': 1 },
      ],
      ["4h50m", firing("BudgetForecast"), { '{alertname="BudgetForecast",model="gpt-4"}': 1 }],
      [
        "5h",
        firing("BudgetBurn.*"),
        // All of it together is $495 at midnight.
        { '{alertname="BudgetBurnSlow",model="gpt-4"}': 1 },
      ],
      ["5h15m", firing("BudgetSpent100"), { '{alertname="BudgetSpent100",model="gpt-4"}': 1 }],
      ["5h50m", firing("Budget(Spent|Forecast).*"), {}],
    ]));

  test("a runaway pages for its model, then for all; when nobody says any more what is spent, that is reported", () =>
    run("2026-11-28T12:00:00Z", { [cost("gpt-4")]: "10+0.0078125x120 11.2+2x100 stale" }, [
      ["1h", firing("BudgetBurn.*"), {}],
      ["1h25m", firing("BudgetBurnFast"), { '{alertname="BudgetBurnFast",model="gpt-4"}': 1 }],
      [
        "1h40m",
        firing("BudgetBurnFast"),
        { '{alertname="BudgetBurnFast",model="gpt-4"}': 1, '{alertname="BudgetBurnFast"}': 1 },
      ],
      ["2h45m", firing("BudgetNoData"), {}],
      ["3h", firing("BudgetNoData"), { '{alertname="BudgetNoData"}': 1 }],
      ["3h", firing("BudgetBurn.*"), {}],
    ]));

  test("a pace that reaches the limit only after midnight pages nobody; the same pace an hour earlier pages", async () => {
    // $135 an hour: 6.5 times what $500 a day allow. At 22:30 local time $202 are to come, at 20:00 $540.
    const series = { [cost("llama")]: "0+0x60 0+1.125x170" };
    const paged = 'count(count_over_time(ALERTS{alertstate="firing", alertname=~"BudgetBurn.*"}[2h]))';
    await run("2026-11-28T21:00:00Z", series, [["1h59m", paged, {}]]);
    await run("2026-11-28T18:30:00Z", series, [["1h59m", paged, { "{}": 1 }]]);
  });

  test("spending that pauses for minutes is one page, and it ends soon after the last of it", () =>
    run("2026-11-28T12:00:00Z", { [cost("gpt-4")]: `0+4x40 ${bursts(160, 8)} ${160 + 60 * 8}x200` }, [
      // Every evaluation of half an hour in which nothing was spent for minutes, three times.
      [
        "1h20m",
        'sum(count_over_time(ALERTS{alertname="BudgetBurnFast",alertstate="firing",model="gpt-4"}[50m]))',
        { "{}": 100 },
      ],
      ["2h50m", firing("BudgetBurnFast"), {}],
    ]));

  test("an evening that was dear is no forecast of the next day", () =>
    run("2026-11-28T19:00:00Z", { [cost("llama")]: "0+0.5x60 30+1x320 350+0.05x1400" }, [
      ["13h30m", 'count(count_over_time(ALERTS{alertname="BudgetForecast", alertstate="firing"}[9h20m]))', {}],
    ]));
});
