/** What people read of each kind of SLI: what is good and what is bad of it, and what a runbook asks. */
import { expect, test } from "vitest";
import type { SloPlan } from "../../src/compile/plan.ts";
import type { SliDeclaration } from "../../src/declare/declaration.ts";
import { print } from "../../src/promql/print.ts";
import type { DebugQuery } from "../../src/sli/debug-queries.ts";
import { kindOf, kinds } from "../../src/sli/index.ts";
import { planOf } from "./history.ts";

/** Each query once, of the first example that has it. */
function textsOf(kind: keyof typeof kinds): string {
  const plans = kinds[kind].examples.map((sli) => planOf({ sli: sli as SliDeclaration }).services[0]?.slos[0]);
  const words = plans.map((plan) => plan && JSON.stringify(kindOf(plan.slo.sli).words(plan.slo.sli)));
  const asked = plans.flatMap((plan) => (plan ? questionsOf(plan) : []));
  const bySort = new Map([...asked].reverse().map(({ title, expr }) => [title.replace(/`.*`/, ""), { title, expr }]));
  const lines = [...bySort.values()].map(({ title, expr }) => `${title}: ${print(expr).replace(/\s+/g, " ")}`);
  return [...words, ...lines].join("\n");
}

function questionsOf({ slo, measurement }: SloPlan): readonly DebugQuery[] {
  return kindOf(slo.sli).debugQueries?.(slo.sli, measurement.base) ?? [];
}

test("of events", () => {
  expect(textsOf("events")).toMatchInlineSnapshot(`
    "{"good":"events of \`http_requests_total\` that are not in \`http_requests_total{code=~\\"5..\\"}\`","bad":"events of \`http_requests_total{code=~\\"5..\\"}\`","unit":"events","symptom":"errors"}
    {"good":"events of \`jobs_succeeded_total\`","bad":"events of \`jobs_finished_total\` that are not in \`jobs_succeeded_total\`","unit":"events","symptom":"errors"}
    {"good":"events of \`rpc_total{job=\\"api\\"}\` that are not in \`rpc_errors_total{job=\\"api\\"}\`","bad":"events of \`rpc_errors_total{job=\\"api\\"}\`","unit":"events","symptom":"errors"}
    {"good":"events of \`jobs_ok_total{job=\\"api\\"}\`","bad":"events of \`jobs_failed_total{job=\\"api\\"}\`","unit":"events","symptom":"errors"}
    {"good":"events of \`reads_total\` and events of \`writes_total\` that are not in \`reads_failed_total\` and \`writes_failed_total\`","bad":"events of \`reads_failed_total\` and events of \`writes_failed_total\`","unit":"events","symptom":"errors"}
    {"good":"events of \`cache_hits_total\`","bad":"events of \`cache_hits_total\` and events of \`cache_misses_total{job=\\"api\\"}\` that are not in \`cache_hits_total\`","unit":"events","symptom":"errors"}
    {"good":"events of \`sum(rate(a_total[$window]))\` that are not in \`sum(rate(a_errors_total[$window]))\`","bad":"events of \`sum(rate(a_errors_total[$window]))\`","unit":"events","symptom":"errors"}
    All: where the most events per second are, of \`http_requests_total\`: topk(10, sum by (job, instance) (rate(http_requests_total[5m])))
    Bad: where the largest share of events is bad: topk( 10, sum by (job, instance) (rate(http_requests_total{code=~"5.."}[5m])) / sum by (job, instance) (rate(http_requests_total[5m])) )
    All: processes behind \`http_requests_total\` that started within the hour, by age in seconds: time() - process_start_time_seconds < 3600 and on (job) group by (job) (last_over_time(http_requests_total[1h]))
    All: most recently started targets of \`http_requests_total\` (fewest scrapes in the last day): bottomk(10, count_over_time(up[1d]) and on (job) group by (job) (last_over_time(http_requests_total[1h])))
    Bad: targets behind \`http_requests_total\` that fail to scrape: up == 0 and on (job) group by (job) (last_over_time(http_requests_total[1h]))
    Bad: series with the most events per second, of \`http_requests_total{code=~"5.."}\`: topk(10, rate(http_requests_total{code=~"5.."}[5m]) > 0)"
  `);
});

test("of latency", () => {
  expect(textsOf("latency")).toMatchInlineSnapshot(`
    "{"good":"observations of \`http_request_duration_seconds\` at or below 1s","bad":"observations of \`http_request_duration_seconds\` above 1s","unit":"observations","symptom":"latency"}
    {"good":"observations of \`rpc_duration_milliseconds{job=\\"api\\"}\` at or below 250ms","bad":"observations of \`rpc_duration_milliseconds{job=\\"api\\"}\` above 250ms","unit":"observations","symptom":"latency"}
    {"good":"observations of \`cache_read_seconds\` at or below 50µs","bad":"observations of \`cache_read_seconds\` above 50µs","unit":"observations","symptom":"latency"}
    {"good":"observations of \`query_seconds\` at or below 500ms","bad":"observations of \`query_seconds\` above 500ms","unit":"observations","symptom":"latency"}
    {"good":"observations of \`query_seconds\` at or below 0.25 (in the metric's unit)","bad":"observations of \`query_seconds\` above 0.25 (in the metric's unit)","unit":"observations","symptom":"latency"}
    All: where the most observations per second are, of \`http_request_duration_seconds_count\`: topk(10, sum by (job, instance) (rate(http_request_duration_seconds_count[5m])))
    All: processes behind \`http_request_duration_seconds_count\` that started within the hour, by age in seconds: time() - process_start_time_seconds < 3600 and on (job) group by (job) (last_over_time(http_request_duration_seconds_count[1h]))
    All: most recently started targets of \`http_request_duration_seconds_count\` (fewest scrapes in the last day): bottomk( 10, count_over_time(up[1d]) and on (job) group by (job) (last_over_time(http_request_duration_seconds_count[1h])) )
    Bad: targets behind \`http_request_duration_seconds_count\` that fail to scrape: up == 0 and on (job) group by (job) (last_over_time(http_request_duration_seconds_count[1h]))
    Bad: where the largest share of observations is bad: topk( 10, ( sum by (job, instance) (rate(http_request_duration_seconds_count[5m])) - sum by (job, instance) (rate(http_request_duration_seconds_bucket{le=~"1(\\\\.0)?"}[5m])) ) / sum by (job, instance) (rate(http_request_duration_seconds_count[5m])) )"
  `);
});

test("of gauge", () => {
  expect(textsOf("gauge")).toMatchInlineSnapshot(`
    "{"good":"slices of 1m in which \`queue_depth\` <= 10","bad":"slices of 1m in which \`queue_depth\` > 10","unit":"slices","symptom":"saturation"}
    {"good":"slices of 2m in which \`replicas_available{job=\\"kube\\"}\` >= 3","bad":"slices of 2m in which \`replicas_available{job=\\"kube\\"}\` < 3","unit":"slices","symptom":"saturation"}
    {"good":"slices of 1m in which \`sum(queue_depth)\` < 100","bad":"slices of 1m in which \`sum(queue_depth)\` >= 100","unit":"slices","symptom":"saturation"}
    All: the highest values of \`queue_depth\` now: topk(10, queue_depth)
    Bad: values of \`sum(queue_depth)\` that are >= 100 now: topk(10, (sum(queue_depth)) >= 100)
    All: the lowest values of \`replicas_available{job="kube"}\` now: bottomk(10, replicas_available{job="kube"})
    All: processes behind \`queue_depth\` that started within the hour, by age in seconds: time() - process_start_time_seconds < 3600 and on (job) group by (job) (last_over_time(queue_depth[1h]))
    All: most recently started targets of \`queue_depth\` (fewest scrapes in the last day): bottomk(10, count_over_time(up[1d]) and on (job) group by (job) (last_over_time(queue_depth[1h])))
    Bad: targets behind \`queue_depth\` that fail to scrape: up == 0 and on (job) group by (job) (last_over_time(queue_depth[1h]))
    Bad: values of \`replicas_available{job="kube"}\` that are < 3 now: bottomk(10, replicas_available{job="kube"} < 3)
    Bad: values of \`queue_depth\` that are > 10 now: topk(10, queue_depth > 10)"
  `);
});

test("of probe", () => {
  expect(textsOf("probe")).toMatchInlineSnapshot(`
    "{"good":"slices of 1m in which \`probe_success{job=\\"blackbox\\"}\` is 1","bad":"slices of 1m in which \`probe_success{job=\\"blackbox\\"}\` is not 1","unit":"slices","symptom":"availability"}
    {"good":"slices of 2m in which \`up\` is 1","bad":"slices of 2m in which \`up\` is not 1","unit":"slices","symptom":"availability"}
    All: the lowest values of \`probe_success{job="blackbox"}\` now: bottomk(10, probe_success{job="blackbox"})
    All: processes behind \`probe_success{job="blackbox"}\` that started within the hour, by age in seconds: time() - process_start_time_seconds{job="blackbox"} < 3600
    All: most recently started targets of \`probe_success{job="blackbox"}\` (fewest scrapes in the last day): bottomk(10, count_over_time(up{job="blackbox"}[1d]))
    Bad: targets behind \`probe_success{job="blackbox"}\` that fail to scrape: up{job="blackbox"} == 0
    Bad: values of \`probe_success{job="blackbox"}\` that are < 1 now: bottomk(10, probe_success{job="blackbox"} < 1)"
  `);
});

test("of ratio", () => {
  expect(textsOf("ratio")).toMatchInlineSnapshot(`
    "{"good":"the mean over time of \`probe:success_ratio\`","bad":"the mean over time of 1 less \`probe:success_ratio\`","unit":"slices","symptom":"quality"}
    {"good":"the mean over time of \`app:error_ratio{env=\\"prod\\"}\`, taken from 1","bad":"the mean over time of \`app:error_ratio{env=\\"prod\\"}\`","unit":"slices","symptom":"quality"}
    {"good":"the mean over time of \`avg(app:ok_ratio)\`","bad":"the mean over time of 1 less \`avg(app:ok_ratio)\`","unit":"slices","symptom":"quality"}
    All: the values of \`probe:success_ratio\` now: probe:success_ratio
    Bad: the largest bad shares now, by \`probe:success_ratio\`: topk(10, 1 - probe:success_ratio)
    All: processes behind \`probe:success_ratio\` that started within the hour, by age in seconds: time() - process_start_time_seconds < 3600 and on (job) group by (job) (last_over_time(probe:success_ratio[1h]))
    All: most recently started targets of \`probe:success_ratio\` (fewest scrapes in the last day): bottomk(10, count_over_time(up[1d]) and on (job) group by (job) (last_over_time(probe:success_ratio[1h])))
    Bad: targets behind \`probe:success_ratio\` that fail to scrape: up == 0 and on (job) group by (job) (last_over_time(probe:success_ratio[1h]))"
  `);
});

test("of score", () => {
  expect(textsOf("score")).toMatchInlineSnapshot(`
    "{"good":"the mean of \`eval_score_sum\` over \`eval_score_count\`, as a share of 1","bad":"what is missing to a mean of 1","unit":"scores","symptom":"quality"}
    {"good":"the mean of \`stars_total\` over \`ratings_total\`, as a share of 5","bad":"what is missing to a mean of 5","unit":"scores","symptom":"quality"}
    All: where the most scores per second are, of \`eval_score_count\`: topk(10, sum by (job, instance) (rate(eval_score_count[5m])))
    All: processes behind \`eval_score_count\` that started within the hour, by age in seconds: time() - process_start_time_seconds < 3600 and on (job) group by (job) (last_over_time(eval_score_count[1h]))
    All: most recently started targets of \`eval_score_count\` (fewest scrapes in the last day): bottomk(10, count_over_time(up[1d]) and on (job) group by (job) (last_over_time(eval_score_count[1h])))
    Bad: targets behind \`eval_score_count\` that fail to scrape: up == 0 and on (job) group by (job) (last_over_time(eval_score_count[1h]))
    Bad: where the most is missing to the best mean score: topk( 10, (sum by (job, instance) (rate(eval_score_count[5m])) - sum by (job, instance) (rate(eval_score_sum[5m]))) / sum by (job, instance) (rate(eval_score_count[5m])) )"
  `);
});

test("of throughput", () => {
  expect(textsOf("throughput")).toMatchInlineSnapshot(`
    "{"good":"slices of 1m in which \`tokens_generated_total\` counts at least 100 per second","bad":"slices of 1m in which \`tokens_generated_total\` counts less than 100 per second","unit":"slices","symptom":"throughput"}
    {"good":"slices of 2m in which \`requests_total{job=\\"api\\"}\` counts at most 1000 per second","bad":"slices of 2m in which \`requests_total{job=\\"api\\"}\` counts more than 1000 per second","unit":"slices","symptom":"throughput"}
    All: where \`requests_total{job="api"}\` counts the most per second: topk(10, sum by (job, instance) (rate(requests_total{job="api"}[5m])))
    All: processes behind \`tokens_generated_total\` that started within the hour, by age in seconds: time() - process_start_time_seconds < 3600 and on (job) group by (job) (last_over_time(tokens_generated_total[1h]))
    All: most recently started targets of \`tokens_generated_total\` (fewest scrapes in the last day): bottomk(10, count_over_time(up[1d]) and on (job) group by (job) (last_over_time(tokens_generated_total[1h])))
    Bad: targets behind \`tokens_generated_total\` that fail to scrape: up == 0 and on (job) group by (job) (last_over_time(tokens_generated_total[1h]))
    Bad: where \`requests_total{job="api"}\` counts more than 1000 per second: topk(10, sum(rate(requests_total{job="api"}[2m])) > 1000)
    All: where \`tokens_generated_total\` counts the least per second: bottomk(10, sum by (job, instance) (rate(tokens_generated_total[5m])))
    Bad: where \`tokens_generated_total\` counts less than 100 per second: bottomk(10, sum(rate(tokens_generated_total[2m])) < 100)"
  `);
});

test("of freshness", () => {
  expect(textsOf("freshness")).toMatchInlineSnapshot(`
    "{"good":"slices of 1m in which \`index_last_success_timestamp_seconds\` is at most 6h old","bad":"slices of 1m in which \`index_last_success_timestamp_seconds\` is older than 6h","unit":"slices","symptom":"staleness"}
    {"good":"slices of 2m in which \`batch_last_success{job=\\"etl\\"}\` is at most 1h30m old","bad":"slices of 2m in which \`batch_last_success{job=\\"etl\\"}\` is older than 1h30m","unit":"slices","symptom":"staleness"}
    All: the oldest of \`index_last_success_timestamp_seconds\`, in seconds: topk(10, time() - index_last_success_timestamp_seconds)
    All: processes behind \`index_last_success_timestamp_seconds\` that started within the hour, by age in seconds: time() - process_start_time_seconds < 3600 and on (job) group by (job) (last_over_time(index_last_success_timestamp_seconds[1h]))
    All: most recently started targets of \`index_last_success_timestamp_seconds\` (fewest scrapes in the last day): bottomk( 10, count_over_time(up[1d]) and on (job) group by (job) (last_over_time(index_last_success_timestamp_seconds[1h])) )
    Bad: targets behind \`index_last_success_timestamp_seconds\` that fail to scrape: up == 0 and on (job) group by (job) (last_over_time(index_last_success_timestamp_seconds[1h]))
    Bad: what is older than 1h30m, in seconds: topk(10, time() - max(batch_last_success{job="etl"}) > 5400)
    Bad: what is older than 6h, in seconds: topk(10, time() - max(index_last_success_timestamp_seconds) > 21600)"
  `);
});
