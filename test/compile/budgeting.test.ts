/** Budgets that count slices of events: known histories on the real rules. */
import { test } from "vitest";
import { timeSlices } from "../../src/index.ts";
import type { SloDeclaration } from "../../src/model/declaration.ts";
import { expectHistory } from "../sli/history.ts";
import { describeWithEngine } from "../support/engines.ts";

const id = '{slo_service="svc",slo="s"}';
const UP = { 'up{job="api",instance="a"}': "1x600" };
const slo: Partial<SloDeclaration> = {
  objective: 99.9,
  window: "30d",
  sli: { kind: "events", total: "requests_total", bad: "errors_total" },
};

/** 100 requests a scrape; errors as given, a scrape each. */
function traffic(errors: string): Record<string, string> {
  return {
    ...UP,
    'requests_total{job="api",instance="a"}': "0+100x600",
    'errors_total{job="api",instance="a"}': errors,
  };
}

describeWithEngine("promtool", "slices of events on the real engine", () => {
  test(
    "a slice is bad while the events in it miss the target, and good at the target",
    () =>
      // From 30m on ten minutes of 1 % errors, which meets 99 %, and then ten of 2 %.
      expectHistory(
        { ...slo, budgeting: timeSlices({ slice: "5m", target: 99 }) },
        {
          series: traffic("0x59 1+1x19 22+2x19 60x480"),
          claims: [
            ["40m", "sum_over_time(slo:bad:increase[20m])", { [id]: 0 }],
            ["40m", "sum_over_time(slo:total:increase[20m])", { [id]: 4 }],
            // Beside 1 % in the rest of the slice the first 2 % are too many, and after the last ones so are six of ten.
            ["1h10m", "sum_over_time(slo:bad:increase[1h])", { [id]: 2.4 }],
            ["1h10m", "sum_over_time(slo:event_bad:increase[1h])", { [id]: 60 }],
            ["50m", 'count by (tier) (ALERTS{alertstate="firing", tier="page-fast"})', { '{tier="page-fast"}': 1 }],
          ],
        },
      ),
    120_000,
  );

  test.each([
    ["ignore", 0, 0],
    ["good", 4, 0],
    ["bad", 4, 4],
  ] as const)(
    "a slice without events is what noTraffic says: %s",
    (noTraffic, total, bad) =>
      expectHistory(
        { ...slo, noTraffic, budgeting: timeSlices({ slice: "5m", target: 99 }) },
        {
          series: { ...UP, 'requests_total{job="api",instance="a"}': "0+100x60 6000x60" },
          claims: [
            ["55m", "sum_over_time(slo:total:increase[20m])", { [id]: total }],
            ["55m", "sum_over_time(slo:bad:increase[20m])", { [id]: bad }],
            ["55m", 'ALERTS{tier="targets-down"}', {}],
          ],
        },
      ),
    120_000,
  );
});
