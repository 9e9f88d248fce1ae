/** How many series are counted, by job: what absence is judged by. */
import { test } from "vitest";
import { expectHistory } from "../../../sli/history.ts";
import { describeWithEngine } from "../../../support/engines.ts";

const slo = { sli: { kind: "events", total: "requests_total", bad: "errors_total" } } as const;
const of = (job: string, instance: string): string => `requests_total{job="${job}",instance="${instance}"}`;
const count = (job: string, value: number) => ({
  [`slo:series:count{job="${job}",slo="s",slo_service="svc"}`]: value,
});

describeWithEngine("promtool", "the series of an SLO's total", () => {
  test("are one number for each job, and stay 0 once there are none", () =>
    expectHistory(slo, {
      series: {
        [of("a", "one")]: "0+30x300",
        [of("a", "two")]: "0+30x300",
        [of("b", "one")]: "0+30x20 stale",
        'errors_total{job="a",instance="one"}': "0x300",
      },
      expectations: [
        ["8m", "slo:series:count", { ...count("a", 2), ...count("b", 1) }],
        ["20m", "slo:series:count", { ...count("a", 2), ...count("b", 0) }],
        ["140m", "slo:series:count", { ...count("a", 2), ...count("b", 0) }],
      ],
    }));
});
