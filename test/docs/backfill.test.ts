/** docs/upgrade.md: its script and its command give an SLO the history that it would have had. */
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { defineService, events, latency } from "../../src/index.ts";
import { readPage } from "../../tools/docs/fill.ts";
import { ROOT } from "../../tools/docs/runs.ts";
import type { Server } from "../support/engine-server.ts";
import { describeWithEngine, runPromtool, startPrometheus } from "../support/engines.ts";
import { buildFiles, makeWorkspace, type Workspace, writeFiles } from "../support/live-build.ts";
import { query } from "../support/live-prometheus.ts";

const HOUR = 3600;
const START = Date.parse("2026-01-05T00:00:00Z") / 1000;
const HOURS = 8;
const END = START + HOURS * HOUR;
/** Requests in each 30s, of which a tenth fail and half are slow in one hour. */
const [REQUESTS, ERRORS, SLOW] = [60, 6, 30];
const isBad = (time: number) => time > END - 4 * HOUR && time <= END - 3 * HOUR;
/** Readings of an hour. */
const AN_HOUR = 120;

const shop = defineService({
  name: "shop",
  owner: "web",
  runbooks: "https://runbooks.example.com/shop",
  slos: [
    {
      name: "checkout",
      objective: 99.9,
      sli: events({ total: 'requests_total{job="shop"}', bad: 'errors_total{job="shop"}' }),
    },
    {
      name: "speed",
      objective: 95,
      sli: latency({ histogram: 'wait_seconds{job="shop"}', threshold: "1s", buckets: [1] }),
    },
    {
      name: "upgraded",
      objective: 99.9,
      sli: events({ total: 'requests_total{job="shop"}', bad: 'errors_total{job="shop"}' }),
    },
  ],
});

describeWithEngine(["prometheus", "promtool"], "a backfill as docs/upgrade.md has it", () => {
  let [workspace, prometheus]: [Workspace?, Server?] = [];
  let said = "";
  const dir = (): string => (workspace as Workspace).dir;

  beforeAll(async () => {
    workspace = makeWorkspace("backfill");
    writeFiles(dir(), {
      "raw.om": openMetrics(),
      "passes.mjs": scriptOnThePage(),
      "old.rules.yaml": OLD,
      "shop.rules.yaml": buildFiles([shop], {}).files["prometheus/shop.rules.yaml"] ?? "",
    });
    symlinkSync(join(ROOT, "node_modules"), join(dir(), "node_modules"));
    mkdirSync(join(dir(), "data"));
    await promtool("openmetrics", "raw.om", "data");
    said = execFileSync(process.execPath, ["passes.mjs", "shop.rules.yaml", "old.rules.yaml"], {
      cwd: dir(),
      encoding: "utf8",
    });
    prometheus = await startPrometheus({
      config: "{}",
      dir: dir(),
      flags: ["--storage.tsdb.retention.time=100y"],
    });
    for (const pass of passes()) {
      const times = ["--start", String(START), "--end", String(END)];
      await promtool("rules", "--url", prometheus.url, "--output-dir", "data", ...times, pass);
      // At once, where a running one would take up to a minute.
      await prometheus.restart();
    }
  });

  afterAll(async () => {
    await prometheus?.stop();
    workspace?.remove();
  });

  test("takes four passes, and leaves nothing out", () => {
    expect(passes()).toEqual([1, 2, 3, 4].map((pass) => `pass-${pass}.rules.yaml`));
    expect(said).toBe("");
  });

  describe.each([
    ["checkout", "bad", ERRORS],
    ["speed", "good", REQUESTS - SLOW],
    ["upgraded", "bad", ERRORS],
  ])("of %s", (slo, part, inBadReading) => {
    const bad = (part === "bad" ? inBadReading : REQUESTS - inBadReading) * AN_HOUR;

    test("the base holds every event once", async () => {
      expect(await at(`sum_over_time(slo:total:increase{slo="${slo}"}[6h])`)).toBe(6 * AN_HOUR * REQUESTS);
    });

    test("the 6h ratio is right, and recorded", async () => {
      expect(await at(`slo:error_ratio:rate6h{slo="${slo}"}`)).toBeCloseTo(bad / (6 * AN_HOUR * REQUESTS), 10);
    });

    test("tiles hold what was bad to the event", async () => {
      const counted = (count: string) => at(`sum_over_time(slo:${count}:increase4m{slo="${slo}"}[30d])`);
      expect(part === "bad" ? await counted("bad") : (await counted("total")) - (await counted("good"))).toBe(bad);
    });

    test("the 30d ratio and the budget are right but for the first and the last tiles", async () => {
      const ratio = await at(`slo:error_ratio:rate30d{slo="${slo}"}`);
      expect(ratio / (bad / (HOURS * AN_HOUR * REQUESTS))).toBeCloseTo(1, 1);
      const spent = ratio / (slo === "speed" ? 0.05 : 0.001);
      const left = await at(`slo:error_budget_remaining_ratio{slo="${slo}"}`);
      // Of 360 looks at the month, one in two hours, the rules were seen in all since the beginning but the one at the end.
      expect(((1 - left) / spent) * 360).toBeCloseTo(HOURS / 2 - 1, 1);
    });
  });

  test("a rule loaded then would know that it is not new", async () => {
    expect(await at('count_over_time(slo:objective_ratio{slo="checkout"}[1h:5m])')).toBe(12);
  });

  function passes(): string[] {
    return readdirSync(dir())
      .filter((name) => /^pass-\d/.test(name))
      .sort();
  }

  async function promtool(...args: string[]): Promise<void> {
    const { status, stderr } = await runPromtool(["tsdb", "create-blocks-from", ...args], { cwd: dir() });
    if (status !== 0) throw new Error(stderr);
  }

  /** The one value of an expression at the end of the backfill. */
  async function at(expr: string): Promise<number> {
    const samples = await query(prometheus as Server, `last_over_time((${expr})[4m:10s] @ ${END})`);
    expect(samples).toHaveLength(1);
    return samples[0]?.value ?? Number.NaN;
  }
});

function scriptOnThePage(): string {
  return /```js\n([\s\S]*?)```/.exec(readPage("docs/upgrade.md"))?.[1] ?? "";
}

/** The base that a running installation has already, at other instants than a backfill's. */
const OLD = `groups:
  - name: shop/upgraded
    interval: 30s
    rules:
      - { record: "slo:total:increase", expr: "vector(0)", labels: { slo_service: shop, slo: upgraded } }
      - { record: "slo:bad:increase", expr: "vector(0)", labels: { slo_service: shop, slo: upgraded } }
`;

/** Counters of one process, which restarts after two hours; the errors' one is born with the first of them. */
function openMetrics(): string {
  const times = Array.from({ length: HOURS * AN_HOUR + 1 }, (_, index) => START + 30 * index);
  const counter = (name: string, labels: string, gained: (time: number) => number, bornWith = -1): string[] => {
    let value = 0;
    const lines = [`# TYPE ${name.replace(/_total$/, "")} ${name.endsWith("_total") ? "counter" : "gauge"}`];
    for (const time of times) {
      value = (time === START + 2 * HOUR ? 0 : value) + gained(time);
      if (value > bornWith) lines.push(`${name}{${labels}} ${value} ${time}`);
    }
    return lines;
  };
  const target = 'job="shop",instance="a"';
  const old = (record: string, gained: (time: number) => number): string[] => [
    `# TYPE ${record} gauge`,
    ...times.map((time) => `${record}{slo_service="shop",slo="upgraded"} ${gained(time)} ${time + 7}`),
  ];
  const errors = (time: number): number => (isBad(time) ? ERRORS : 0);
  return [
    ...counter("requests_total", target, () => REQUESTS),
    ...counter("errors_total", target, errors, 0),
    ...counter("wait_seconds_count", target, () => REQUESTS),
    ...counter("wait_seconds_bucket", `${target},le="1.0"`, (time) => REQUESTS - (isBad(time) ? SLOW : 0)),
    ...old("slo:total:increase", () => REQUESTS),
    ...old("slo:bad:increase", errors),
    "# EOF\n",
  ].join("\n");
}
