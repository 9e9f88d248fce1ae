/** Bucket boundaries: every spelling that a scrape, a remote write or an older Prometheus gives them. */
import { expect, test } from "vitest";
import { toRegExp } from "../../../src/promql/regex.ts";
import { boundaryPattern } from "../../../src/sli/kinds/latency.ts";
import { describeWithEngine } from "../../support/engines.ts";
import { counted, expectHistory } from "../history.ts";

/** As Go prints a float64 (`strconv.FormatFloat(x, 'g', -1, 64)`), and as Prometheus 3 normalises it on ingestion. */
const SPELLINGS: readonly (readonly [boundary: number, go: string, normalised: string])[] = [
  [1, "1", "1.0"],
  [10, "10", "10.0"],
  [100_000, "100000", "100000.0"],
  [999_999, "999999", "999999.0"],
  [0.3, "0.3", "0.3"],
  [10.24, "10.24", "10.24"],
  [2.5, "2.5", "2.5"],
  [0.005, "0.005", "0.005"],
  [0.0001, "0.0001", "0.0001"],
  [0.00025, "0.00025", "0.00025"],
  [1e-5, "1e-05", "1e-05"],
  [2.5e-5, "2.5e-05", "2.5e-05"],
  [1e-9, "1e-09", "1e-09"],
  [1e6, "1e+06", "1e+06"],
  [2_500_000, "2.5e+06", "2.5e+06"],
  [67_108_864, "6.7108864e+07", "6.7108864e+07"],
  [1_073_741_824, "1.073741824e+09", "1.073741824e+09"],
  [1_234_567.5, "1.2345675e+06", "1.2345675e+06"],
];

test.each(SPELLINGS)("the bucket of %d is found as %s, as %s and as a decimal", (boundary, go, normalised) => {
  const pattern = toRegExp(boundaryPattern(boundary));
  const decimal = boundary.toFixed(9).replace(/\.?0+$/, "");
  expect([go, normalised, decimal].filter((le) => !pattern.test(le))).toEqual([]);
});

test.each([
  [1, "10"],
  [1, "1x0"],
  [1, "1.00"],
  [1, "1.5"],
  [10.24, "10x24"],
  [0.3, "0.30"],
  [1e6, "1e+07"],
  [1e-5, "1e-06"],
  [2.5, "2"],
  [1, "+Inf"],
] as const)("the bucket of %d is not that of %s", (boundary, other) => {
  expect(toRegExp(boundaryPattern(boundary)).test(other)).toBe(false);
});

test("no boundary is taken for another", () => {
  for (const [one] of SPELLINGS) {
    for (const [other, go, normalised] of SPELLINGS) {
      const pattern = toRegExp(boundaryPattern(one));
      expect([one, pattern.test(go) || pattern.test(normalised)]).toEqual([one, one === other]);
    }
  }
});

const seconds = { kind: "latency", histogram: "latency_seconds", threshold: "1s" } as const;
const up = { 'up{job="j",instance="i"}': "1x200" };

describeWithEngine("promtool", "a latency SLO", () => {
  test.each(["1", "1.0"])("counts what is at or below the boundary, spelt %s", (le) =>
    expectHistory(
      { sli: seconds },
      {
        series: {
          ...up,
          'latency_seconds_count{job="j",instance="i"}': "0+10x60",
          [`latency_seconds_bucket{job="j",instance="i",le="${le}"}`]: "0+9x60",
          'latency_seconds_bucket{job="j",instance="i",le="10"}': "0+10x60",
        },
        expectations: [
          ["40m", counted("total"), { "{}": 600 }],
          ["40m", counted("good"), { "{}": 540 }],
          ["30m", "round(sum(slo:error_ratio:rate5m), 1e-9)", { "{}": 0.1 }],
        ],
      },
    ),
  );

  test("reads a duration in the unit that the metric's name tells", () =>
    expectHistory(
      { sli: { kind: "latency", histogram: "rpc_duration_milliseconds", threshold: "1s" } },
      {
        series: {
          ...up,
          'rpc_duration_milliseconds_count{job="j",instance="i"}': "0+10x60",
          'rpc_duration_milliseconds_bucket{job="j",instance="i",le="1000.0"}': "0+7x60",
        },
        expectations: [["40m", counted("good"), { "{}": 420 }]],
      },
    ));

  test("counts what restarted pods show", () =>
    expectHistory(
      { sli: seconds },
      {
        series: {
          ...up,
          'latency_seconds_count{job="j",instance="i"}': "1000+10x30 4+10x30",
          'latency_seconds_bucket{job="j",instance="i",le="1.0"}': "900+9x30 3+9x30",
        },
        expectations: [
          ["40m", counted("total"), { "{}": 300 + 4 + 300 }],
          ["40m", counted("good"), { "{}": 270 + 3 + 270 }],
        ],
      },
    ));

  test("whose bucket does not exist has no ratio, and burns nothing", () =>
    expectHistory(
      { sli: { ...seconds, threshold: "750ms" } },
      {
        series: {
          ...up,
          'latency_seconds_count{job="j",instance="i"}': "0+10x300",
          'latency_seconds_bucket{job="j",instance="i",le="1.0"}': "0+9x300",
        },
        expectations: [
          ["2h", "slo:error_ratio:rate1h", {}],
          ["2h", 'count_over_time(ALERTS{alertname=~"SloBurn.*"}[2h])', {}],
        ],
      },
    ));
});

/** Buckets of schema 0: good up to 1, bad above. Of NHCB: the same boundaries, given. */
const histograms = {
  native: (good: number, bad: number) =>
    `{{schema:0 sum:${good + bad} count:${good + bad} offset:0 buckets:[${good} ${bad}]}}`,
  nhcb: (good: number, bad: number) =>
    `{{schema:-53 sum:${good + bad} count:${good + bad} custom_values:[1 2] buckets:[${good} ${bad}]}}`,
} as const;

describeWithEngine("promtool", "a histogram that is one series", () => {
  const counts = (type: "native" | "nhcb", values: string, total: number, good: number): Promise<void> =>
    expectHistory(
      { sli: { ...seconds, type } },
      {
        series: { ...up, 'latency_seconds{job="j",instance="i"}': values },
        expectations: [
          ["80m", counted("total"), { "{}": total }],
          ["80m", counted("good"), { "{}": good }],
        ],
      },
    );
  const types = ["native", "nhcb"] as const;

  test.each(types)("counts what is at or below the threshold, through a restart: %s", (type) => {
    const [first, each] = [histograms[type](20, 10), histograms[type](20, 10)];
    const values = `${first}+${each}x60 ${first}+${each}x60`;
    return counts(type, values, 1800 + 30 + 1800, 1200 + 20 + 1200);
  });

  test.each(types)("has no good observation less for a last bit, where all are bad: %s", (type) => {
    const [first, worse] = [histograms[type](37, 0), histograms[type](0, 10)];
    return counts(type, `${first}+${worse}x120`, 1200, 0);
  });

  test.each(types)("that is still empty has none, and its first ones count as what they are: %s", (type) => {
    const empty = type === "native" ? "{{schema:0 count:0}}" : "{{schema:-53 count:0 custom_values:[1 2]}}";
    const good = histograms[type](30, 0);
    return counts(type, `${empty}x20 ${good}+${good}x39`, 1200, 1200);
  });
});
