import { describe, expect, test } from "vitest";
import { availability } from "../../parse/valid.ts";
import { findingsOf, hintOf } from "../findings.ts";

const slo = (sli: object) => [{ ...availability, groupBy: [], sli }];
const events = (total: string) => slo({ kind: "events", total, bad: 'a_errors_total{job="a"}' });
const at = (field: string) => `gateway.slos[0].sli.${field}`;

describe("where a counter is wanted", () => {
  test.each([
    "job:http_requests:rate5m",
    "instance:http_requests:irate1m",
    "job:http_errors:ratio_rate5m",
    "job:http_requests:increase1h",
    "job:http_requests_total:rate:5m",
    'aws_applicationelb_request_count_sum{job="cw"}',
    "aws_bedrock_invocations_sum",
    "aws_sqs_messages_sent_sample_count",
    "azure_http5xx_total_count",
    "azure_totaltokens_total",
    "stackdriver_https_lb_rule_loadbalancing_googleapis_com_https_request_count",
    "a_build_info",
    "a_requests_created",
    "a_success_ratio",
    "a_hit_rate",
    "a_queue_depth",
    "node_load1",
    "up",
    "azurerm_resource_metric",
    "cluster:apiserver_request:burnrate1h",
    "istio:requests:rps",
    "node_memory_MemAvailable_bytes",
    "kube_deployment_status_replicas_available",
    "probe_success",
    "jvm_memory_used_bytes",
    "vllm:num_requests_running",
    "hikaricp_connections_active",
    "pg_stat_activity_count",
    "mysql_global_status_threads_running",
    "http_request_duration_seconds_max",
    "litellm_remaining_team_budget_metric",
    "envoy_cluster_membership_total",
    "nv_inference_pending_request_count",
    "kafka_consumergroup_lag",
  ])("%s is refused", (total) => {
    expect(findingsOf("metric-types", events(total))).toEqual([`not-a-counter ${at("total")}`]);
    expect(findingsOf("metric-names", events(total))).toEqual([]);
  });

  test.each([
    "job:http_requests_total:sum",
    "vllm:request_success_total",
    "aws_sdk_requests_total",
    "a_generation_total",
    "a_duration_seconds_count",
    "a_rated_total",
    "pg_stat_database_xact_commit",
    "mysql_global_status_connections",
    "nginx_ingress_controller_requests",
    "envoy_cluster_upstream_rq_xx",
    "node_vmstat_pgfault",
    "kafka_topic_partition_current_offset",
    "nv_inference_request_success",
    "temporal_request",
    "container_memory_failcnt",
    "rabbitmq_queue_messages_published_total",
  ])("%s is sound", (total) => expect(findingsOf("metric-types", events(total))).toEqual([]));

  test("budgets, experiments, throughput and scores are asked alike", () => {
    const gauge = "job:cost_dollars:rate5m";
    const of = (sli: object) => findingsOf("metric-types", slo(sli));
    expect(of({ kind: "throughput", metric: "node_load1", atLeast: 1 })).toEqual([`not-a-counter ${at("metric")}`]);
    expect(of({ kind: "score", sum: "a_score_ratio", count: "a_scores_total" })).toEqual([
      `not-a-counter ${at("sum")}`,
    ]);
    const budget = { kind: "spend", name: "day", metric: gauge, per: "day", limit: { amount: 5, unit: "dollars" } };
    expect(findingsOf("metric-types", [], {}, { budgets: [budget] })).toEqual([
      "not-a-counter gateway.budgets[0].metric",
    ]);
  });

  test("the hint is what to write", () => {
    expect(hintOf("metric-types", events('job:x:rate5m{job="a"}'))).toContain(
      '{ promql: "sum(job:x:rate5m{job=\\"a\\"})" }',
    );
    expect(hintOf("metric-types", events("aws_bedrock_invocations_sum"))).toContain(
      'perPeriod({ metric: "aws_bedrock_invocations_sum", period: "1m" })',
    );
  });
});

describe("where a gauge is wanted", () => {
  test.each([
    [
      "a counter as a gauge",
      { kind: "gauge", metric: "a_requests_total", op: "<", threshold: 5 },
      "not-a-gauge",
      "metric",
    ],
    ["a counter as a probe", { kind: "probe", metric: "a_requests_total" }, "not-a-gauge", "metric"],
    ["a counter as a ratio", { kind: "ratio", good: "a_requests_total" }, "not-a-gauge", "good"],
    ["a counter as a time", { kind: "freshness", timestamp: "a_runs_total", maxAge: "1d" }, "not-a-gauge", "timestamp"],
    ["percent as a ratio", { kind: "ratio", bad: "a_failed_percent" }, "wrong-scale", "bad"],
    [
      "a duration as a time",
      { kind: "freshness", timestamp: "a_duration_seconds", maxAge: "1d" },
      "wrong-scale",
      "timestamp",
    ],
    [
      "milliseconds as a time",
      { kind: "freshness", timestamp: "a_timestamp_ms", maxAge: "1d" },
      "wrong-scale",
      "timestamp",
    ],
    [
      "an untyped counter",
      { kind: "gauge", metric: "pg_stat_database_xact_commit", op: "<", threshold: 5 },
      "not-a-gauge",
      "metric",
    ],
    ["load as a ratio", { kind: "ratio", bad: "node_load1" }, "wrong-scale", "bad"],
    ["seconds as a ratio", { kind: "ratio", bad: "a_request_seconds" }, "wrong-scale", "bad"],
    ["a share of CloudWatch", { kind: "ratio", bad: "aws_rds_cpuutilization_average" }, "wrong-scale", "bad"],
    ["a duration as a probe", { kind: "probe", metric: "probe_duration_seconds" }, "wrong-scale", "metric"],
    ["replicas as a probe", { kind: "probe", metric: "kube_deployment_status_replicas" }, "wrong-scale", "metric"],
    [
      "the clock as a time",
      { kind: "freshness", timestamp: "node_time_seconds", maxAge: "1d" },
      "wrong-scale",
      "timestamp",
    ],
  ])("%s is refused", (_name, sli, code, field) =>
    expect(findingsOf("metric-types", slo(sli))).toEqual([`${code} ${at(field)}`]),
  );

  test.each([
    ["a count that is a gauge", { kind: "gauge", metric: "nv_inference_pending_request_count", op: "<", threshold: 5 }],
    ["a ratio", { kind: "ratio", good: "a_pass_ratio" }],
    ["a time", { kind: "freshness", timestamp: "a_last_success_timestamp_seconds", maxAge: "1d" }],
    ["a probe", { kind: "probe", metric: "probe_success" }],
    ["a state as a probe", { kind: "probe", metric: "kube_node_status_condition" }],
    ["a total that is a gauge", { kind: "gauge", metric: "envoy_cluster_membership_total", op: ">", threshold: 1 }],
    ["vLLM's share of its cache", { kind: "ratio", bad: "vllm:kv_cache_usage_perc" }],
    ["a job's time", { kind: "freshness", timestamp: "kube_cronjob_status_last_successful_time", maxAge: "1d" }],
  ])("%s is sound", (_name, sli) => expect(findingsOf("metric-types", slo(sli))).toEqual([]));
});

test("what the platform says of a metric counts for more than its name", () => {
  const gauge = slo({ kind: "gauge", metric: "a_parts_total", op: "<", threshold: 5 });
  const as = (name: string, type: string) => ({ metricTypes: { [name]: type } });
  expect(findingsOf("metric-types", events("azure_calls_total"), as("azure_calls_total", "counter"))).toEqual([]);
  expect(findingsOf("metric-types", gauge, as("a_parts_total", "gauge"))).toEqual([]);
  expect(findingsOf("metric-types", events("a_calls_total"), as("a_calls_total", "gauge"))).toEqual([
    `not-a-counter ${at("total")}`,
  ]);
  expect(findingsOf("metric-types", slo({ kind: "ratio", good: "a_good" }), as("a_good", "counter"))).toEqual([
    `not-a-gauge ${at("good")}`,
  ]);
});
