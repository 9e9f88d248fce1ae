import { describe, expect, test } from "vitest";
import { checks, runChecks } from "../../src/check/index.ts";
import { availability, slow } from "../parse/valid.ts";
import { findingsOf, hintOf, planOf, run } from "./findings.ts";

test("a sound service in a declared environment has no findings", () => {
  const page = { pagerduty: { secret: "pagerduty" } };
  const environment = {
    buckets: { ai_inference_latency_seconds: [0.5, 1] },
    receivers: { default: { page, ticket: page } },
  };
  expect(runChecks(planOf([availability, slow], environment))).toEqual([]);
});

test("every check has a name of its own", () => {
  expect(new Set(checks.map(({ name }) => name)).size).toBe(checks.length);
});

describe("buckets", () => {
  const latency = (histogram: string, threshold: string | number, type?: string) => [
    { ...slow, sli: { kind: "latency", histogram, threshold, type } },
  ];
  test.each([
    ["a threshold between known boundaries", latency("vllm:time_to_first_token_seconds", "2s"), "threshold-off-list"],
    ["a threshold above them all", latency("vllm:time_to_first_token_seconds", "2d"), "threshold-off-list"],
    ["a boundary in one version only", latency("litellm_llm_api_latency_metric", "250ms"), "buckets-unknown"],
    ["an unknown histogram", latency("app_request_seconds", "1s"), "buckets-unknown"],
    ["a name that every object has", latency("toString", "1s"), "buckets-unknown"],
  ])("%s is found", (_name, slos, code) =>
    expect(findingsOf("buckets", slos)).toEqual([`${code} gateway.slos[0].sli.threshold`]),
  );

  test.each([
    ["a known boundary", latency("vllm:time_to_first_token_seconds", "2500ms")],
    ["a boundary of every version", latency("litellm_llm_api_latency_metric", "10s")],
    ["a boundary in milliseconds", latency("kong_ai_llm_provider_latency_ms", "5s")],
    ["TGI's geometric boundaries", latency("tgi_request_duration", 12.783403948858936)],
    ["a native histogram", latency("app_request_seconds", "1500ms", "native")],
    ["custom buckets", latency("app_request_seconds", "1s", "nhcb")],
  ])("%s is sound", (_name, slos) => expect(findingsOf("buckets", slos)).toEqual([]));

  test("a client library's own boundaries have a name, in the SLI and in the platform", () => {
    const own = (buckets: unknown, threshold: string) => [
      { ...slow, sli: { kind: "latency", histogram: "app_seconds", threshold, buckets } },
    ];
    expect(findingsOf("buckets", own("client_golang", "250ms"))).toEqual([]);
    expect(findingsOf("buckets", own("client_golang", "75ms"))).toEqual([
      "threshold-no-bucket gateway.slos[0].sli.threshold",
    ]);
    expect(findingsOf("buckets", own("client_python", "75ms"))).toEqual([]);
    const environment = { buckets: { app_seconds: "prom-client" } };
    expect(hintOf("buckets", latency("app_seconds", "300ms"), environment)).toContain("Take 250ms or 500ms;");
  });

  test("Envoy's times are milliseconds, which their names do not say", () => {
    const time = 'envoy_cluster_upstream_rq_time{envoy_cluster_name="a"}';
    expect(findingsOf("buckets", latency(time, "250ms"))).toEqual([]);
    expect(findingsOf("buckets", latency(time, 250))).toEqual([]);
    expect(hintOf("buckets", latency(time, "300ms"))).toContain("Take 250ms or 500ms;");
    const [slo] = planOf(latency(time, "250ms")).services[0]?.slos ?? [];
    expect(JSON.stringify(slo?.groups)).toContain('"value":"250(\\\\.0)?"');
  });

  test("the nearest boundaries are named", () => {
    expect(hintOf("buckets", latency("vllm:time_to_first_token_seconds", "2s"))).toMatch(/\b1s\b.*\b2500ms\b/);
    expect(hintOf("buckets", latency("vllm:time_to_first_token_seconds", 2))).toMatch(/\b1\b.*\b2\.5\b/);
    expect(hintOf("buckets", latency("vllm:time_to_first_token_seconds", "2d"))).toContain("2560s");
  });

  test("a threshold is reported as it was written and in the metric's unit, and the buckets where they were declared", () => {
    const declared = { buckets: { app_seconds: [0.25, 0.5] } };
    const [ofPlatform] = run("buckets", planOf(latency("app_seconds", "300ms"), declared));
    expect(ofPlatform?.message).toMatch(/\b300ms \(0\.3\).*platform\.buckets\.app_seconds/s);
    expect(ofPlatform?.hint).toMatch(/\b250ms\b.*\b500ms\b.*platform\.buckets\.app_seconds/s);
    const own = [
      { ...slow, sli: { kind: "latency", histogram: "app_seconds", threshold: "300ms", buckets: [0.25, 0.5] } },
    ];
    expect(run("buckets", planOf(own, declared))[0]?.message).toContain("gateway.slos[0].sli.buckets");
  });

  test("many seconds may be meant as milliseconds", () => {
    const [unknown] = run("buckets", planOf(latency("app_seconds", 500)));
    expect(unknown?.message).toContain("500 seconds");
    expect(unknown?.hint).toContain('"500ms"');
    const declared = { buckets: { app_seconds: [0.25, 0.5] } };
    const [wrong] = run("buckets", planOf(latency("app_seconds", 500), declared));
    expect(wrong?.message).toContain("500 seconds");
    expect(wrong?.hint).toContain('"500ms"');
    expect(hintOf("buckets", latency("app_seconds", 5))).not.toContain("milliseconds");
    expect(hintOf("buckets", latency("app_cost_dollars", 500))).not.toContain("milliseconds");
  });

  test("what the platform declares counts before what is known", () => {
    const declared = { buckets: { "vllm:time_to_first_token_seconds": [2, 4] } };
    expect(findingsOf("buckets", latency("vllm:time_to_first_token_seconds", "2s"), declared)).toEqual([]);
    expect(findingsOf("buckets", latency("vllm:time_to_first_token_seconds", "1s"), declared)).toEqual([
      "threshold-no-bucket gateway.slos[0].sli.threshold",
    ]);
  });
});

describe("matchers", () => {
  const events = (total: unknown, part: object) => [{ ...availability, sli: { kind: "events", total, ...part } }];
  test.each([
    ["bad without the total's job", events('a_total{job="x"}', { bad: 'a_total{code="500"}' }), "bad"],
    ["a misspelt label", events('a_total{job="x"}', { bad: 'a_total{jbo="x",code="500"}' }), "bad"],
    ["good without the total's job", events('a_total{job="x"}', { good: 'a_total{code="200"}' }), "good"],
    ["another metric", events('a_total{job!="x"}', { bad: "a_errors_total" }), "bad"],
  ])("%s is found", (_name, slos, field) =>
    expect(findingsOf("matchers", slos)).toEqual([`matcher-missing gateway.slos[0].sli.${field}`]),
  );

  test.each([
    ["the same matcher", events('a_total{job="x"}', { bad: 'a_total{job="x",code="500"}' })],
    ["another value", events('a_total{code!~"4.."}', { bad: 'a_total{code=~"5.."}' })],
    ["a label that is said not to be there", events('a_total{job="x"}', { bad: 'b_total{job=""}' })],
    ["an expression", events('a_total{job="x"}', { bad: { promql: "rate(a_total[$window])" } })],
  ])("%s is sound", (_name, slos) => expect(findingsOf("matchers", slos)).toEqual([]));

  test("a misspelt label is named", () => {
    const hint = (part: string) => hintOf("matchers", events('a_total{job="x"}', { bad: `a_total{${part}}` }));
    expect(hint('jbo="x"')).toBe("Write `job` in place of `jbo`.");
    expect(hint('code="5"')).toContain('`job=""`');
  });
});

describe("retention", () => {
  test.each([
    ["29d", 1],
    ["30d", 0],
    ["1w", 1],
  ])("%s for a window of 30d", (retention, count) => {
    expect(findingsOf("retention", [availability], { retention })).toHaveLength(count);
  });

  test("each window is compared, and the calendar is the way out", () => {
    const slo = { ...availability, window: ["7d", "60d", { calendar: "year" }] };
    expect(findingsOf("retention", [slo], { retention: "30d" })).toEqual([
      "window-beyond-retention gateway.slos[0].window[1]",
    ]);
    expect(hintOf("retention", [slo], { retention: "30d" })).toContain('{ calendar: "month" }');
  });

  test.each(["day", "week", "month", "quarter", "year"])("a calendar %s needs none", (calendar) => {
    const slo = { ...availability, window: { calendar }, alerting: { enabled: false } };
    expect(findingsOf("retention", [slo], { retention: "1d" })).toEqual([]);
  });

  test("an undeclared one is no finding of this check", () => {
    expect(findingsOf("retention", [availability], { retention: undefined })).toEqual([]);
  });
});

describe("ranges", () => {
  const tier = { name: "fast", severity: "page", long: "1h", burn: 10 };
  const rest = { name: "slow", severity: "ticket", long: "3d", short: "6h", burn: 1 };
  test.each([
    ["2m", {}, 0],
    ["90s", {}, 1],
    ["2m", { scrapeInterval: "1m" }, 1],
    ["2m", { evaluationInterval: "3m" }, 1],
  ])("a short window of %s in %j", (short, environment, count) => {
    expect(
      findingsOf("ranges", [{ ...availability, alerting: { tiers: [{ ...tier, short }, rest] } }], environment),
    ).toEqual(count === 0 ? [] : ["range-too-short gateway.slos[0].alerting.tiers[0].short"]);
  });

  test("the default tiers are long enough for every scrape interval", () => {
    for (const scrapeInterval of ["15s", "1m", "2m", "4m"])
      expect(findingsOf("ranges", [availability], { scrapeInterval })).toEqual([]);
  });

  test.each([
    ["[1m]", 1],
    ["[2m]", 0],
    ["[$window]", 0],
    ["[1m:30s]", 0],
    ["[1m30s]", 1],
  ])("a range %s in PromQL", (range, count) => {
    const promql = `sum(rate(x_total{a="[1s]"}${range}))`;
    const sli = {
      kind: "events",
      total: { promql: range.includes(":") ? `sum(max_over_time(x${range}))` : promql },
      bad: "x_errors_total",
    };
    expect(findingsOf("ranges", [{ ...availability, groupBy: [], sli }])).toEqual(
      count === 0 ? [] : ["range-too-short gateway.slos[0].sli.total.promql"],
    );
  });
});

describe("intervals", () => {
  test.each([
    [{ evaluationInterval: "4m" }, []],
    [{ evaluationInterval: "5m" }, ["evaluation-too-slow gateway.slos[0].evaluationInterval"]],
    [{ scrapeInterval: "5m" }, ["evaluation-too-slow gateway.slos[0].scrapeInterval"]],
  ])("%j", (change, expected) => expect(findingsOf("intervals", [{ ...availability, ...change }])).toEqual(expected));
});

describe("slices", () => {
  const gauge = (slice?: string) => ({
    ...availability,
    sli: { kind: "gauge", metric: "ai_queue_requests", op: "<", threshold: 5, slice },
  });
  test.each([
    ["10s", {}, 1],
    ["30s", {}, 0],
    [undefined, {}, 0],
    [undefined, { scrapeInterval: "2m" }, 1],
    [undefined, { evaluationInterval: "2m" }, 1],
  ])("a slice of %s in %j", (slice, environment, count) => {
    expect(findingsOf("slices", [gauge(slice)], environment)).toEqual(
      count === 0 ? [] : ["slice-too-short gateway.slos[0].sli.slice"],
    );
  });
});

describe("runbooks", () => {
  test("all missing is one finding of the service, one missing is one of the SLO", () => {
    const none = { runbooks: undefined };
    expect(findingsOf("runbooks", [availability, slow], none)).toEqual(["missing-runbook gateway.runbooks"]);
    expect(findingsOf("runbooks", [availability, { ...slow, runbook: "https://a.example" }], none)).toEqual([
      "missing-runbook gateway.slos[0].runbook",
    ]);
    expect(findingsOf("runbooks", [availability, slow])).toEqual([]);
  });

  test("an SLO without alerts needs none", () => {
    const silent = { ...availability, alerting: { enabled: false }, absence: { noData: false, broken: false } };
    expect(findingsOf("runbooks", [silent], { runbooks: undefined })).toEqual([]);
  });
});

describe("required labels", () => {
  const environment = { requiredLabels: ["env", "owner", "model"] };
  test("are asked of the service, or of the one SLO that lacks them", () => {
    const grouped = { ...slow, groupBy: ["model"] };
    expect(findingsOf("required-labels", [availability, grouped], environment)).toEqual([
      "missing-label gateway.labels",
    ]);
    expect(findingsOf("required-labels", [availability, { ...grouped, labels: { env: "x" } }], environment)).toEqual([
      "missing-label gateway.slos[0].labels",
    ]);
    expect(findingsOf("required-labels", [availability, grouped], environment, { labels: { env: "x" } })).toEqual([]);
  });
});

describe("ruler limits", () => {
  test("an SLO may have any number of tiers, since rules that do not fit have a group of their own", () => {
    const tiers = Array.from({ length: 12 }, (_, index) => ({
      name: `tier-${index}`,
      severity: index < 6 ? "page" : "ticket",
      long: `${index + 1}h`,
      short: "5m",
      burn: 12 - index,
    }));
    expect(findingsOf("ruler-limits", [{ ...availability, alerting: { tiers } }])).toEqual([]);
    expect(
      findingsOf("ruler-limits", [{ ...availability, alerting: { tiers } }], { ruler: { rulesPerGroup: 8 } }),
    ).toEqual([]);
  });

  test("groups are counted over all services", () => {
    expect(findingsOf("ruler-limits", [availability, slow], { ruler: { groups: 1 } })).toEqual([
      "too-many-groups platform.ruler.groups",
    ]);
    expect(findingsOf("ruler-limits", [availability, slow], { ruler: { groups: 100 } })).toEqual([]);
  });
});

describe("few events", () => {
  test.each([
    [300, 1],
    [334, 0],
    [undefined, 0],
  ])("%s events a day at 99.9 over 30d", (eventsPerDay, count) => {
    expect(findingsOf("few-events", [{ ...availability, eventsPerDay }])).toEqual(
      count === 0 ? [] : ["few-events gateway.slos[0].eventsPerDay"],
    );
  });

  test.each([
    [{ minBad: 1, eventsPerDay: 960 }, 1],
    [{ minBad: 1, eventsPerDay: 960, minEvents: 100 }, 0],
    [{ minBad: 1, eventsPerDay: 100_000 }, 0],
    [{ eventsPerDay: 960 }, 0],
  ])("one failure that pages, with %j", (change, count) =>
    expect(findingsOf("few-events", [{ ...availability, ...change }])).toHaveLength(count),
  );
});

describe("a reason for a lower objective", () => {
  const reason = { from: 99.9, why: "The provider promises no more." };
  const stale = ["stale-loosening gateway.slos[0].loosened"];
  test.each([
    [{ objective: 99.5 }, []],
    [{ objective: 99.9 }, stale],
    [{ objective: 99.95 }, stale],
    [{ objective: 99.95, groupBy: ["model"], objectives: { small: 99.5 } }, []],
  ])("with %j", (change, found) => {
    expect(findingsOf("stale-loosening", [{ ...availability, ...change, loosened: reason }])).toEqual(found);
  });
});

describe("a budget that is less than one look at what happens", () => {
  const probe = { ...availability, groupBy: [], sli: { kind: "probe", metric: "probe_success" } };
  const found = (slo: object) => findingsOf("few-events", [{ ...availability, ...slo }]);

  test.each([
    [{ objective: 99.99999 }, 1],
    [{ objective: 99.999 }, 0],
    [{ objective: 99.99999, window: "90d", scrapeInterval: "5s" }, 0],
    [{ objective: 99.99999, eventsPerDay: 1e12 }, 0],
    [{ ...probe, objective: 99.9999 }, 1],
    [{ ...probe, objective: 99.99 }, 0],
  ])("is named, unless the events are counted: %j", (slo, count) => expect(found(slo)).toHaveLength(count));
});

describe("parts of a budget", () => {
  const usd = (amount: number) => ({ amount, unit: "dollars" });
  const found = (more: object) => {
    const budget = { kind: "spend", name: "day", metric: "a_dollars_total", per: "day", by: ["team"], ...more };
    return findingsOf("budgets", [], {}, { budgets: [budget] }).map((each) => each.replace("gateway.budgets[0].", ""));
  };
  test("above the whole are found", () => {
    expect(found({ limit: usd(100), limits: { search: usd(500), chat: usd(50) } })).toEqual([
      "limit-above-whole limits.search",
    ]);
    expect(found({ limit: usd(100), limitEach: usd(101) })).toEqual(["limit-above-whole limitEach"]);
    expect(found({ limit: usd(100), limitEach: usd(100) })).toEqual([]);
    expect(found({ limitEach: usd(100) })).toEqual([]);
  });
});

describe("metric names", () => {
  const events = (total: string) => [{ ...availability, sli: { kind: "events", total, bad: "ai_errors_total" } }];
  const gauge = (metric: string) => [{ ...availability, sli: { kind: "gauge", metric, op: "<", threshold: 5 } }];
  const latency = (histogram: string) => [{ ...slow, sli: { kind: "latency", histogram, threshold: 1 } }];

  test.each([
    [events("ai_requests"), "total"],
    [events("requests"), "total"],
    [events("ai_RequestsTotal"), "total"],
    [events("ai_request_duration_ms_total"), "total"],
    [gauge("ai_queue_wait_milliseconds"), "metric"],
    [gauge("queue"), "metric"],
    [gauge("ai_memory_megabytes"), "metric"],
    [gauge("ai_gpu_percent"), "metric"],
    [latency("ai_latency"), "histogram"],
    [latency("ai_latency_ms"), "histogram"],
  ])("%j is doubtful", (slos, field) =>
    expect(findingsOf("metric-names", slos)).toEqual([`metric-name gateway.slos[0].sli.${field}`]),
  );

  test.each([
    [events("ai_inference_cost_dollars_total")],
    [events("ai_latency_seconds_count")],
    [events("tgi_request_count")],
    [events("nv_inference_request_success")],
    [events("vllm:request_success_total")],
    [events("app:requests_total")],
    [events("job:requests_total:sum")],
    [gauge("vllm:num_requests_waiting")],
    [gauge("ai_queue_requests")],
    [gauge("up")],
    [latency("ai_inference_latency_seconds")],
    [latency("litellm_request_total_latency_metric")],
    [latency("kong_ai_llm_provider_latency_ms")],
    [gauge("ai_status_code_seconds")],
  ])("%j is sound", (slos) => expect(findingsOf("metric-names", slos)).toEqual([]));

  test.each([
    [events("pg_stat_database_xact_commit")],
    [events("mysql_global_status_queries")],
    [events("temporal_request")],
    [latency("traces_spanmetrics_latency")],
    [latency("duration_milliseconds")],
    [latency("http_server_duration_milliseconds")],
    [latency('{"http.server.request.duration"}')],
    [gauge("default_jenkins_builds_last_build_duration_milliseconds")],
  ])("%j is an exporter's", (slos) => expect(findingsOf("metric-names", slos)).toEqual([]));

  test("what the platform calls foreign is nobody's to rename", () => {
    expect(findingsOf("metric-names", events("legacy_calls"))).toHaveLength(1);
    expect(findingsOf("metric-names", events("legacy_calls"), { foreign: ["legacy_"] })).toEqual([]);
  });

  test("the name in base units is suggested", () => {
    expect(hintOf("metric-names", latency("ai_latency_ms"))).toContain("`ai_latency_seconds`");
    expect(hintOf("metric-names", events("ai_requests"))).toContain("`ai_requests_total`");
    expect(hintOf("metric-names", gauge("aiQueueDepth"))).toContain("`ai_queue_depth`");
  });
});

describe("what budgets and experiments read", () => {
  const dollars = (amount: number) => ({ amount, unit: "dollars" });
  const budget = { kind: "spend", name: "daily", metric: "ai_cost_dollars_total", per: "day", limit: dollars(5) };
  const sli = { kind: "events", total: "ai_requests_total", bad: "ai_errors_total" };
  const experiment = { name: "prompt", label: "variant", baseline: "A", slis: [{ name: "success", sli }] };
  const prices = {
    tokens: "ai_tokens_total",
    model: "model",
    type: "type",
    models: { a: { input: dollars(1) } },
    per: "1M",
  };
  const of = (name: string, more: object, environment: object = {}) =>
    findingsOf(name, [], environment, { slos: [], ...more });

  test.each([
    [{ budgets: [{ ...budget, metric: "ai_cost_dollars" }] }, "budgets[0].metric"],
    [{ budgets: [{ ...budget, requests: "requests" }] }, "budgets[0].requests"],
    [{ budgets: [{ ...budget, tokens: "ai_tokens" }] }, "budgets[0].tokens"],
    [
      { budgets: [{ ...budget, metric: undefined, prices: { ...prices, tokens: "ai_tokens" } }] },
      "budgets[0].prices.tokens",
    ],
    [
      {
        budgets: [
          { ...budget, metric: undefined, prices: { ...prices, type: undefined, tokens: { input: "ai_tokens" } } },
        ],
      },
      "budgets[0].prices.tokens.input",
    ],
    [
      { experiments: [{ ...experiment, slis: [{ name: "success", sli: { ...sli, total: "requests" } }] }] },
      "experiments[0].slis[0].sli.total",
    ],
    [
      { experiments: [{ ...experiment, cost: { metric: "ai_cost_dollars", per: "ai_requests_total" } }] },
      "experiments[0].cost.metric",
    ],
    [
      { experiments: [{ ...experiment, cost: { metric: "ai_cost_dollars_total", per: "ai_requests" } }] },
      "experiments[0].cost.per",
    ],
  ])("has names that say what they count: %j", (more, path) =>
    expect(of("metric-names", more)).toEqual([`metric-name gateway.${path}`]),
  );

  test.each([
    [{ budgets: [{ ...budget, metric: "ai_cost_euros_total" }] }, "budgets[0].metric"],
    [{ budgets: [{ ...budget, metric: "ai_cost_cents_total" }] }, "budgets[0].metric"],
    [{ budgets: [{ ...budget, metric: "ai_tokens_total" }] }, "budgets[0].metric"],
    [{ budgets: [{ ...budget, kind: "tokens", limit: { amount: 5, unit: "tokens" } }] }, "budgets[0].metric"],
    [
      { budgets: [{ ...budget, metric: undefined, prices: { ...prices, tokens: "ai_cost_dollars_total" } }] },
      "budgets[0].prices.tokens",
    ],
    [
      {
        experiments: [
          { ...experiment, cost: { metric: "ai_cost_usd_total", per: "ai_requests_total", unit: "euros" } },
        ],
      },
      "experiments[0].cost.metric",
    ],
  ])("counts what it is held to: %j", (more, path) =>
    expect(of("units", more)).toEqual([`metric-name gateway.${path}`]),
  );

  test.each([
    [{ budgets: [budget, { ...budget, name: "other", metric: "ai_cost_total" }] }],
    [{ budgets: [{ ...budget, metric: "ai_tokens_cost_dollars_total", tokens: "ai_tokens_total" }] }],
    [{ budgets: [{ ...budget, metric: undefined, prices }] }],
    [{ experiments: [{ ...experiment, cost: { metric: "ai_cost_dollars_total", per: "ai_requests_total" } }] }],
  ])("is sound: %j", (more) => {
    expect(of("units", more)).toEqual([]);
    expect(of("metric-names", more)).toEqual([]);
  });

  test.each([
    [{ budgets: [{ ...budget, metric: { promql: "sum(rate(x_dollars_total[1m]))" } }] }, "budgets[0].metric.promql"],
    [{ budgets: [{ ...budget, requests: { promql: "sum(rate(x_total[30s]))" } }] }, "budgets[0].requests.promql"],
    [
      { experiments: [{ ...experiment, cost: { metric: { promql: "sum(rate(x[1m]))" }, per: "ai_requests_total" } }] },
      "experiments[0].cost.metric.promql",
    ],
    [{ experiments: [{ ...experiment, window: "3m" }] }, "experiments[0].window"],
  ])("has ranges of four scrapes and a comparison: %j", (more, path) =>
    expect(of("ranges", more)).toEqual([`range-too-short gateway.${path}`]),
  );

  test("has windows and ranges that are long enough", () => {
    const sound = {
      budgets: [{ ...budget, metric: { promql: "sum(rate(x_dollars_total[$window]))" } }],
      experiments: [{ ...experiment, window: "4m" }],
    };
    expect(of("ranges", sound)).toEqual([]);
  });

  test("is scraped and evaluated before Prometheus forgets it", () => {
    const slow = { evaluationInterval: "5m" };
    const found = ["evaluation-too-slow gateway.evaluationInterval"];
    expect(of("intervals", { budgets: [budget], ...slow })).toEqual(found);
    expect(of("intervals", { experiments: [experiment], ...slow })).toEqual(found);
    expect(of("intervals", { budgets: [budget], experiments: [experiment] })).toEqual([]);
  });

  test("has thresholds that are bucket boundaries", () => {
    const latency = { kind: "latency", histogram: "vllm:time_to_first_token_seconds", threshold: "2s" };
    const slis = [
      { name: "success", sli },
      { name: "fast", sli: latency },
    ];
    expect(of("buckets", { experiments: [{ ...experiment, slis }] })).toEqual([
      "threshold-off-list gateway.experiments[0].slis[1].sli.threshold",
    ]);
  });

  test("leads to a runbook", () => {
    const none = { runbooks: undefined };
    expect(of("experiments", { experiments: [experiment] })).toEqual([]);
    expect(of("experiments", { experiments: [experiment] }, none)).toEqual([
      "missing-runbook gateway.experiments[0].runbook",
    ]);
    expect(of("experiments", { experiments: [{ ...experiment, runbook: "https://a.example" }] }, none)).toEqual([]);
    expect(of("budgets", { budgets: [budget] }, none)).toEqual(["missing-runbook gateway.budgets[0].runbook"]);
  });

  test("carries the labels that the platform requires", () => {
    const environment = { requiredLabels: ["env", "owner", "variant"] };
    expect(of("experiments", { experiments: [experiment] }, environment)).toEqual([
      "missing-label gateway.experiments[0].labels",
    ]);
    expect(of("experiments", { experiments: [{ ...experiment, labels: { env: "x" } }] }, environment)).toEqual([]);
  });

  test("fits the memory of Prometheus", () => {
    expect(of("experiments", { experiments: [{ ...experiment, window: "61d" }] })).toEqual([
      "window-beyond-retention gateway.experiments[0].window",
    ]);
  });
});
