/** What counters gained, where a user wrote the expression: zero is a count, and never NaN. */
import { test } from "vitest";
import { expectRun, planWith } from "../../compile/spend/months.ts";
import { describeWithEngine } from "../../support/engines.ts";

const rate = (metric: string) => ({ promql: `sum(rate(${metric}[$window]))` });
const sli = { kind: "events", total: rate("requests_total"), bad: rate("errors_total") } as const;

describeWithEngine("promtool", "an expression", () => {
  test.each<[what: string, requests: string, total: number]>([
    ["that counts nothing", "5x40", 0],
    ["that counts", "0+60x40", 60],
  ])("%s has no bad events where there is no series of them", async (_, requests, total) => {
    const plan = planWith({ slos: [{ name: "s", objective: 99, sli }] });
    await expectRun(plan, {
      start: "2026-02-01T00:00:00Z",
      every: "30s",
      series: { requests_total: requests },
      expectations: [
        ["10m", "slo:total:increase", { '{__name__="slo:total:increase", slo="s", slo_service="svc"}': total }],
        ["10m", "slo:bad:increase", { '{__name__="slo:bad:increase", slo="s", slo_service="svc"}': 0 }],
      ],
    });
  });
});

describeWithEngine("promtool", "bad events without any series", () => {
  test("are none from when the total is looked at, which is a moment after its scrape", async () => {
    const counters = { kind: "events", total: "a_total", bad: "b_total" } as const;
    await expectRun(planWith({ slos: [{ name: "s", objective: 99, sli: counters }] }), {
      start: "2026-02-01T00:00:00Z",
      every: "30s",
      series: { 'a_total{job="j"}': "_x10 0+60x20" },
      expectations: [
        ["5m", "slo:bad:increase", {}],
        ["5m30s", "slo:bad:increase", { '{__name__="slo:bad:increase", slo="s", slo_service="svc"}': 0 }],
      ],
    });
  });
});
