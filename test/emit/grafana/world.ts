/**
 * A Prometheus that holds what the generated rules made of a day and some hours of four services: one is well, one burns
 * since an hour, one is dead since half an hour, and of one the rules are as old. The rules ran in Prometheus's own engine; nothing here reads the clock.
 */
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { writeHistory } from "../../../bench/oracle/history-file.ts";
import { type Scrape, START_MS } from "../../../bench/oracle/world.ts";
import type { DumpedSeries } from "../../../bench/rules/replay.ts";
import type { Plan } from "../../../src/compile/plan.ts";
import { render } from "../../../src/emit/artifact.ts";
import { prometheus } from "../../../src/emit/prometheus.ts";
import type { Server } from "../../support/engine-server.ts";
import { runPromtool, startPrometheus } from "../../support/engines.ts";
import { replayOnce } from "../../support/remembered.ts";
import { planOf, service, slo } from "./declarations.ts";

const EVERY = 60;
const MINUTES = 31 * 60;
const BURNS_FROM = MINUTES - 60;
const DEAD_FROM = MINUTES - 30;
const YOUNG_FROM = MINUTES - 30;

/** When dashboards are looked at: seven in the morning of the second day: forecasts begin at six. */
export const NOW = START_MS / 1000 + MINUTES * 60;

const services = ["healthy", "burning", "dead", "young"] as const;

export const plan: Plan = planOf(services.map(declared), { scrapeInterval: "1m", evaluationInterval: "1m" });

/** What is dead has no budget: nothing says that it should spend. */
function declared(name: (typeof services)[number]): object {
  const of = (metric: string): string => `${metric}{job="${name}"}`;
  const sli = { kind: "events", total: of("requests_total"), bad: of("errors_total") };
  const availability = slo("availability", { window: ["30d", "7d"], groupBy: ["model"], sli });
  if (name === "dead") return service(name, [availability]);
  if (name !== "burning") return service(name, [availability], { budgets: [budget(name, 200)] });
  const tiered = slo("tiered", { groupBy: ["model"], sli, objectives: { large: 99 } });
  return service(name, [availability, tiered, ...ungrouped(name)], {
    budgets: [budget(name, 100)],
    experiments: [experiment(name)],
  });
}

function ungrouped(job: string): object[] {
  const latency = { kind: "latency", histogram: `latency_seconds{job="${job}"}`, threshold: "1s" };
  const queue = { kind: "gauge", metric: `queue{job="${job}"}`, op: "<=", threshold: 10 };
  const both = [`${job}/latency`, `${job}/queue`];
  return [
    slo("latency", { objective: 95, sli: latency }),
    slo("queue", { objective: 99, window: "7d", sli: queue }),
    slo("both", { objective: 95, dependsOn: both, sli: { kind: "composite", of: both, as: "worst" } }),
  ];
}

/** @param large - What the model "large" may spend, in dollars a day. */
function budget(job: string, large: number): object {
  const [metric, requests] = [`cost_dollars_total{job="${job}"}`, `requests_total{job="${job}"}`];
  const limits = { limit: dollars(1000), limits: { large: dollars(large) } };
  return { kind: "spend", name: "daily", metric, requests, per: "day", by: ["model"], ...limits };
}

function experiment(job: string): object {
  const of = (metric: string): string => `${metric}{job="${job}"}`;
  const sli = { kind: "events", total: of("tries_total"), bad: of("failures_total") };
  return {
    name: "prompt",
    label: "variant",
    baseline: "a",
    window: "6h",
    slis: [{ name: "success", sli }],
    cost: { metric: of("bill_dollars_total"), per: of("tries_total") },
  };
}

function dollars(amount: number): object {
  return { amount, unit: "dollars" };
}

/** What the rules make. */
const MADE = "(slo|budget|experiment):.*|ALERTS";
/** Long enough for what runbooks ask of raw series. */
const RAW_MS = 30 * 60_000;

/** Plays the history and starts a Prometheus with its outcome. */
export async function startWorld(): Promise<Server> {
  const dir = mkdtempSync(join(tmpdir(), "firebreak-dashboards-"));
  const path = join(dir, "history.bin");
  writeHistory(path, history());
  const span = { from: START_MS, to: NOW * 1000 };
  const files = writeRules(dir);
  const old = files.filter((file) => !file.includes("young"));
  const versions = [
    { from: span.from, files: old },
    { from: START_MS + YOUNG_FROM * 60_000, files },
  ];
  const { series } = await replayOnce(dir, {
    history: path,
    start: span.from,
    end: span.to,
    intervalMs: EVERY * 1000,
    peers: [{ name: "one", phase: "aligned", versions }],
    dump: [
      { match: `{__name__=~"${MADE}"}`, ...span },
      { match: `{job="burning", __name__!~"${MADE}"}`, from: span.to - RAW_MS, to: span.to },
    ],
  });
  return startWith(series, dir);
}

async function startWith(series: readonly DumpedSeries[], dir: string): Promise<Server> {
  const file = join(dir, "outcome.om");
  mkdirSync(join(dir, "data"));
  writeFileSync(file, `${series.map(lines).join("")}# EOF\n`);
  const options = ["--max-block-duration=1000h", "openmetrics", file, join(dir, "data")];
  const made = await runPromtool(["tsdb", "create-blocks-from", ...options]);
  if (made.status !== 0) throw new Error(made.stderr);
  return startPrometheus({ dir, config: "global: {}\n", flags: ["--storage.tsdb.retention.time=100y"] });
}

/** OpenMetrics has no markers of an end: what ended is to be seen for five minutes longer. */
function lines({ labels, t, v }: DumpedSeries): string {
  const { __name__: name = "", ...rest } = labels;
  const text = Object.entries(rest).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  const rows = t.flatMap((time, at) =>
    typeof v[at] === "number" ? [`${name}{${text.join(",")}} ${v[at]} ${time / 1000}\n`] : [],
  );
  return rows.join("");
}

function writeRules(dir: string): string[] {
  return prometheus.emit(plan, {}).map((file) => {
    const to = join(dir, file.path);
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, render(file));
    return to;
  });
}

type Reading = (minute: number) => number;

function history() {
  const all = services.flatMap(seriesOf);
  const scrapes = Array.from({ length: MINUTES }, (_, minute): Scrape => {
    const timeMs = START_MS + minute * EVERY * 1000 + 7000;
    const values = all.map(({ labels, read }) => (isGone(labels, minute) ? undefined : read(minute)));
    return { timeMs, visibleMs: timeMs + 1000, series: all.map((_one, index) => index), values };
  });
  return { series: all.map(({ labels }) => labels), scrapes };
}

/** A target that is down has an `up`, and nothing else. */
function isGone({ job, __name__ }: Readonly<Record<string, string>>, minute: number): boolean {
  return job === "dead" && __name__ !== "up" && minute >= DEAD_FROM;
}

function seriesOf(job: (typeof services)[number]) {
  const one = (name: string, read: Reading, labels = {}) => ({
    labels: { __name__: name, job, instance: "i", ...labels },
    read,
  });
  const bad: Reading = (minute) => (job === "burning" ? 2 * Math.max(0, minute - BURNS_FROM) : 0);
  return [
    one("up", (minute) => (job === "dead" && minute >= DEAD_FROM ? 0 : 1)),
    ...["large", "small"].flatMap((model) => [
      one("requests_total", (minute) => 100 * minute, { model }),
      one("errors_total", model === "large" ? bad : () => 0, { model }),
      one("cost_dollars_total", (minute) => (model === "large" ? 0.1 : 0.2) * minute, { model }),
    ]),
    ...["1", "+Inf"].map((le) => one("latency_seconds_bucket", (minute) => 100 * minute, { le })),
    one("latency_seconds_count", (minute) => 100 * minute),
    one("queue", () => 1),
    ...["a", "b"].flatMap((variant) => [
      one("tries_total", (minute) => 100 * minute, { variant }),
      one("bill_dollars_total", (minute) => minute, { variant }),
      one("failures_total", (minute) => (variant === "b" && job === "burning" ? 10 : 1) * minute, { variant }),
    ]),
  ];
}
