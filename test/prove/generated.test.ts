/** Generated tests pass for every kind of SLO, and fail when a rule is wrong. */
import { expect, test } from "vitest";
import type { PlatformDeclaration, SloDeclaration } from "../../src/declare/declaration.ts";
import { describeWithEngine } from "../support/engines.ts";
import { play } from "./slo/play.ts";

const errors = { kind: "events", total: "requests_total", bad: "errors_total" } as const;
const byModel = { objective: 99.9, groupBy: ["model"], sli: errors } as const;
const own = [
  { name: "page", severity: "page", long: "30m", short: "3m", burn: 20, for: "2m" },
  { name: "slow-page", severity: "page", long: "4h", short: "20m", budget: 0.04 },
  { name: "slow", severity: "ticket", long: "3d", short: "6h", burn: 1 },
] as const;

type Case = readonly [name: string, slo: Partial<SloDeclaration>, platform?: PlatformDeclaration];

describeWithEngine("promtool", "the generated tests of an SLO", () => {
  const cases: readonly Case[] = [
    ["on events of two metrics, by group", byModel],
    ["on events of one metric", { sli: { kind: "events", total: "http_total", bad: 'http_total{code=~"5.."}' } }],
    ["on good events", { groupBy: ["region"], sli: { kind: "events", total: "jobs_total", good: "jobs_ok_total" } }],
    ["on a classic histogram", { sli: { kind: "latency", histogram: "latency_seconds", threshold: "1s" } }],
    ["on a native one", { sli: { kind: "latency", histogram: "latency_seconds", threshold: "1s", type: "native" } }],
    ["on one with buckets of its own", { sli: { kind: "latency", histogram: "h", threshold: 0.25, type: "nhcb" } }],
    ["on a gauge", { groupBy: ["model"], sli: { kind: "gauge", metric: "depth", op: "<=", threshold: 10 } }],
    ["on long slices", { sli: { kind: "gauge", metric: "replicas", op: ">=", threshold: 3, slice: "2m" } }],
    ["on a probe by instance", { groupBy: ["instance"], sli: { kind: "probe", metric: 'probe_success{job="b"}' } }],
    ["on targets", { sli: { kind: "probe", metric: "up", slice: "2m" } }],
    ["on what must be fresh", { sli: { kind: "freshness", timestamp: "last_success_seconds", maxAge: "6h" } }],
    ["on a least rate", { groupBy: ["model"], sli: { kind: "throughput", metric: "tokens_total", atLeast: 100 } }],
    ["on a highest rate", { sli: { kind: "throughput", metric: "calls_total", atMost: 1000, slice: "2m" } }],
    ["on scores", { sli: { kind: "score", sum: "stars_total", count: "ratings_total", max: 5 } }],
    ["on a ratio", { objective: 95, sli: { kind: "ratio", bad: "app:error_ratio", slice: "2m" } }],
    ["with a week's window", { window: "7d", ...byModel }],
    ["with tiers of its own", { sli: errors, minEvents: 5000, absence: { for: "10m" }, alerting: { tiers: own } }],
    ["with a period of half a year", { window: "180d", sli: errors }],
    ["with thresholds that know the traffic", { window: "1d", sli: errors, alerting: { threshold: "traffic" } }],
    ["with alerts on its budget", { ...byModel, alerting: { budget: { exhausted: true, below: [0.5, 0.25] } } }],
    ["with an error-budget policy", { ...byModel, policy: { warnBelow: 0.5, freezeAt: 0.25 } }],
    ["evaluated every 45s", byModel, { scrapeInterval: "15s", evaluationInterval: "45s" }],
    ["with an objective for one group", { ...byModel, objectives: { "gpt-4": 99 } }],
    ["in one of several clusters", byModel, { identity: ["cluster"] }],
  ];
  for (const [name, slo, platform = {}] of cases)
    test(`${name} pass`, async () => {
      const { status, output } = await play(slo, { platform });
      expect(status, output).toBe(0);
    });
});

describeWithEngine("promtool", "the generated test of dead targets", () => {
  const queue = { sli: { kind: "gauge", metric: "depth", op: "<=", threshold: 10, slice: "30m" } } as const;

  test("passes for an SLO on slices of half an hour, and is over within hours", async () => {
    const { status, output } = await play(queue, { only: "one target" });
    expect(status, output).toBe(0);
  });

  test.each<readonly [wrong: string, from: RegExp, to: string]>([
    ["series that are never missed", /(slo:series:count\{slo_service="\w+"\}) > 0\n/g, "$1 >= 0\n"],
    ["series that were never seen", /(max_over_time\(.*\)) > 0/, "$1 < 0"],
  ])("fails there on %s", async (_, from, to) => {
    const { status } = await play(queue, { only: "one target", spoil: (rules) => rules.replace(from, to) });
    expect(status).toBe(1);
  });
});

/** What is wrong, where it shows, and how it comes about. */
type Mutant = readonly [wrong: string, only: string, from: string | RegExp, to: string];

describeWithEngine("promtool", "the generated tests of an SLO by group", () => {
  test.each<Mutant>([
    ["a page's threshold that is a fifth too high", "page-fast", /14\.4 \* 0\.001/g, "17.5 * 0.001"],
    ["a page's threshold that is a fifth too low", "page-fast", /14\.4 \* 0\.001/g, "12 * 0.001"],
    ["a comparison the other way", "page-fast", /> 14\.4/, "< 14.4"],
    ["a long window that is too long", "page-fast", /\[1h\]\)/g, "[2h])"],
    ["a long window that is too short", "page-fast", /\[1h\]\)/g, "[30m])"],
    ["a short window that is too long", "page-fast", /\[5m\]\)$/gm, "[10m])"],
    ["a page that is not kept", "page-fast", /keep_firing_for: [5-7]m/g, "keep_firing_for: 1m"],
    ["a page that waits", "page-fast", /(alert: SloBurnPageFast\n)/, "$1        for: 10m\n"],
    ["groups that are not told apart", "page-fast", /sum by \(model\) /g, "sum "],
    ["a page to another owner", "page-fast", /owner: team/g, "owner: nobody"],
    ["a label of another tier", "page-fast", /tier: page-fast/, "tier: page"],
    ["bad events that are all events", "page-slow", /errors_total/g, "requests_total"],
    ["a slow page's threshold that is too high", "page-slow", /6 \* 0\.001/g, "7 * 0.001"],
    ["a measured share of another window", "page-slow", /(\[6h:5m\]\)+ \/) 72/, "$1 60"],
    ["a ticket's threshold that is too low", "ticket", /3 \* 0\.001/g, "2 * 0.001"],
    ["a budget that is another", "ticket", /(slo:error_ratio:rate30d\{.*?\} \/) 0\.001/, "$1 0.002"],
    ["a ticket's threshold that is too high", "ticket", / 1 \* 0\.001/g, " 1.3 * 0.001"],
    ["a tile that is not written", "ticket", /% 240 < 30/g, "% 240 < 0"],
    ["targets that are never missed", "targets vanish", /slo:series:count(.*) == 0/g, "slo:series:count$1 < 0"],
    ["series that are missed too soon", "series vanish", /for: 3h/, "for: 2h"],
    ["one dead target that is not reported", "one target", /up == 0 unless/, "up == 2 unless"],
    ["dead targets that are reported too late", "one target", /for: [35]m/g, "for: 20m"],
    ["only errors that are never reported", "bad events", /unless\n( +)sum_over_time/, "and\n$1sum_over_time"],
    ["more errors than events that are all right", "bad-over-total", /\} > 1\n/, "} > 2\n"],
    ["nothing at all that is reported at once", "never any data", /for: 1h/, "for: 10m"],
    ["a label that nobody misses", "group label", /model=""(?=\})/g, 'model="x"'],
    ["falling counters that may fall", "counters fall", />= 3/, ">= 9"],
    ["falling counters that may not fall twice", "counters fall", />= 3/, ">= 2"],
  ])("fail on %s", async (_, only, from, to) => {
    const { status, output } = await play(byModel, { only, spoil: (rules) => rules.replace(from, to) });
    expect(output).toContain("got:");
    expect(status).toBe(1);
  });
});
