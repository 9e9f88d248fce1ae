/** A Prometheus that holds what the rules of a plan would have recorded, so that queries can be asked of the real engine. */
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RecordingRule, SloPlan } from "../../../src/compile/plan.ts";
import type { Server } from "../../support/engine-server.ts";
import { runPromtool, startPrometheus } from "../../support/engines.ts";

/** Any time: nothing here reads the clock. */
export const NOW = 1_750_000_000;

const STEP = 30;
const SAMPLES = 240;

export type Labels = Readonly<Record<string, string>>;

/** Starts a Prometheus with two hours of recorded series. `groups` gives the label values of every group. */
export async function startWithHistory(
  slos: readonly SloPlan[],
  groups: (plan: SloPlan) => readonly Labels[],
  more: readonly Sample[],
): Promise<Server> {
  const dir = mkdtempSync(join(tmpdir(), "firebreak-history-"));
  const file = join(dir, "history.om");
  mkdirSync(join(dir, "data"));
  writeFileSync(file, openMetrics([...slos.flatMap((plan) => samplesOf(plan, groups(plan))), ...more]));
  const made = await runPromtool(["tsdb", "create-blocks-from", "openmetrics", file, join(dir, "data")]);
  if (made.status !== 0) throw new Error(made.stderr);
  return startPrometheus({ dir, config: "global: {}\n", flags: ["--storage.tsdb.retention.time=100y"] });
}

/** A series that shows one value all the time. */
export interface Sample {
  readonly metric: string;
  readonly labels: Labels;
  readonly value: number;
}

function samplesOf(plan: SloPlan, groups: readonly Labels[]): Sample[] {
  const records = plan.groups.flatMap(({ rules }) =>
    rules.filter((rule): rule is RecordingRule => rule.type === "record"),
  );
  return records.flatMap(({ record, labels }) => {
    const shared = CONSTANT.test(record);
    return (shared ? [{}] : groups).map((group, index) => ({
      metric: record,
      labels: { ...labels, ...group },
      value: recordedValue(record, index, plan),
    }));
  });
}

/** Records that an SLO has once, whatever its groups. */
const CONSTANT = /^slo:(objective_ratio|error_budget_ratio|window_seconds|info|coverage_ratio)$/;

/** A burn of 20× for the first group, and of 0.5× for the others. */
function recordedValue(record: string, group: number, { slo }: SloPlan): number {
  const burn = group === 0 ? 20 : 0.5;
  if (record === "slo:total:increase") return 1000;
  if (record === "slo:bad:increase") return 1000 * slo.errorBudget * burn;
  if (record.startsWith("slo:error_ratio:")) return slo.errorBudget * burn;
  if (record === "slo:error_budget_remaining_ratio") return group === 0 ? 0.25 : 0.9;
  if (record === "slo:objective_ratio") return slo.objectivePercent / 100;
  if (record === "slo:error_budget_ratio") return slo.errorBudget;
  return 1;
}

function openMetrics(samples: readonly Sample[]): string {
  const lines = samples.flatMap((sample) =>
    Array.from({ length: SAMPLES }, (_sample, index) => line(sample, NOW - index * STEP)).reverse(),
  );
  return `${lines.join("\n")}\n# EOF\n`;
}

function line({ metric, labels, value }: Sample, time: number): string {
  const inside = Object.entries(labels)
    .map(([name, text]) => `${name}=${JSON.stringify(text)}`)
    .join(",");
  return `${metric}{${inside}} ${value} ${time}`;
}
