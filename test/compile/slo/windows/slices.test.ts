/** Budgets that count slices of events: known histories on the real rules. */
import { test } from "vitest";
import type { SloDeclaration } from "../../../../src/declare/declaration.ts";
import { events, timeSlices } from "../../../../src/index.ts";
import { expectHistory, firing } from "../../../sli/history.ts";
import { describeWithEngine } from "../../../support/engines.ts";

const id = '{slo_service="svc",slo="s"}';
const UP = { 'up{job="api",instance="a"}': "1x600" };
const slo: Partial<SloDeclaration> = {
  objective: 99.9,
  window: "30d",
  sli: events({ total: "requests_total", bad: "errors_total" }),
};

/** 100 requests a scrape; errors, or what is good, as given. */
function traffic(part: string, name = "errors_total"): Record<string, string> {
  return {
    ...UP,
    'requests_total{job="api",instance="a"}': "0+100x400",
    [`${name}{job="api",instance="a"}`]: part,
  };
}

const bad = (range: string): string => `sum_over_time(slo:bad:increase[${range}])`;
const total = (range: string): string => `sum_over_time(slo:total:increase[${range}])`;

describeWithEngine("promtool", "slices of events on the real engine", () => {
  test("a slice is bad while its events miss the target, and good at the target", () =>
    // From 30m on ten minutes of 1 % errors, which meets 99 %, and then ten of 2 %.
    expectHistory(
      { ...slo, budgeting: timeSlices({ slice: "5m", target: 99 }) },
      {
        series: traffic("0x59 1+1x19 22+2x19 60x300"),
        expectations: [
          ["41m", bad("20m"), { [id]: 0 }],
          ["41m", total("20m"), { [id]: 4 }],
          ["1h10m", bad("1h"), { [id]: 2 }],
          ["1h10m", "sum_over_time(slo:event_bad:increase[1h])", { [id]: 60 }],
          ["53m", 'count by (tier) (ALERTS{alertstate="firing", tier="page-fast"})', { '{tier="page-fast"}': 1 }],
          ["2h30m", 'ALERTS{alertstate="firing", tier=~"page-.*|ticket-.*"}', {}],
        ],
      },
    ));

  test.each([29, 71, 99.9])("good events of just %d % meet a target of as much", (target) =>
    expectHistory(
      {
        ...slo,
        sli: events({ total: "requests_total", good: "good_total" }),
        budgeting: timeSlices({ slice: "5m", target }),
      },
      {
        series: {
          ...traffic(`0+${10 * target}x400`, "good_total"),
          'requests_total{job="api",instance="a"}': "0+1000x400",
        },
        expectations: [
          ["1h", bad("30m"), { [id]: 0 }],
          ["1h", total("30m"), { [id]: 6 }],
        ],
      },
    ),
  );

  test.each([
    ["ignore", 0, 0],
    ["good", 4, 0],
    ["bad", 4, 4],
  ] as const)("a slice without events is what noTraffic says: %s", (noTraffic, slices, failed) =>
    expectHistory(
      { ...slo, noTraffic, budgeting: timeSlices({ slice: "5m", target: 99 }) },
      {
        series: { ...UP, 'requests_total{job="api",instance="a"}': "0+100x60 6000x60" },
        expectations: [
          ["55m", total("20m"), { [id]: slices }],
          ["55m", `${bad("20m")} or 0 * ${total("20m")}`, { [id]: failed }],
          ["55m", 'ALERTS{tier="targets-down"}', {}],
        ],
      },
    ),
  );

  test("each group has slices of its own, and an idle one counts as it is said to", () =>
    expectHistory(
      { ...slo, noTraffic: "bad", groupBy: ["model"], budgeting: timeSlices({ slice: "5m", target: 99 }) },
      {
        series: {
          ...UP,
          'requests_total{job="api",instance="a",model="busy"}': "0+100x120",
          'requests_total{job="api",instance="a",model="idle"}': "0+100x60 6000x60",
        },
        expectations: [
          ["55m", `sum by (model) (${total("20m")})`, { '{model="busy"}': 4, '{model="idle"}': 4 }],
          ["55m", `sum by (model) (${bad("20m")})`, { '{model="busy"}': 0, '{model="idle"}': 4 }],
        ],
      },
    ));

  test("targets that live between two slices are not taken for dead ones", () =>
    expectHistory(
      { ...slo, groupBy: ["model"], budgeting: timeSlices({ slice: "4m", target: 99 }) },
      {
        series: {
          'up{job="api",instance="a"}': "1x400",
          'up{job="api",instance="b"}': "1x200 0x200",
          'requests_total{job="api",instance="a",model="m"}': "0+100x400",
        },
        expectations: [
          ["1h55m", 'count by (alertname) (ALERTS{alertname=~"SloTargetsDown|SloNoData|SloBroken"})', {}],
          ["2h3m", 'count by (alertname) (ALERTS{alertname=~"SloTargetsDown|SloNoData|SloBroken"})', {}],
        ],
      },
    ));

  test("errors without a total page, also where slices are counted", () =>
    expectHistory(
      { ...slo, budgeting: timeSlices({ slice: "5m", target: 99 }) },
      {
        series: {
          ...UP,
          'errors_total{job="api",instance="a"}': "0+5x100",
          'requests_total{job="api",instance="a"}': "0+9x40 stale",
        },
        expectations: [["40m", firing("tier"), { '{tier="only-errors"}': 1, '{tier="burning"}': 1 }]],
      },
    ));
});
