/** A real Prometheus that holds the simulated month, with everything that the generated rules record from it. */
import { execFileSync } from "node:child_process";
import { createWriteStream, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { stringify } from "yaml";
import type { AlertingRule, RecordingRule, RuleGroup, SloPlan } from "../../src/compile/plan.ts";
import { print } from "../../src/promql/print.ts";
import { printSeconds } from "../../src/promql/duration.ts";
import { type Server, startServer } from "../../test/support/engine-server.ts";
import { findEngine } from "../engines/find-engine.ts";
import { END, openMetrics, START } from "./month.ts";

/** Fills a Prometheus and starts it. It takes a minute or two. */
export async function startWithMonth(slos: readonly SloPlan[]): Promise<Server> {
  const dir = mkdtempSync(join(tmpdir(), "firebreak-picture-"));
  const history = join(dir, "month.om");
  mkdirSync(join(dir, "data"));
  await pipeline(Readable.from(openMetrics(slos)), createWriteStream(history));
  promtool(["tsdb", "create-blocks-from", "openmetrics", history, join(dir, "data")]);
  const server = await startServer(pathOf("prometheus"), "--storage.tsdb.path", { dir, config: "global: {}\n", flags: ["--storage.tsdb.retention.time=100y"] });
  for (const [index, groups] of passes(slos).entries()) await backfill(server, `pass-${index}.yaml`, groups);
  return server;
}

interface YamlGroup {
  readonly name: string;
  readonly interval: string;
  readonly rules: readonly { readonly record: string; readonly expr: string; readonly labels: object }[];
}

/** A backfill does not see what it writes: rules that read other rules come in a later pass. */
function passes(slos: readonly SloPlan[]): YamlGroup[][] {
  const groups = slos.flatMap((slo) => slo.groups);
  const pass = (level: number): YamlGroup[] => groups.map((group) => yamlGroup(group, recordingRules(group).filter((rule) => levelOf(rule) === level)));
  const alerts = groups.map((group) => yamlGroup(group, group.rules.filter((rule) => rule.type === "alert").map(asRecord)));
  return [pass(1), pass(2), alerts].map((all) => all.filter(({ rules }) => rules.length > 0));
}

function recordingRules(group: RuleGroup): RecordingRule[] {
  return group.rules.filter((rule) => rule.type === "record");
}

/** 0: the base, which the month holds. 1: what reads the base or nothing. 2: what reads that. */
function levelOf({ record, expr }: RecordingRule): number {
  if (record === "slo:total:increase" || record === "slo:bad:increase") return 0;
  return /slo:(events|objective_ratio)/.test(print(expr)) ? 2 : 1;
}

/** promtool evaluates no alerts: a rule that records `ALERTS` where the alert's condition holds is the same, `for` apart. */
function asRecord(rule: AlertingRule): RecordingRule {
  const labels = { ...rule.labels, alertname: rule.alert, alertstate: "firing" };
  const holds = { node: "binary", op: "+", left: { node: "binary", op: "*", left: rule.expr, right: { node: "number", value: 0 } }, right: { node: "number", value: 1 } } as const;
  return { type: "record", record: "ALERTS", expr: holds, labels };
}

function yamlGroup(group: RuleGroup, rules: readonly RecordingRule[]): YamlGroup {
  const printed = rules.map(({ record, expr, labels }) => ({ record, expr: print(expr), labels }));
  return { name: group.name, interval: printSeconds(group.intervalSeconds), rules: printed };
}

async function backfill(server: Server, file: string, groups: readonly YamlGroup[]): Promise<void> {
  const path = join(server.dir, file);
  writeFileSync(path, stringify({ groups }));
  promtool(["tsdb", "create-blocks-from", "rules", `--url=${server.url}`, `--start=${START}`, `--end=${END}`, `--output-dir=${join(server.dir, "data")}`, path]);
  await server.restart();
}

function promtool(args: readonly string[]): void {
  execFileSync(pathOf("promtool"), args, { stdio: ["ignore", "ignore", "inherit"] });
}

function pathOf(name: "prometheus" | "promtool"): string {
  const found = findEngine(name);
  if (!found) throw new Error(`${name} is not on this machine: run npm run engines.`);
  return found.path;
}
