/** Thresholds that know the traffic: a quiet night is no incident, a busy hour is one, and a new group is no special case. */
import { describe, expect, test } from "vitest";
import { leastBurn } from "../../../../src/compile/slo/alerts/traffic.ts";
import { events } from "../../../../src/index.ts";
import type { Expr } from "../../../../src/promql/ast.ts";
import { print } from "../../../../src/promql/print.ts";
import { expectHistories, expectHistory, planOf } from "../../../sli/history.ts";
import { describeWithEngine } from "../../../support/engines.ts";

const sli = events({ total: "requests_total", bad: "errors_total" });
const traffic = { threshold: "traffic" } as const;
const paged = 'count(count_over_time(ALERTS{alertstate="firing", tier="page-fast"}[4h]))';

/** Two busy hours, a quiet one and a bit, ten minutes in which everything fails, and quiet again. */
const night = {
  'up{job="a",instance="a"}': "1x440",
  'requests_total{job="a",instance="a"}': "0+1000x240 240010+10x199",
  'errors_total{job="a",instance="a"}': "0x380 10+10x19 200x40",
};

describe("an SLO whose thresholds know the traffic", () => {
  test("has one rule more than another", () => {
    const rules = (alerting: object) => planOf({ sli, alerting }).services[0]?.slos[0]?.groups.flatMap((g) => g.rules);
    expect(rules(traffic)?.length).toBe((rules({})?.length ?? 0) + 1);
  });

  test("asks for the budget's share, spelt out where it is no short number", () => {
    const alerts = planOf({ sli, alerting: traffic }).services[0]?.slos[0]?.alerts ?? [];
    const page = print(alerts.find(({ alert }) => alert === "SloBurnPageFast")?.expr as Expr);
    expect(page).toMatch(/> 0\.02 \* slo:error_budget_events/);
    expect(page).toMatch(/> 14\.4 \* 300 \/ 2592000 \* slo:error_budget_events/);
  });
});

test.each([
  [14.4, 3.6],
  [6, 1.5],
  [3, 1],
  [1, 1],
])("a tier of burn %d is silent under %d: a quarter of it, and never while the objective is kept", (burn, least) => {
  expect(leastBurn({ burn })).toBe(least);
});

describeWithEngine("promtool", "on the real engine", () => {
  test("a night's failures are no part of the budget that they are not", async () => {
    await expectHistories(planOf({ sli }), [{ series: night, expectations: [["3h39m", paged, { "{}": 1 }]] }]);
    await expectHistories(planOf({ sli, alerting: traffic }), [
      {
        series: night,
        expectations: [
          ["3h39m", paged, {}],
          // Of 30 days at the mean rate of what was seen a thousandth.
          ["1h", "round(sum(slo:error_budget_events) / 86400, 0.1)", { "{}": 1 }],
        ],
      },
    ]);
  });

  test("a new SLO pages when the share is spent: what was before its rules is in no sum, and is not taken off again", () => {
    const slow = 'count(ALERTS{alertstate="firing", tier="page-slow"})';
    return expectHistory(
      { sli, alerting: traffic },
      {
        series: {
          'requests_total{job="a",instance="a"}': "0+1000x460",
          'errors_total{job="a",instance="a"}': "0+10x460",
        },
        // 5 % of a budget of a thousandth over 30 days are 2.16 minutes of traffic: one in a hundred is bad for 3h36m.
        expectations: [
          ["3h30m", slow, {}],
          ["3h42m", slow, { "{}": 1 }],
        ],
      },
    );
  });

  test("failures of a busy hour page, of each group on its own and of one that is new", () =>
    expectHistory(
      { sli, alerting: traffic, groupBy: ["model"] },
      {
        series: {
          'requests_total{job="a",instance="a",model="m"}': "0+1000x300",
          'errors_total{job="a",instance="a",model="m"}': "0x180 100+100x120",
          'requests_total{job="a",instance="a",model="n"}': "0+1000x300",
          'requests_total{job="a",instance="a",model="new"}': "_x179 0+10x120",
          'errors_total{job="a",instance="a",model="new"}': "_x179 0+9x120",
        },
        expectations: [
          ["1h25m", paged, {}],
          [
            "1h55m",
            'count by (model) (ALERTS{alertstate="firing",alertname="SloBurnPageFast"})',
            { '{model="m"}': 1, '{model="new"}': 1 },
          ],
        ],
      },
    ));

  test("a few failures in the first minutes of a new SLO are quiet", () =>
    expectHistory(
      { sli, alerting: traffic },
      {
        series: {
          'requests_total{job="a",instance="a"}': "0+1000x120",
          'errors_total{job="a",instance="a"}': "0+20x6 120x114",
        },
        expectations: [
          ["40m", 'count(count_over_time(ALERTS{alertstate="firing", tier=~"page-.*|ticket-.*"}[40m]))', {}],
        ],
      },
    ));

  test.each([
    ["before the first request", "0x240 0+1000x240", "0x240 0+1x240"],
    ["of a trickle of requests", "0+1x240 240+1000x240", "0x240 0+1x240"],
  ])("a service that keeps its objective after hours %s pages nobody", (_how, total, bad) =>
    expectHistory(
      { sli, alerting: traffic },
      {
        series: {
          'up{job="a",instance="a"}': "1x480",
          'requests_total{job="a",instance="a"}': total,
          'errors_total{job="a",instance="a"}': bad,
        },
        expectations: [
          ["4h", 'count(count_over_time(ALERTS{alertstate="firing", tier=~"page-.*|ticket-.*"}[4h]))', {}],
        ],
      },
    ),
  );

  test("an outage after hours without a request pages at once", () =>
    expectHistory(
      { sli, alerting: traffic },
      {
        series: {
          'up{job="a",instance="a"}': "1x480",
          'requests_total{job="a",instance="a"}': "0x240 0+1000x240",
          'errors_total{job="a",instance="a"}': "0x240 0+500x240",
        },
        expectations: [["2h10m", paged, { "{}": 1 }]],
      },
    ));
});
