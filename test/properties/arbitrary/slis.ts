/** Any SLI of any kind; composites are made of what is declared beside them. */
import fc from "fast-check";
import type { CompositeDeclaration, Duration, Metric, SliDeclaration } from "../../../src/declare/declaration.ts";
import { counterOf, declared, gaugeOf, oneOf, selectorOf } from "./values.ts";

type Groups = readonly string[];

const slice = oneOf<Duration>("1m", "90s", "2m", "5m", "1h");
const more = { slice };

/** By a label of the series: what tells good from bad by a label of the target is no part in the tests of an experiment. */
const partOfRequests = oneOf<Metric>(
  'http_requests_total{code=~"5.."}',
  'http_requests_total{code=~"5..", path!="/health"}',
);

/** An arbitrary for each kind, by the labels that an expression must keep. */
export const sliArbitraries = {
  events: (by: Groups) =>
    fc.oneof(
      fc.record({
        kind: oneOf("events" as const),
        total: counterOf("http_requests_total", by),
        bad: fc.oneof(partOfRequests, counterOf("http_errors_total", by)),
      }),
      fc.record({
        kind: oneOf("events" as const),
        total: counterOf("jobs_finished_total", by),
        good: counterOf("jobs_succeeded_total", by),
      }),
    ),
  latency: () =>
    declared(
      {
        kind: oneOf("latency" as const),
        histogram: histogram(),
        threshold: oneOf<Duration | number>("1s", 0.5, "250ms", 2),
      },
      { type: oneOf("classic" as const, "native", "nhcb"), buckets: oneOf([0.25, 0.5, 1, 2], [250, 500, 1000, 2000]) },
    ),
  gauge: (by: Groups) =>
    declared(
      {
        kind: oneOf("gauge" as const),
        metric: gaugeOf("queue_depth", by),
        op: oneOf("<" as const, "<=", ">", ">=", "==", "!="),
        threshold: oneOf(0, -3, 10, 0.25, 1e12),
      },
      more,
    ),
  probe: (by: Groups) =>
    declared(
      { kind: oneOf("probe" as const), metric: fc.oneof(gaugeOf("probe_success", by), gaugeOf("up", by)) },
      more,
    ),
  freshness: (by: Groups) =>
    declared(
      {
        kind: oneOf("freshness" as const),
        timestamp: gaugeOf("index_last_success_timestamp_seconds", by),
        maxAge: oneOf<Duration>("5m", "6h", "2d"),
      },
      more,
    ),
  throughput: (by: Groups) => {
    const all = { kind: oneOf("throughput" as const), metric: counterOf("tokens_generated_total", by) };
    return fc.oneof(
      declared({ ...all, atLeast: oneOf(0.5, 100) }, more),
      declared({ ...all, atMost: oneOf(0.5, 1000) }, more),
    );
  },
  score: (by: Groups) =>
    declared(
      { kind: oneOf("score" as const), sum: counterOf("eval_score_sum", by), count: counterOf("eval_score_count", by) },
      { max: oneOf(5, 0.1, 100) },
    ),
  ratio: (by: Groups) =>
    fc.oneof(
      declared({ kind: oneOf("ratio" as const), good: gaugeOf("cache_hit_ratio", by) }, more),
      declared({ kind: oneOf("ratio" as const), bad: gaugeOf("drop_ratio", by) }, more),
    ),
} satisfies Record<string, (by: Groups) => fc.Arbitrary<SliDeclaration>>;

/** Any kind but a composite. */
export function sliOf(groupBy: Groups): fc.Arbitrary<SliDeclaration> {
  return fc.oneof(...Object.values(sliArbitraries).map((make) => make(groupBy)));
}

/** A composite of SLOs that are there, each by its id. */
export function compositeOf(of: readonly string[]): fc.Arbitrary<CompositeDeclaration> {
  const weighted = of.map((slo, index) => (index % 2 === 0 ? { slo, weight: index + 0.5 } : slo));
  return oneOf<CompositeDeclaration>(
    { kind: "composite", as: "worst", of },
    { kind: "composite", as: "serial", of },
    { kind: "composite", as: "weighted", of: weighted },
  );
}

function histogram(): fc.Arbitrary<string> {
  return fc.oneof(
    selectorOf("http_request_duration_seconds"),
    selectorOf("rpc_duration_milliseconds"),
    selectorOf("vllm:e2e_request_latency_seconds"),
  );
}
