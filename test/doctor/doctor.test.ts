/** The doctor asks a real Prometheus, whose past is made of blocks. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Connection } from "../../src/doctor/ask/no-answer.ts";
import { connectionOf } from "../../src/doctor/ask/prometheus.ts";
import { diagnose } from "../../src/doctor/doctor.ts";
import { events, freshness, gauge, latency, type PlatformDeclaration, type SloDeclaration } from "../../src/index.ts";
import type { Issue } from "../../src/issue.ts";
import { planOf } from "../diff/planned.ts";
import type { Server } from "../support/engine-server.ts";
import { describeWithEngine, runPromtool, startPrometheus } from "../support/engines.ts";
import { type HttpServer, startHttp } from "../support/live-http.ts";

const now = Math.floor(Date.now() / 1000);
const HOUR = 3600;

/** A counter from some hours ago until now, or until it ended. */
function counter(series: string, { hours = 26, until = now + HOUR, step = 60 } = {}): string[] {
  const from = now - hours * HOUR;
  const length = Math.floor((until - from) / step);
  return Array.from({ length }, (_, index) => `${series} ${index} ${from + index * step}`);
}

function openMetrics(families: Readonly<Record<string, readonly string[]>>): string {
  const all = Object.entries(families).map(([name, lines]) => [`# TYPE ${name} unknown`, ...lines].join("\n"));
  return `${all.join("\n")}\n# EOF\n`;
}

const past = openMetrics({
  up: counter('up{job="shop",instance="a"}'),
  requests_total: counter('requests_total{job="shop",instance="a",code="200"}'),
  errors_total: counter('errors_total{job="shop",instance="a"}'),
  routed_total: counter('routed_total{job="shop",instance="a","http.route"="/a"}'),
  old_requests_total: counter('old_requests_total{job="shop",instance="a"}', { until: now - 20 * HOUR }),
  summed_total: counter('summed_total{job="shop"}'),
  each_total: counter('each_total{job="shop",instance="a"}'),
  seldom_total: [20, 15, 10, 5, 0].flatMap((hours) =>
    counter('seldom_total{job="shop",instance="a"}', { hours: hours + 1, until: now - hours * HOUR }),
  ),
  new_total: counter('new_total{job="shop",instance="a"}', { hours: 4 }),
  restarted_total: Array.from(
    { length: 8 },
    (_, index) => `restarted_total{job="shop",instance="a"} ${(index + 5) % 9} ${now - 480 + index * 60}`,
  ),
  runs_total: counter('runs_total{job="nightly"}'),
  delta_total: Array.from(
    { length: 120 },
    (_, index) => `delta_total{job="shop",instance="a"} ${50 - (index % 3)} ${now - 7000 + index * 60}`,
  ),
  request_duration_seconds_count: counter('request_duration_seconds_count{job="shop",instance="a"}'),
  request_duration_seconds_bucket: [
    ...counter('request_duration_seconds_bucket{job="shop",instance="a",le="0.5"}'),
    ...counter('request_duration_seconds_bucket{job="shop",instance="a",le="2.0"}'),
  ],
});

/** The same server, but what it says of its start. */
function asIfStartedLongAgo({ url }: Server): Promise<HttpServer> {
  return startHttp(async (request, response) => {
    const answer = await (await fetch(`${url}${request.url}`)).text();
    response.end(answer.replace(/"startTime":"[^"]*"/, '"startTime":"2020-01-01T00:00:00Z"'));
  });
}

/** Rules of somebody else. */
const recorded = {
  groups: [
    {
      name: "theirs",
      rules: [
        { record: "summed_total", expr: "sum without (instance, code) (requests_total)" },
        { record: "each_total", expr: "sum by (job, instance) (requests_total)" },
      ],
    },
  ],
};

describeWithEngine(["prometheus", "promtool"], "the doctor", () => {
  const dir = mkdtempSync(join(tmpdir(), "firebreak-doctor-"));
  let prometheus: Server;
  let old: HttpServer;

  beforeAll(async () => {
    writeFileSync(join(dir, "past.om"), past);
    const made = await runPromtool(["tsdb", "create-blocks-from", "openmetrics", "past.om", "data"], { cwd: dir });
    expect(made.stderr).toBe("");
    writeFileSync(join(dir, "theirs.yaml"), JSON.stringify(recorded));
    const config = JSON.stringify({ global: { scrape_interval: "1m" }, rule_files: ["theirs.yaml"] });
    prometheus = await startPrometheus({ config, dir, flags: ["--storage.tsdb.retention.time=70d"] });
    old = await asIfStartedLongAgo(prometheus);
  });

  afterAll(async () => {
    await old?.stop();
    await prometheus?.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  async function found(slo: Partial<SloDeclaration>, environment: PlatformDeclaration = {}): Promise<Issue[]> {
    const declared = {
      name: "s",
      objective: 99,
      sli: events({ total: "requests_total", bad: "errors_total" }),
      ...slo,
    };
    const plan = planOf(
      {
        name: "shop",
        owner: "web",
        runbooks: "https://r.example.com",
        slos: [declared as SloDeclaration],
      },
      environment,
    );
    const connection = connectionOf(old.url, {});
    if ("code" in connection) throw new Error(connection.message);
    const { issues } = await diagnose(plan, connection);
    return issues.filter(({ code }) => !["rules-not-loaded", "alerts-go-nowhere"].includes(code));
  }

  const service = { name: "shop", owner: "web", runbooks: "https://r.example.com" };
  const codes = async (slo: Partial<SloDeclaration>): Promise<string[]> => (await found(slo)).map(({ code }) => code);
  const counts = (total: string, bad = "errors_total") => ({ sli: events({ total, bad }) });

  test("has nothing against what is there", async () => {
    expect(await found({})).toEqual([]);
  });

  test("measures what the rules read, and what they add", async () => {
    const plan = planOf(
      { ...service, slos: [{ name: "s", objective: 99, scrapeInterval: "1m", ...counts("requests_total") }] },
      {},
    );
    const { cost } = await diagnose(plan, connectionOf(old.url, {}) as Connection);
    const recorded = plan.services.flatMap(({ slos }) =>
      slos.flatMap(({ groups }) => groups.flatMap(({ rules }) => rules)),
    );
    expect(cost?.addedSeries).toBe(recorded.filter(({ type }) => type === "record").length);
    const { measuredSamplesPerHour = 0, predictedSamplesPerHour = 0 } = cost ?? {};
    expect(measuredSamplesPerHour / predictedSamplesPerHour).toBeGreaterThan(0.5);
    expect(measuredSamplesPerHour / predictedSamplesPerHour).toBeLessThan(1.5);
    expect(cost?.headSeries).toBeGreaterThanOrEqual(0);
  });

  test("says which name was meant where a metric was never seen", async () => {
    const [issue] = await found(counts("request_total"));
    expect([issue?.code, issue?.message]).toEqual(["metric-never-seen", expect.stringContaining("requests_total")]);
  });

  test("tells a counter that a rule makes by adding up those of several targets", async () => {
    const [issue, ...others] = await found(counts("summed_total", "summed_total"));
    expect([issue?.code, issue?.path]).toEqual(["recorded-sum", ["shop", "slos", 0, "sli", "total"]]);
    expect(issue?.message).toContain("`sum without (instance, code) (requests_total)`");
    expect(others).toEqual([]);
    expect(await codes(counts("each_total"))).toEqual([]);
  });

  test("says since when a metric is gone", async () => {
    const [issue] = await found(counts("old_requests_total"));
    expect([issue?.code, issue?.message]).toEqual([
      "metric-gone",
      expect.stringMatching(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/),
    ]);
  });

  test("tells a metric that is there only sometimes", async () => {
    expect(await codes(counts("seldom_total"))).toEqual(["metric-sometimes"]);
  });

  test("has nothing against a metric that is there since it first was, a few hours ago", async () => {
    expect(await codes(counts("new_total"))).toEqual([]);
  });

  test("does not judge the traffic of less than a day", async () => {
    const declared = { eventsPerDay: 5_000_000, minEvents: 1000 };
    expect(await codes({ ...counts("new_total"), ...declared })).toEqual([]);
  });

  test("takes one restart among few samples for no fall of a gauge", async () => {
    expect(await codes(counts("restarted_total"))).toEqual([]);
  });

  test("does not judge what is missing on a server that has just started", async () => {
    const slos = [
      { name: "gone", objective: 99, ...counts("old_requests_total") },
      { name: "never", objective: 99, sli: latency({ histogram: "queue_seconds", threshold: "1s" }) },
    ];
    const plan = planOf({ ...service, slos }, { buckets: { queue_seconds: [1] } });
    const { issues } = await diagnose(plan, connectionOf(prometheus.url, {}) as Connection);
    const about = issues.filter(({ path }) => path[0] === "shop").map(({ code }) => code);
    expect(about).toEqual(["just-started", "just-started"]);
  });

  test("names the matcher that takes nothing, and the values that there are", async () => {
    const [issue] = await found(counts('requests_total{job="shop", code="2oo"}'));
    expect([issue?.code, issue?.message]).toEqual([
      "label-value-never-seen",
      expect.stringMatching(/code="2oo".*"200"/),
    ]);
  });

  test.each([
    ["a metric that is born with its first error", "requests_total", "failures_of_backends_total"],
    ["a value of a label", "requests_total", 'requests_total{code="429"}'],
    ["an expression for values", "requests_total", 'requests_total{code!~"[234].."}'],
    ["a metric that a restart took away", "requests_total", "old_requests_total"],
  ])("only notes that nothing has failed yet: %s", async (_name, total, bad) => {
    const issues = await found(counts(total, bad));
    expect(issues.map(({ code, level, path }) => [code, level, path.includes("bad")])).toEqual([
      ["no-failure-yet", "note", true],
    ]);
  });

  test("takes failures for misspelt where a name, a value or a label is nearly there, or no label at all", async () => {
    expect(await codes(counts("requests_total", "erors_total"))).toEqual(["metric-never-seen"]);
    expect(await codes(counts("requests_total", 'requests_total{job="shp"}'))).toEqual(["label-value-never-seen"]);
    expect(await codes(counts("requests_total", 'requests_total{status="429"}'))).toEqual(["label-value-never-seen"]);
  });

  test("says of an expression that it has to match whole values", async () => {
    const [issue] = await found(counts('requests_total{code=~"4.."}'));
    expect([issue?.code, issue?.hint]).toEqual(["label-value-never-seen", expect.stringMatching(/./)]);
  });

  test("has nothing against failures that are there only sometimes", async () => {
    expect(await codes(counts("requests_total", "seldom_total"))).toEqual([]);
  });

  test("tells a label that no series has", async () => {
    expect(await codes({ groupBy: ["region"] })).toEqual(["label-absent", "label-absent"]);
  });

  test("names the label that is nearly there, else those that are", async () => {
    const said = async (label: string) => (await found({ groupBy: [label] })).map(({ message }) => message);
    expect(await said("instanze")).toContainEqual(expect.stringMatching(/There is instance\.$/));
    expect(await said("region")).toContainEqual(expect.stringMatching(/They have code, instance, job\.$/));
  });

  test("tells a label that only one of two SLOs groups the same metric by", async () => {
    const slos = [
      { name: "all", objective: 99, ...counts("requests_total") },
      { name: "each", objective: 99, groupBy: ["code"], ...counts("requests_total") },
    ];
    const { issues, metrics } = await diagnose(
      planOf({ ...service, slos }, {}),
      connectionOf(old.url, {}) as Connection,
    );
    const labels = issues.filter(({ code }) => code === "label-absent");
    expect(labels.map(({ path }) => path)).toEqual([["shop", "slos", 1, "sli", "bad"]]);
    expect(metrics).toBe(2);
  });

  test("tells series of a job that nothing is scraped for, unless their absence counts as bad", async () => {
    const [issue, ...others] = await found(counts("runs_total", "runs_total"));
    expect([issue?.code, issue?.message]).toEqual(["up-missing", expect.stringContaining('job="nightly"')]);
    expect(others).toEqual([]);
    expect(await codes({ sli: freshness({ timestamp: "runs_total", maxAge: "1h" }) })).toEqual([]);
  });

  test("tells what falls all the time and is counted", async () => {
    expect(await codes(counts("delta_total"))).toContain("not-a-counter");
    expect(await codes({ sli: gauge({ metric: "delta_total", op: "<", threshold: 60 }) })).not.toContain(
      "not-a-counter",
    );
  });

  test("asks for labels with dots as Prometheus writes them", async () => {
    const routed = { ...counts("routed_total", 'routed_total{instance="a"}'), groupBy: ["http.route"] };
    expect((await codes(routed)).filter((code) => code.startsWith("label"))).toEqual([]);
    expect((await codes({ ...routed, groupBy: ["http.method"] })).filter((code) => code.startsWith("label"))).toEqual([
      "label-absent",
      "label-absent",
    ]);
  });

  test("tells a threshold without a bucket, and which there are", async () => {
    const sli = latency({ histogram: "request_duration_seconds", threshold: "1s" });
    const [issue] = await found({ sli });
    expect([issue?.code, issue?.message]).toEqual(["bucket-absent", expect.stringContaining("0.5, 2")]);
  });

  test("tells traffic that is not what is declared, and a page that it silences", async () => {
    const issues = await found({ eventsPerDay: 5_000_000, minEvents: 1000 });
    expect(issues.map(({ code, path }) => [code, path.at(-1)])).toEqual([
      ["traffic-differs", "eventsPerDay"],
      ["traffic-differs", "minEvents"],
    ]);
  });

  test("tells an objective of a group that no series has, and which was meant", async () => {
    const totals = counts("requests_total", 'requests_total{code=~"5.."}');
    const issues = await found({ ...totals, groupBy: ["job"], objectives: { shop: 95, shpo: 90 } });
    expect(issues.map(({ code, message }) => [code, message])).toContainEqual([
      "value-never-seen",
      expect.stringMatching(/job="shpo".*"shop"/),
    ]);
    expect(issues.filter(({ code }) => code === "value-never-seen")).toHaveLength(1);
  });

  test("tells a retention that is shorter than a window", async () => {
    const [issue] = await found({ window: "90d" });
    expect(issue?.code).toBe("retention-too-short");
  });
});

describeWithEngine("prometheus", "the doctor of a server that is set up otherwise", () => {
  let prometheus: Server;
  const global = { external_labels: { severity: "prod", cluster: "eu" }, metric_name_validation_scheme: "legacy" };

  beforeAll(async () => {
    prometheus = await startPrometheus({ config: JSON.stringify({ global }), flags: ["--query.lookback-delta=1m"] });
  });

  afterAll(async () => prometheus?.stop());

  async function codes(slo: Partial<SloDeclaration>): Promise<string[]> {
    const base = { name: "s", objective: 99, sli: events({ total: "requests_total", bad: "errors_total" }) };
    const slos = [{ ...base, ...slo }];
    const plan = planOf({ name: "shop", owner: "web", runbooks: "https://r.example.com", slos }, {});
    const { issues } = await diagnose(plan, connectionOf(prometheus.url, {}) as Connection);
    return issues.map(({ code }) => code);
  }

  test("names the external label that rules write too, and none that they do not", async () => {
    const found = await codes({});
    expect(found.filter((code) => code === "external-label-collides")).toHaveLength(1);
    expect(found).not.toContain("feature-off");
  });

  test("finds a lookback that ends before the next sample of a rule", async () => {
    expect(await codes({})).toContain("lookback-too-short");
  });

  test("finds names and native histograms that it does not take", async () => {
    const named = events({ total: '{"http.requests"}', bad: "errors_total" });
    expect(await codes({ sli: named })).toContain("feature-off");
    const native = latency({ histogram: "request_duration_seconds", threshold: "1s", type: "native" });
    expect(await codes({ sli: native })).toContain("feature-off");
  });

  test("finds functions that are not enabled", async () => {
    const sli = events({ total: { promql: "sum(mad_over_time(x_total[5m]))" }, bad: "errors_total" });
    expect(await codes({ sli })).toContain("expression-refused");
    expect(await codes({})).not.toContain("expression-refused");
  });
});
