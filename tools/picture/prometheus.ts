/** A real Prometheus that holds the simulated month, and everything that the generated rules record from it. */
import { execFileSync } from "node:child_process";
import { createWriteStream, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { AlertingRule, RecordingRule, Rule, SloPlan } from "../../src/compile/plan.ts";
import { burningAlertName } from "../../src/compile/slo/burning.ts";
import { binary, number } from "../../src/promql/build.ts";
import { print } from "../../src/promql/print.ts";
import { type Server, startServer } from "../../test/support/engine-server.ts";
import { findEngine } from "../engines/find-engine.ts";
import { askRange } from "./answers.ts";
import { END, openMetrics, START } from "./month.ts";

/** Fills a Prometheus and starts it. */
export async function startWithMonth(slos: readonly SloPlan[]): Promise<Server> {
  const dir = mkdtempSync(join(tmpdir(), "firebreak-picture-"));
  mkdirSync(join(dir, "data"));
  await addBlocks(dir, openMetrics(slos));
  const server = await startServer(pathOf("prometheus"), "--storage.tsdb.path", {
    dir,
    config: "global: {}\n",
    flags: ["--storage.tsdb.retention.time=100y"],
  });
  for (const pass of passes(slos)) {
    await addBlocks(dir, recorded(server, pass));
    await server.restart();
  }
  return server;
}

/** Stops it and deletes the month. */
export async function stopWithMonth(server: Server): Promise<void> {
  await server.stop();
  rmSync(server.dir, { recursive: true, force: true });
}

interface TimedRule {
  readonly rule: RecordingRule;
  readonly intervalSeconds: number;
}

/** What is written is seen only by a later pass: rules that read other rules wait for them. */
function passes(slos: readonly SloPlan[]): TimedRule[][] {
  const groups = slos.flatMap((slo) => slo.groups);
  const burns = new Set([burningAlertName, ...slos.flatMap(({ tiers }) => tiers.map(({ alert }) => alert))]);
  // Alerts on the measurement would look for raw series, which the month does not have.
  const wanted = (rule: Rule): boolean => rule.type === "record" || burns.has(rule.alert);
  const timed = groups.flatMap(({ rules, intervalSeconds }) =>
    rules.filter(wanted).map((rule) => ({ rule: rule.type === "alert" ? asRecord(rule) : rule, intervalSeconds })),
  );
  return [1, 2, 3, 4, 5, 6, 7].map((level) => timed.filter(({ rule }) => levelOf(rule) === level));
}

/** 0: the base, which the month holds. Then what reads the base or nothing, what reads that, the budget, and the alerts. */
function levelOf(rule: RecordingRule): number {
  const text = print(rule.expr);
  if (/^slo:(total|bad|good):increase$/.test(rule.record)) return 0;
  if (rule.record === "ALERTS") return alertLevel(rule, text);
  if (text.includes("slo:error_ratio:")) return 3;
  return /slo:(total|bad|good):increase\d|slo:objective_ratio/.test(text) ? 2 : 1;
}

/** An alert that has been told already is told by another one. */
function alertLevel({ labels }: RecordingRule, text: string): number {
  if (labels.alertname === burningAlertName) return 6;
  if (text.includes(burningAlertName)) return 7;
  return text.includes("ALERTS") ? 5 : 4;
}

/** `ALERTS` wherever the condition of an alert holds: the same as alerting, its `for` apart. */
function asRecord(rule: AlertingRule): RecordingRule {
  const labels = { ...rule.labels, alertname: rule.alert, alertstate: "firing" };
  return { type: "record", record: "ALERTS", expr: binary("+", binary("*", rule.expr, number(0)), number(1)), labels };
}

const DAY = 86_400;

/** Tiles add up, so each of them counts; of all others the last day is needed as it was, and the month by the hour. */
async function* recorded(server: Server, rules: readonly TimedRule[]): AsyncGenerator<string> {
  for (const { rule, intervalSeconds } of rules) {
    const whole = /:increase\d/.test(rule.record);
    if (!whole) yield* lines(server, rule, { from: START, to: END - DAY - 3600, step: 3600 });
    yield* lines(server, rule, { from: whole ? START : END - DAY, to: END, step: intervalSeconds });
  }
  yield "# EOF\n";
}

async function* lines(
  server: Server,
  rule: RecordingRule,
  range: { from: number; to: number; step: number },
): AsyncGenerator<string> {
  for (const { labels, points } of await askRange(server.url, print(rule.expr), range)) {
    const all = Object.entries({ ...labels, ...rule.labels }).map(
      ([name, value]) => `${name}=${JSON.stringify(value)}`,
    );
    yield points.map(([time, value]) => `${rule.record}{${all.join(",")}} ${value} ${time}\n`).join("");
  }
}

/** One block for everything: with one per two hours, files run out. */
export async function addBlocks(dir: string, text: AsyncIterable<string> | Iterable<string>): Promise<void> {
  const file = join(dir, "samples.om");
  await pipeline(Readable.from(text), createWriteStream(file));
  execFileSync(
    pathOf("promtool"),
    ["tsdb", "create-blocks-from", "--max-block-duration=1000h", "openmetrics", file, join(dir, "data")],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
}

/** An engine of this machine. */
export function pathOf(name: "prometheus" | "promtool"): string {
  const found = findEngine(name);
  if (!found) throw new Error(`${name} is not on this machine: run npm run engines.`);
  return found.path;
}
