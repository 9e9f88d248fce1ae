/** Known histories on the real rules: declarations compiled, series fed to promtool, and what must be recorded then. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { compile } from "../../src/compile/compile.ts";
import type { Plan } from "../../src/compile/plan.ts";
import type { PlatformDeclaration, SloDeclaration } from "../../src/declare/declaration.ts";
import { render } from "../../src/emit/artifact.ts";
import { prometheus } from "../../src/emit/prometheus.ts";
import { hasErrors } from "../../src/issue.ts";
import { parse } from "../../src/parse/parse.ts";
import type { RuleFile } from "../../src/play/rules-read.ts";
import { playAndEvaluate } from "../support/play-tests.ts";

/** Values by labels, such as `{model="a"}`; `{}` for none. */
export type Samples = Readonly<Record<string, number>>;

export interface History {
  /** Series as promtool reads them: `0+30x10` by `requests_total{job="a"}`. */
  readonly series: Readonly<Record<string, string>>;
  /** Between two values of a series. Default `30s`. */
  readonly every?: string;
  /** When it begins, such as `2026-11-30T22:00:00Z`. Default 1970. */
  readonly from?: string;
  /** What queries must give, and when. */
  readonly expectations: readonly (readonly [at: string, query: string, samples: Samples])[];
}

/** The plan of one service `svc` with one SLO `s`. */
export function planOf(slo: Partial<SloDeclaration>, platform: PlatformDeclaration = {}): Plan {
  return planOfAll([{ name: "s", objective: 99.9, ...slo } as SloDeclaration, ...componentsFor(slo)], platform);
}

/** What the examples of a composite are made of: SLOs of the service `svc` that come after `s`. */
export function componentsFor({ sli, groupBy = [] }: Partial<SloDeclaration>): SloDeclaration[] {
  if (sli?.kind !== "composite") return [];
  return [1, 2, 3].map((step) => ({
    name: `step-${step}`,
    objective: 99.9,
    groupBy,
    sli: { kind: "events", total: `step_${step}_total`, bad: `step_${step}_errors_total` },
  }));
}

/** The plan of one service with these SLOs. */
export function planOfAll(slos: readonly SloDeclaration[], platform: PlatformDeclaration = {}): Plan {
  const parsed = parse({
    services: [{ name: "svc", owner: "team", runbooks: "https://runbooks.example.com", slos }],
    platform,
  });
  expect(parsed.issues.filter(({ level }) => level === "error")).toEqual([]);
  const { plan, issues } = compile(parsed.services, parsed.platform);
  expect(hasErrors(issues)).toBe(false);
  return plan;
}

/** A folder with the rule files of a plan, gone after the test. */
export function rulesIn(plan: Plan): string {
  const dir = makeFolder();
  for (const file of prometheus.emit(plan, {})) write(dir, file.path, render(file));
  return dir;
}

function makeFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), "firebreak-history-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return dir;
}

/** Feeds histories to the plan's rules and compares the answers with what is expected. */
export async function expectHistories(plan: Plan, histories: readonly History[]): Promise<void> {
  const evaluation = plan.services[0]?.slos[0]?.measurement.intervalSeconds ?? 30;
  const tests = histories.map(({ series, every = "30s", from, expectations }) => ({
    interval: every,
    ...(from === undefined ? {} : { start_timestamp: from }),
    input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
    promql_expr_test: expectations.map(([at, expr, samples]) => ({
      expr,
      eval_time: at,
      exp_samples: Object.entries(samples).map(([labels, value]) => ({ labels, value })),
    })),
  }));
  const file = { evaluation_interval: `${evaluation}s`, fuzzy_compare: true, tests };
  const { status, output } = await playAndEvaluate(makeFolder(), rulesOf(plan), file);
  expect(status, output).toBe(0);
}

/** The rules of a plan, as if they were in one file. */
export function rulesOf(plan: Plan): RuleFile {
  return { groups: prometheus.emit(plan, {}).flatMap(({ value }) => (value as RuleFile).groups) };
}

/** One history of one SLO. */
export async function expectHistory(
  slo: Partial<SloDeclaration>,
  history: History,
  platform: PlatformDeclaration = {},
): Promise<void> {
  await expectHistories(planOf(slo, platform), [history]);
}

/** All that was counted until now: `slo:total:increase`, or bad or good of it. */
export function counted(what: "total" | "bad" | "good", by = ""): string {
  return `sum by (${by}) (sum_over_time(slo:${what}:increase[1d]))`;
}

/** Alerts that fire, by name and the labels given. */
export function firing(by = "alertname"): string {
  return `count by (${by}) (ALERTS{alertstate="firing"})`;
}

function write(dir: string, path: string, text: string): void {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), text);
}
