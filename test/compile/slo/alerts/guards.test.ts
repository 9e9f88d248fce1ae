/** What an SLO says of silence and of few failures: `absence` and `minBad`. */
import { describe, expect, test } from "vitest";
import type { SloDeclaration } from "../../../../src/declare/declaration.ts";
import { events, gauge, ratio, score, timeSlices } from "../../../../src/index.ts";
import { expectHistory, firing, planOf } from "../../../sli/history.ts";
import { describeWithEngine } from "../../../support/engines.ts";

const sli = events({ total: "requests_total", bad: "errors_total" });

function alertsOf(slo: Partial<SloDeclaration>): string[] {
  return planOf({ sli, ...slo }).services.flatMap(({ alerts, slos }) =>
    [...alerts, ...slos.flatMap((each) => each.alerts)].map(({ alert, severity }) => `${alert} ${severity}`),
  );
}

function leastBad(slo: Partial<SloDeclaration>): number | undefined {
  return planOf({ sli, ...slo }).services[0]?.slos[0]?.slo.minBad;
}

describe("absence", () => {
  test("no data is a ticket unless it is said to page, and then under a name of its own", () => {
    expect(alertsOf({})).toContain("SloNoData ticket");
    expect(alertsOf({ absence: "ticket" })).toContain("SloNoData ticket");
    expect(alertsOf({ absence: "page" })).toContain("SloNoDataPage page");
  });

  test("switched off, neither missing data nor dead targets alert, and what is wrong still does", () => {
    const off = alertsOf({ absence: "off" });
    expect(off.filter((alert) => /NoData|TargetsDown/.test(alert))).toEqual([]);
    expect(off).toContain("SloBroken ticket");
    expect(alertsOf({ absence: { noData: false } })).toEqual(off);
  });
});

describe("the least bad events that alert", () => {
  test("are two where bad ones are counted one by one, unless declared", () => {
    expect(leastBad({})).toBe(2);
    expect(leastBad({ minBad: 1 })).toBe(1);
    expect(leastBad({ sli: gauge({ metric: "load", op: "<", threshold: 1 }) })).toBe(2);
    expect(leastBad({ sli: score({ sum: "scores_sum", count: "scores_count" }) })).toBeUndefined();
    expect(leastBad({ sli: ratio({ bad: "bad_ratio" }) })).toBeUndefined();
    expect(
      leastBad({
        sli: score({ sum: "scores_sum", count: "scores_count" }),
        budgeting: timeSlices({ slice: "5m", target: 99 }),
      }),
    ).toBe(2);
  });
});

describeWithEngine("promtool", "few failures on the real engine", () => {
  test.each([
    [{}, {}],
    [{ minBad: 1 }, { '{alertname="SloBurnPageFast"}': 1, '{alertname="SloBurning"}': 1 }],
  ] as const)("one failure among ten requests after an idle hour: %j", (slo, alerts) =>
    expectHistory(
      { sli, ...slo },
      {
        series: {
          'up{job="api",instance="a"}': "1x200",
          'requests_total{job="api",instance="a"}': "0x140 1+1x9 10x30",
          'errors_total{job="api",instance="a"}': "0x144 1x60",
        },
        expectations: [
          ["76m", "slo:error_ratio:rate1h", { '{__name__="slo:error_ratio:rate1h",slo_service="svc",slo="s"}': 0.1 }],
          ["76m", firing(), alerts],
        ],
      },
    ),
  );
});
