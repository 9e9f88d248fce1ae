/** Alerts on what is left of the error budget: when they fire, and that a cold start and a young month are no reason. */
import { expect, test } from "vitest";
import { lowTier } from "../../../../src/compile/slo/alerts/budget-alerts.ts";
import type { SloDeclaration } from "../../../../src/declare/declaration.ts";
import { events } from "../../../../src/index.ts";
import { expectHistory } from "../../../sli/history.ts";
import { describeWithEngine } from "../../../support/engines.ts";

const sli = events({ total: "requests_total", bad: "errors_total" });
/** One percent of two hours, without burn alerts that would fire too. */
const slo: Partial<SloDeclaration> = {
  sli,
  objective: 99,
  window: "2h",
  groupBy: ["model"],
  alerting: {
    enabled: false,
    budget: { exhausted: true, below: [0.5], forecast: "1h", drop: { share: 0.3, within: "1h" } },
  },
};

/** 1000 requests a scrape, and so many errors in each of some scrapes from one on. */
function traffic(model: string, errors: number, from = 180, scrapes = 240): Record<string, string> {
  const labels = `{job="api",instance="a",model="${model}"}`;
  const after = errors * (scrapes + 1);
  return {
    [`requests_total${labels}`]: "0+1000x420",
    [`errors_total${labels}`]: `0x${from} ${errors}+${errors}x${scrapes} ${after}x${420 - from - scrapes}`,
  };
}

const notified = 'count by (alertname, model) (ALERTS{alertstate="firing", alertname=~"SloBudget.*"})';
const of = (alert: string, model = "a"): string => `{alertname="SloBudget${alert}",model="${model}"}`;

const policy = 'count by (alertname, model) (ALERTS{alertstate="firing", severity="info", alertname=~"SloPolicy.*"})';
const policyOf = (alert: string, model = "a"): string => `{alertname="SloPolicy${alert}",model="${model}"}`;

test("the tier of a low budget is a name that a matcher can hold", () => {
  expect([0.5, 0.125, 0.005].map(lowTier)).toEqual(["budget-low-50", "budget-low-12-5", "budget-low-0-5"]);
});

describeWithEngine("promtool", "alerts on the budget", () => {
  test("low comes before exhausted, for each group on its own", () =>
    expectHistory(
      { ...slo, alerting: { enabled: false, budget: { exhausted: true, below: [0.5] } } },
      {
        // A tenth fails: half of the budget is gone after six minutes, all of it after twelve.
        series: { ...traffic("a", 100), ...traffic("b", 0), ...traffic("c", 60) },
        expectations: [
          ["1h34m", notified, {}],
          ["1h38m", notified, { [of("Low")]: 1 }],
          ["1h45m", notified, { [of("Low")]: 1, [of("Exhausted")]: 1, [of("Low", "c")]: 1 }],
        ],
      },
    ));

  test("the policy warns, then freezes, as information, and does both at the shares that are declared", () =>
    expectHistory(
      { ...slo, alerting: { enabled: false }, policy: { warnBelow: 0.5, freezeAt: 0.2, says: "Repairs go first." } },
      {
        // A tenth fails: half of the budget is gone after six minutes, four fifths of it after ten; of c, half after ten.
        series: { ...traffic("a", 100), ...traffic("b", 0), ...traffic("c", 60) },
        expectations: [
          ["1h34m", policy, {}],
          ["1h38m", policy, { [policyOf("Warn")]: 1 }],
          ["1h45m", policy, { [policyOf("Warn")]: 1, [policyOf("Freeze")]: 1, [policyOf("Warn", "c")]: 1 }],
        ],
      },
    ));

  test("a forecast is reported while something is left, and a drop when it has happened", () =>
    expectHistory(slo, {
      series: { ...traffic("a", 20), ...traffic("b", 4) },
      expectations: [
        ["1h32m", notified, {}],
        // At 2 % for a quarter of an hour the budget of two hours would be spent in one.
        ["1h45m", notified, { [of("Forecast")]: 1 }],
        // Two thirds of a half: 2 % for twenty minutes of two hours.
        ["1h52m", notified, { [of("Forecast")]: 1, [of("Drop")]: 1 }],
      ],
    }));

  test("a forecast ends with the calendar's period: what would be spent after midnight is no news", () =>
    expectHistory(
      {
        ...slo,
        window: { calendar: "day" },
        alerting: { enabled: false, budget: { forecast: "2h" } },
      },
      {
        // From half past ten at night on. Both would spend a day's budget of 14.4 minutes within two hours; a by half past
        // midnight, c in time.
        from: "2026-11-01T21:00:00Z",
        series: { ...traffic("a", 130), ...traffic("b", 0), ...traffic("c", 250) },
        expectations: [
          ["2h10m", notified, { [of("Forecast", "c")]: 1 }],
          ["2h50m", 'count(ALERTS{alertstate="firing", alertname="SloBudgetForecast", model="a"})', {}],
        ],
      },
    ));

  test("in the middle of the day the same pace is reported", () =>
    expectHistory(
      {
        ...slo,
        window: { calendar: "day" },
        alerting: { enabled: false, budget: { forecast: "2h" } },
      },
      {
        from: "2026-11-01T10:00:00Z",
        series: { ...traffic("a", 130), ...traffic("b", 0) },
        expectations: [["2h10m", notified, { [of("Forecast")]: 1 }]],
      },
    ));

  test("what the rules have not seen counts as good: minutes of errors in a new SLO exhaust nothing", () =>
    expectHistory(
      { ...slo, alerting: { enabled: false, budget: { exhausted: true, below: [0.5] } } },
      {
        series: traffic("a", 50, 1, 8),
        expectations: [
          ["3m", "sum(slo:error_budget_remaining_ratio > bool 0.8)", { "{}": 1 }],
          ["20m", "sum(slo:error_budget_remaining_ratio > bool 0.5)", { "{}": 1 }],
          ["20m", notified, {}],
        ],
      },
    ));

  test("a minute of errors at the begin of a month exhausts nothing, and hours of them do", () =>
    expectHistory(
      {
        ...slo,
        objective: 99.9,
        window: { calendar: "month" },
        alerting: { enabled: false, budget: { exhausted: true, below: [0.5] } },
      },
      {
        from: "2026-11-01T00:00:00Z",
        series: { ...traffic("young", 500, 1, 1), ...traffic("a", 900, 1, 300) },
        expectations: [
          ["15m", notified, {}],
          ["2h", notified, { [of("Exhausted")]: 1 }],
        ],
      },
    ));
});
