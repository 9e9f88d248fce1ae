/** The rules of a plan over the raw series of histories, in promtool: whether they fire exactly when they were said to. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Plan, SloPlan } from "../../src/compile/plan.ts";
import { prometheus } from "../../src/emit/prometheus.ts";
import type { RuleFile } from "../../src/play/rules-read.ts";
import { rawSeries, rawValues } from "../../src/prove/raw-series.ts";
import type { InputSeries } from "../../src/prove/series-text.ts";
import type { History } from "../../src/simulate/history.ts";
import type { Firings } from "../../src/simulate/ruler.ts";
import { kindOf } from "../../src/sli/index.ts";
import { playTests, type TestFile } from "../support/play-tests.ts";

/** What one SLO's history is, and what was said of it. */
export interface Said {
  readonly slo: SloPlan;
  readonly history: History;
  /** Of its series. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Whether the history makes series: a composite has none of its own. */
  readonly isRead?: boolean;
  readonly firings: Firings;
}

/** Nothing, or what promtool has against it. */
export async function objections(plan: Plan, all: readonly Said[]): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), "firebreak-simulate-"));
  try {
    const groups = prometheus.emit(plan, {}).flatMap(({ value }) => (value as RuleFile).groups);
    const { status, output } = await playTests(dir, { groups }, testFile(plan, all));
    return status === 0 ? "" : output;
  } finally {
    rmSync(dir, { recursive: true });
  }
}

function testFile(plan: Plan, all: readonly Said[]): TestFile {
  const { evaluationSeconds, scrapeSeconds } = plan.platform;
  const groups = plan.services.flatMap(({ groups, slos }) => [groups, ...slos.map((slo) => slo.groups)].flat());
  const file = {
    evaluation_interval: `${evaluationSeconds}s`,
    group_eval_order: groups.filter((group) => group.rules.length > 0).map(({ name }) => name),
    tests: [
      {
        interval: `${scrapeSeconds}s`,
        input_series: all.flatMap(seriesOf),
        promql_expr_test: all.flatMap(expectationsOf),
      },
    ],
  };
  return file;
}

function seriesOf({ slo: { slo, measurement }, history, labels = {}, isRead = true }: Said): InputSeries[] {
  if (!isRead) return [];
  const written = kindOf(slo.sli).history(slo.sli, measurement.base);
  if (!written) throw new Error(`${slo.id} has no series`);
  const { good, bad, share } = history;
  const steps = [...good].map((each, index) => ({
    good: each,
    bad: bad[index] ?? 0,
    badShare: share[index] ?? 0,
    there: true,
    measured: each + (bad[index] ?? 0) > 0,
  }));
  const values = rawValues(written, steps, { scrape: history.scrapeSeconds, start: 0 });
  return rawSeries(written, values, { job: slo.service, instance: "one", ...labels });
}

interface Expectation {
  readonly expr: string;
  readonly eval_time: string;
  readonly exp_samples: readonly object[];
}

/** The edges of every firing, and how many evaluations it fired in all: together they are its whole course. */
function expectationsOf({ slo: { slo, tiers }, history, firings }: Said): Expectation[] {
  const last = Math.floor(((history.good.length - 1) * history.scrapeSeconds) / slo.evaluationSeconds);
  return tiers.flatMap((tier, place) => {
    const alerts = `ALERTS{alertname="${tier.alert}", alertstate="firing", slo="${slo.name}"}`;
    const at = (index: number): string => `${index * slo.evaluationSeconds}s`;
    const expectation = (index: number, expr: string, value: number): Expectation => ({
      expr,
      eval_time: at(index),
      exp_samples: value === 0 ? [] : [{ labels: "{}", value }],
    });
    const spans = firings[place] ?? [];
    const fired = spans.reduce((sum, { from, to = last + 1 }) => sum + to - from, 0);
    return [
      expectation(last, `sum(count_over_time(${alerts}[${(last + 1) * slo.evaluationSeconds}s]))`, fired),
      ...spans.flatMap(({ from, to }) => [
        expectation(from, `count(${alerts})`, 1),
        ...(from > 0 ? [expectation(from - 1, `count(${alerts})`, 0)] : []),
        ...(to === undefined
          ? []
          : [expectation(to, `count(${alerts})`, 0), expectation(to - 1, `count(${alerts})`, 1)]),
      ]),
    ];
  });
}
