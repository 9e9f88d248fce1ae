import { describe, expect, test } from "vitest";
import { availability } from "../../parse/valid.ts";
import { findingsOf, hintOf } from "../findings.ts";

const slo = (total: string, more: object = {}) => [
  {
    ...availability,
    groupBy: [],
    sli: { kind: "events", total: { promql: total }, bad: 'a_errors_total{job="a"}' },
    ...more,
  },
];
const AT = "gateway.slos[0].sli.total.promql";

describe("what counts is a rate per second", () => {
  test.each([
    "sum(a_total)",
    "sum(a_depth)",
    "sum(a_total) / 60",
    "sum(increase(a_total[$window]))",
    "sum(count_over_time(a_x[$window]))",
    "sum(sum_over_time(rate(a_total[5m])[$window:]))",
    "sum(rate(a_total[$window])) / sum(rate(b_total[$window]))",
    "sum(rate(a_total[$window])) + sum(b_total)",
    "sum(a_total) unless sum(rate(b_total[$window]))",
    "clamp_min(sum(a_total), 0)",
    "sum(increase(a_total[5m])) / 60",
    "sum(increase(a_total[$window])) / 3600",
    "sum(rate(a_total[5m])) * 60",
    "sum(rate(a_total[5m])) * 300",
    "rate(sum(a_total)[5m:])",
    "rate(sum(rate(a_total[5m]))[1h:])",
    "histogram_quantile(0.9, sum by (le) (rate(a_seconds_bucket[5m])))",
    "sum(rate(a_total[5m])) > bool 0",
  ])("%s is refused", (promql) => expect(findingsOf("expressions", slo(promql))).toEqual([`not-a-rate ${AT}`]));

  test.each([
    "sum(rate(a_total[$window]))",
    "sum(irate(a_total[$window]))",
    "sum(increase(a_total[5m])) / 300",
    "sum(aws_applicationelb_request_count_sum) / 60",
    "sum(job:a:rate5m)",
    "sum(a_requests_per_second)",
    "avg_over_time(sum(rate(a_total[5m]))[$window:1m])",
    "sum(rate(a_total[$window])) - sum(rate(b_total[$window]))",
    "sum(rate(a_total[$window]) * on (pod) group_left (team) kube_pod_labels)",
    "sum(rate(a_total[$window])) unless sum(b_total) > 5",
    "histogram_count(sum(rate(a_seconds[$window])))",
    "count(up)",
    "sum(rate(a_cents_total[5m])) / 100",
    "sum(rate(a_bytes_total[5m])) * 8",
    "sum(rate(a_minutes_total[5m])) * 60",
    "sum(increase(a_total[1h])) / (60 * 60)",
    "sum(rate(a_total[5m:1m]))",
  ])("%s is sound", (promql) => expect(findingsOf("expressions", slo(promql))).toEqual([]));

  test("what the platform calls a gauge is taken for a rate", () => {
    const environment = { metricTypes: { a_depth: "gauge" } };
    expect(findingsOf("expressions", slo("sum(a_depth)"), environment)).toEqual([]);
  });

  test.each([
    "sum(rate(node_memory_MemFree_bytes[5m]))",
    "sum(rate(job:a:rate5m[5m]))",
    "sum(increase(aws_alb_request_count_sum[5m])) / 300",
  ])("%s is no rate of a counter", (promql) =>
    expect(findingsOf("expressions", slo(promql))).toEqual([`not-a-counter ${AT}`]),
  );

  test("budgets are asked alike", () => {
    const metric = { promql: "sum(increase(a_dollars_total[1h]))" };
    const budget = { kind: "spend", name: "day", metric, per: "day", limit: { amount: 5, unit: "dollars" } };
    expect(findingsOf("expressions", [], {}, { budgets: [budget] })).toEqual([
      "not-a-rate gateway.budgets[0].metric.promql",
    ]);
  });
});

describe("what is compared is a value", () => {
  const gauge = (promql: string) => ({ kind: "gauge", metric: { promql }, op: "<", threshold: 5 });
  const ratio = (promql: string) => ({ kind: "ratio", good: { promql } });
  const freshness = (promql: string) => ({ kind: "freshness", timestamp: { promql }, maxAge: "1d" });
  test.each([
    ["a counter that nothing rates", gauge("sum(a_total)"), ["not-a-gauge gateway.slos[0].sli.metric.promql"]],
    ["a rate", gauge("sum(rate(a_total[5m]))"), []],
    ["what a counter gained", gauge("a_total - a_total offset 5m"), []],
    [
      "a share in percent",
      ratio("100 * sum(rate(a_total[5m])) / sum(rate(b_total[5m]))"),
      ["wrong-scale gateway.slos[0].sli.good.promql"],
    ],
    ["a share", ratio("sum(rate(a_total[5m])) / sum(rate(b_total[5m]))"), []],
    ["a rate as a share", ratio("sum(rate(a_total[5m]))"), ["wrong-scale gateway.slos[0].sli.good.promql"]],
    ["the share of time that a processor was idle", ratio('avg(rate(a_cpu_seconds_total{mode="idle"}[5m]))'), []],
    ["an age", freshness("time() - a_timestamp_seconds"), ["wrong-scale gateway.slos[0].sli.timestamp.promql"]],
    ["a time in milliseconds", freshness("max(a_last_run_ms)"), ["wrong-scale gateway.slos[0].sli.timestamp.promql"]],
    ["the same in seconds", freshness("max(a_last_run_ms) / 1000"), []],
  ])("%s", (_name, sli, found) => expect(findingsOf("expressions", slo("", { sli }))).toEqual(found));
});

describe("the outermost aggregation keeps the labels of the groups", () => {
  const grouped = { groupBy: ["model"] };
  test.each([
    "sum by (modle) (rate(a_total[$window]))",
    "sum(rate(a_total[$window])) by (region)",
    "sum(rate(a_total[$window]))",
    "sum(sum by (model) (rate(a_total[$window])))",
    "sum by (model) (rate(a_total[$window])) or sum(rate(b_total[$window]))",
    "sum without (model) (rate(a_total[$window]))",
  ])("%s does not", (promql) =>
    expect(findingsOf("expressions", slo(promql, grouped))).toEqual([`by-lacks-label ${AT}`]),
  );

  test.each([
    "sum by (model, region) (rate(a_total[$window]))",
    'sum by ("model") (rate(a_total[$window]))',
    "rate(a_total[$window])",
    "sum without (pod) (rate(a_total[$window]))",
    'label_replace(sum by (m) (rate(a_total[$window])), "model", "$1", "m", "(.*)")',
    "sum by (m) (rate(a_total[$window])) * on (m) group_left (model) b_info",
    "2 * sum by (model) (rate(a_total[$window]))",
  ])("%s does", (promql) => expect(findingsOf("expressions", slo(promql, grouped))).toEqual([]));

  test("those of the platform's identity, too, and the misspelt one is named", () => {
    const promql = "sum by (model) (rate(a_total[$window]))";
    expect(findingsOf("expressions", slo(promql, grouped), { identity: ["cluster"] })).toEqual([
      `by-lacks-label ${AT}`,
    ]);
    expect(hintOf("expressions", slo("sum by (modle) (rate(a_total[$window]))", grouped))).toBe(
      "Write `model` in place of `modle`.",
    );
  });
});

describe("nothing is invented", () => {
  const bad = (promql: string, groupBy: readonly string[] = []) =>
    slo("sum(rate(a_total[$window]))", {
      groupBy,
      sli: { kind: "events", total: "a_requests_total", bad: { promql } },
    });
  test("a zero for what is missing anyway is a doubt, and with groups an error", () => {
    const zero = (by: string) => `sum ${by}(rate(a_total[$window])) or vector(0)`;
    expect(findingsOf("expressions", bad(zero("")))).toEqual(["needless-zero gateway.slos[0].sli.bad.promql"]);
    expect(findingsOf("expressions", bad(zero("by (model) "), ["model"]))).toEqual([
      "invented-events gateway.slos[0].sli.bad.promql",
    ]);
  });

  test("a total is never filled in", () => {
    expect(findingsOf("expressions", slo("sum(rate(a_total[$window])) or vector(1)"))).toEqual([
      `invented-events ${AT}`,
    ]);
    expect(findingsOf("expressions", slo("sum(rate(a_total[$window])) or vector(0)"))).toEqual([`needless-zero ${AT}`]);
  });

  test("a gauge without groups may be zero where it is missing", () => {
    const sli = { kind: "gauge", metric: { promql: "sum(a_depth) or vector(0)" }, op: "<", threshold: 5 };
    expect(findingsOf("expressions", slo("", { sli }))).toEqual([]);
  });
});

describe("buckets", () => {
  const of = (sli: object) => findingsOf("bucket-series", [{ ...availability, groupBy: [], sli }]);
  const events = (total: unknown, good: unknown) => ({ kind: "events", total, good });
  test("are no counters of events", () => {
    const sli = events("a_seconds_count", 'a_seconds_bucket{job="a",le="1"}');
    expect(of(sli)).toEqual(["bucket-misread gateway.slos[0].sli.good"]);
    expect(hintOf("bucket-series", [{ ...availability, sli }])).toContain(
      'latency({ histogram: "a_seconds{job=\\"a\\"}", threshold: 1 })',
    );
    expect(of(events("a_seconds_bucket", 'a_seconds_bucket{le="+Inf"}'))).toHaveLength(2);
  });

  test("are chosen by the threshold and not by a matcher", () => {
    expect(of({ kind: "latency", histogram: 'a_seconds{le="1"}', threshold: 1 })).toEqual([
      "bucket-misread gateway.slos[0].sli.histogram",
    ]);
    expect(of({ kind: "latency", histogram: 'a_seconds{job="1"}', threshold: 1 })).toEqual([]);
  });

  test.each([
    ["sum(rate(a_seconds_bucket[$window]))", ["bucket-misread"]],
    ['sum(rate(a_seconds_bucket{le="Inf"}[$window]))', ["bucket-spelling"]],
    ['sum(rate(a_seconds_bucket{le=~"2"}[$window]))', ["bucket-spelling"]],
    ['sum(rate(a_seconds_bucket{le="1"}[$window]))', ["bucket-spelling"]],
    ['sum(rate(a_seconds_bucket{le="0.5"}[$window]))', []],
    ['sum(rate(a_seconds_bucket{le=~"1(\\\\.0)?"}[$window]))', []],
    ["histogram_quantile(0.9, sum by (le) (rate(a_seconds_bucket[$window])))", []],
  ])("%s in an expression", (good, codes) => {
    const found = of(events({ promql: "sum(rate(a_seconds_count[$window]))" }, { promql: good }));
    expect(found).toEqual(codes.map((code) => `${code} gateway.slos[0].sli.good.promql`));
  });
});
