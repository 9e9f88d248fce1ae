/** What Prometheus would send of a scenario: the generated rules in its own engine, over the scenario's history. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import { writeHistory } from "../../bench/oracle/history-file.ts";
import { START_MS } from "../../bench/oracle/world.ts";
import { replay, type SentAlert } from "../../bench/rules/replay.ts";
import { historyOf, momentOf } from "./history.ts";
import type { Scenario } from "./scenario.ts";

/** Minutes before the incident from which on Alertmanager listens. */
export const LEAD = 10;
/** Minutes before that in which every rule runs, so that what waits for others has waited. */
const WARM = 60;

/**
 * @param files - Texts of rule files, by path.
 * @param engine - The replay engine, or what remembers what it said.
 */
export async function timelineOf(
  scenario: Scenario,
  files: Readonly<Record<string, string>>,
  folder: string,
  engine = replay,
): Promise<readonly SentAlert[]> {
  const history = join(folder, "history.bin");
  writeHistory(history, historyOf(scenario));
  const [start, from] = [START_MS, momentOf(scenario, -LEAD)];
  const rules = { ...files, ...(scenario.beside ? { "beside.rules.yaml": stringify(scenario.beside.rules) } : {}) };
  const versions = [{ from: start, files: writeAll(join(folder, "rules"), rules) }];
  const warmUntil = momentOf(scenario, -LEAD - WARM);
  const { sent = [], rules: costs } = await engine(folder, {
    ...{ history, start, end: momentOf(scenario, scenario.end), intervalMs: 30_000, send: true },
    peers: [{ name: scenario.name, phase: "hash", warmUntil, versions }],
  });
  const failed = costs.find(({ failures }) => failures > 0);
  if (failed) throw new Error(`${failed.name}: ${failed.failure}`);
  return [...firingAt(from, sent), ...sent.filter(({ at }) => at >= from)].sort((a, b) => a.at - b.at);
}

/** What fires already when Alertmanager begins to listen, all at once: each as it was last sent. */
function firingAt(from: number, sent: readonly SentAlert[]): SentAlert[] {
  const last = new Map(
    sent.filter(({ at }) => at < from).map((alert) => [JSON.stringify(Object.entries(alert.labels).sort()), alert]),
  );
  const firing = [...last.values()].filter(({ resolved, endsAt }) => !resolved && endsAt > from);
  return firing.map((alert) => ({ ...alert, at: from }));
}

function writeAll(folder: string, files: Readonly<Record<string, string>>): string[] {
  return Object.entries(files).map(([path, text]) => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  });
}
