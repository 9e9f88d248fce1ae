/** Calendar windows: sums since the period began, what they leave of the whole period's budget, and pauses that forget. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { CalendarWindow, SloDeclaration } from "../../../../src/declare/declaration.ts";
import { events } from "../../../../src/index.ts";
import { expectHistory, planOf, rulesIn } from "../../../sli/history.ts";
import { describeWithEngine, runPromtool } from "../../../support/engines.ts";

const sli = events({ total: "requests_total", bad: "errors_total" });
const units = ["year", "quarter", "month", "week"] as const;

function slo(windows: readonly CalendarWindow[], changes: Partial<SloDeclaration> = {}): Partial<SloDeclaration> {
  return { sli, groupBy: ["model"], window: windows, alerting: { enabled: false }, ...changes };
}

function series(model: string, total: string, bad?: string): Record<string, string> {
  const labels = `{job="api",instance="${model}",model="${model}"}`;
  return { [`requests_total${labels}`]: total, ...(bad === undefined ? {} : { [`errors_total${labels}`]: bad }) };
}

const sums = (name: string): string => `sum by (model) (${name})`;
const left = (name = ""): string => `round(sum by (model) (slo:error_budget_remaining_ratio${name}), 0.01)`;

describeWithEngine("promtool", "a calendar month on the real engine", () => {
  test("begins anew at its own midnight, with what an idle group left behind forgotten", () =>
    expectHistory(slo([{ calendar: "month", offset: "+01:00" }]), {
      from: "2026-11-30T21:00:00Z",
      series: {
        ...series("busy", "0+10x480", "0+1x480"),
        ...series("idle", "0+2x100 stale _x240 0+3x20 60x120", "0x100 stale"),
        ...series("late", "_x400 0+7x80"),
      },
      expectations: [
        // 240 scrapes until midnight at +01:00, less two tiles.
        ["2h", sums("slo:bad:month"), { '{model="busy"}': 230 }],
        ["2h", sums("slo:error_ratio:month"), { '{model="busy"}': 0.1, '{model="idle"}': 0 }],
        ["2h4m", sums("slo:total:month"), { '{model="busy"}': 2380, '{model="idle"}': 200 }],
        ["2h8m", sums("slo:total:month"), { '{model="busy"}': 80, '{model="idle"}': 0 }],
        ["2h40m", sums("slo:total:month"), { '{model="busy"}': 720 }],
        ["4h", sums("slo:total:month"), { '{model="busy"}': 2320, '{model="idle"}': 60, '{model="late"}': 490 }],
        ["4h", "sum(slo:month_number)", { "{}": 12 }],
        ["4h", "sum(slo:window_seconds)", { "{}": 31 * 86_400 }],
      ],
    }));

  test("holds what was bad against the traffic of a whole month, from its first minutes on and for a group that is new in it", () =>
    expectHistory(slo([{ calendar: "month" }]), {
      from: "2026-11-29T22:00:00Z",
      series: {
        ...series("good", "0+10x480"),
        ...series("bad", "0+10x480", "0+1x480"),
        ...series("new", "_x199 0+10x80", "_x199 0+1x80"),
      },
      expectations: [
        // A tenth is bad for two hours of thirty days.
        ["2h7m", left(), { '{model="good"}': 1, '{model="bad"}': 0.72, '{model="new"}': 0.95 }],
        ["2h7m", 'sum by (model) (slo:error_ratio:month{model="bad"})', { '{model="bad"}': 0.1 }],
      ],
    }));

  test("good events are summed where those are counted", () =>
    expectHistory(
      slo([{ calendar: "month" }], { sli: events({ total: "requests_total", good: "good_total" }), groupBy: [] }),
      {
        from: "2026-11-29T22:00:00Z",
        series: {
          'requests_total{job="api",instance="a"}': "0+10x240",
          'good_total{job="api",instance="a"}': "0+9x240",
        },
        expectations: [["2h", "round(sum(slo:error_ratio:month), 0.001)", { "{}": 0.1 }]],
      },
    ));
});

describeWithEngine("promtool", "calendar periods on the real engine", () => {
  test("year, quarter and month begin with the year, an hour before UTC's, and the week goes on", () =>
    expectHistory(slo(units.map((calendar) => ({ calendar, offset: "+01:00" }))), {
      from: "2029-12-31T22:00:00Z",
      series: series("a", "0+1x400"),
      expectations: [
        ["1h4m", sums("slo:total:year"), { '{model="a"}': 118 }],
        ...units.slice(0, 3).map((unit) => ["2h", sums(`slo:total:${unit}`), { '{model="a"}': 112 }] as const),
        // The 31st of December 2029 is a Monday.
        ["2h", sums("slo:total:week"), { '{model="a"}': 230 }],
      ],
    }));

  test("a day begins every day", () =>
    expectHistory(slo([{ calendar: "day", offset: "-08:00" }]), {
      from: "2028-02-29T07:00:00Z",
      series: series("a", "0+1x300"),
      expectations: [
        ["2h", sums("slo:total:day"), { '{model="a"}': 112 }],
        ["2h", "sum(slo:window_seconds)", { "{}": 86_400 }],
      ],
    }));

  test.each([
    ["2028-02-10T00:00:00Z", 91, 366],
    ["2027-02-10T00:00:00Z", 90, 365],
    ["2028-06-30T00:00:00Z", 91, 366],
    ["2027-12-31T00:00:00Z", 92, 365],
  ])("quarters and years are as long as they are: %s", async (from, quarter, year) => {
    await expectHistory(slo([{ calendar: "quarter" }]), {
      from,
      series: {},
      expectations: [["5m", "sum(slo:window_seconds) / 86400", { "{}": quarter }]],
    });
    await expectHistory(slo([{ calendar: "year" }]), {
      from,
      series: {},
      expectations: [["5m", "sum(slo:window_seconds) / 86400", { "{}": year }]],
    });
  });
});

describeWithEngine("promtool", "a pause of the ruler", () => {
  test.each([
    ["4d", "2026-11-02T00:00:00Z", 1],
    ["2d", "2026-11-02T00:00:00Z", 0],
    // The month has turned meanwhile: nothing of the new one is forgotten.
    ["4d", "2026-11-28T00:00:00Z", 0],
  ])("of %s after %s is reported where it forgets what the month had counted", async (pause, from, expected) => {
    const dir = rulesIn(planOf(slo([{ calendar: "month" }])));
    const gap = { labels: "{}", value: expected };
    const tests = [
      {
        interval: pause,
        start_timestamp: from,
        input_series: [],
        promql_expr_test: [
          {
            expr: 'count(ALERTS{alertstate="firing",reason="gap"}) or vector(0)',
            eval_time: pause,
            exp_samples: [gap],
          },
        ],
      },
    ];
    writeFileSync(
      join(dir, "tests.json"),
      JSON.stringify({ rule_files: ["prometheus/*.rules.yaml"], evaluation_interval: pause, tests }),
    );
    const { stdout, stderr } = await runPromtool(["test", "rules", "tests.json"], { cwd: dir });
    expect(`${stdout}${stderr}`.trim()).toBe("SUCCESS");
  });
});
