/** Bucket boundaries: every spelling that a scrape, a remote write or an older Prometheus gives them. */
import { expect, test } from "vitest";
import { toRegExp } from "../../src/promql/regex.ts";
import { boundaryPattern } from "../../src/sli/latency.ts";
import { describeWithEngine } from "../support/engines.ts";
import { counted, expectHistories, planOf } from "./history.ts";

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

describeWithEngine("promtool", "a latency SLO", () => {
  test.each(["1", "1.0"])("counts what is above the boundary, spelt %s", (le) =>
    expectHistories(planOf({ sli: { kind: "latency", histogram: "latency_seconds", threshold: "1s" } }), [
      {
        series: {
          'up{job="j",instance="i"}': "1x100",
          'latency_seconds_count{job="j",instance="i"}': "0+10x60",
          [`latency_seconds_bucket{job="j",instance="i",le="${le}"}`]: "0+9x60",
          'latency_seconds_bucket{job="j",instance="i",le="10"}': "0+10x60",
        },
        claims: [
          ["40m", counted("total"), { "{}": 600 }],
          ["40m", counted("bad"), { "{}": 60 }],
        ],
      },
    ]),
  );

  test("reads a duration in the unit that the metric's name tells", () =>
    expectHistories(planOf({ sli: { kind: "latency", histogram: "rpc_duration_milliseconds", threshold: "1s" } }), [
      {
        series: {
          'up{job="j",instance="i"}': "1x100",
          'rpc_duration_milliseconds_count{job="j",instance="i"}': "0+10x60",
          'rpc_duration_milliseconds_bucket{job="j",instance="i",le="1000.0"}': "0+7x60",
        },
        claims: [["40m", counted("bad"), { "{}": 180 }]],
      },
    ]));

  test("counts the observations of pods that restart together", () =>
    expectHistories(planOf({ sli: { kind: "latency", histogram: "latency_seconds", threshold: "1s" } }), [
      {
        series: {
          'up{job="j",instance="i"}': "1x100",
          'latency_seconds_count{job="j",instance="i"}': "1000+10x30 4+10x30",
          'latency_seconds_bucket{job="j",instance="i",le="1.0"}': "900+9x30 3+9x30",
        },
        claims: [
          ["40m", counted("total"), { "{}": 300 + 4 + 300 }],
          ["40m", counted("bad"), { "{}": 30 + 1 + 30 }],
        ],
      },
    ]));
});
