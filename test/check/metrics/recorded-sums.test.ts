import { describe, expect, test } from "vitest";
import { availability } from "../../parse/valid.ts";
import { findingsOf, hintOf, planOf, run } from "../findings.ts";

const slo = (sli: object) => [{ ...availability, groupBy: [], sli }];
const events = (total: unknown) => slo({ kind: "events", total, bad: 'a_errors_total{job="a"}' });
const at = (field: string) => `recorded-sum gateway.slos[0].sli.${field}`;

describe("where a counter is wanted", () => {
  test.each([
    "job:http_requests_total:sum",
    "job:http_requests:sum",
    "job_path:http_requests_total:without_code_sum",
    "cluster:http_requests_total",
    "namespace_app:a_request_seconds_count",
    ":a_requests_total:sum",
    "a:b_total:merged",
  ])("%s is doubtful", (total) => {
    expect(findingsOf("recorded-sums", events(`${total}{job="a"}`))).toEqual([at("total")]);
    expect(findingsOf("metric-types", events(total))).toEqual([]);
  });

  test.each([
    "a_requests_total",
    "vllm:request_success_total",
    "sglang:num_requests_total",
    "app:requests_total",
    "job:http_requests:rate5m",
    "job:http_requests:sum_rate5m",
    "job:http_requests_total:sum:rate5m",
    "instance:http_requests_total:sum",
    "namespace_pod:http_requests_total:sum",
    "job:http_errors:ratio",
  ])("%s is no such sum", (total) => expect(findingsOf("recorded-sums", events(total))).toEqual([]));

  test("budgets, lists, histograms and what is bad are asked alike", () => {
    expect(findingsOf("recorded-sums", events(["a_total", "job:b_total:sum"]))).toEqual([at("total[1]")]);
    const bad = slo({ kind: "events", total: "a_total", bad: "job:a_errors_total:sum" });
    expect(findingsOf("recorded-sums", bad)).toEqual([at("bad")]);
    const histogram = slo({ kind: "latency", histogram: "job:a_seconds:sum", threshold: "1s" });
    expect(findingsOf("recorded-sums", histogram)).toEqual([at("histogram")]);
    const spend = { kind: "spend", name: "day", metric: "job:cost_dollars_total:sum", per: "day" };
    const budgets = [{ ...spend, limit: { amount: 5, unit: "dollars" } }];
    expect(findingsOf("recorded-sums", [], {}, { budgets })).toEqual(["recorded-sum gateway.budgets[0].metric"]);
  });

  test("a rate of one in an expression is doubted too", () => {
    const doubts = (promql: string) => findingsOf("expressions", events({ promql }));
    expect(doubts("sum(rate(job:a_total:sum[$window]))")).toEqual([at("total.promql")]);
    expect(doubts("sum(increase(job:a_total:sum[5m])) / 300")).toEqual([at("total.promql")]);
    expect(doubts("sum(rate(vllm:request_success_total[$window]))")).toEqual([]);
  });
});

test("where a gauge is wanted, a sum is one", () =>
  expect(findingsOf("recorded-sums", slo({ kind: "gauge", metric: "job:a_depth:sum", op: "<", threshold: 5 }))).toEqual(
    [],
  ));

test("the platform may say that it is a counter", () => {
  const platform = { metricTypes: { "job:a_total:sum": "counter" } };
  expect(findingsOf("recorded-sums", events("job:a_total:sum"), platform)).toEqual([]);
});

test("it is a warning, and what its hint says to write is sound", () => {
  const [issue] = run("recorded-sums", planOf(events("job:a_requests_total:sum")));
  expect(issue?.level).toBe("warning");
  const promql = /promql: "([^"]+)"/.exec(hintOf("recorded-sums", events("job:a_requests_total:sum")) ?? "")?.[1];
  expect(promql).toBe("sum(job:a_requests:rate5m)");
  expect(findingsOf("expressions", events({ promql }))).toEqual([]);
});
