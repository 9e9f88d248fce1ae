/**
 * `npm run e2e:alerts`: alerts over their whole life, scenario by scenario. The generated rules run over a history in
 * Prometheus's own engine; what they send goes to a real Alertmanager with the generated configuration, an hour in a minute.
 * Only time is scaled: that of routes, of Alertmanager's flags and of the alerts, by one factor. Ends with one line of JSON.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { Entry } from "./alerts/ledger.ts";
import { type Prepared, perform, prepare } from "./alerts/run.ts";
import { scenarios } from "./alerts/scenarios/index.ts";
import { ledgerPage } from "./alerts/table.ts";
import { findEngine } from "./engines/find-engine.ts";

/** Seconds of a scenario: routes wait ten at least, so what is sent that late is another scenario. */
const TOLERATED_LATE = 10;
/** How often a scenario is slowed down. */
const TRIES = 3;

const { values, positionals } = parseArgs({
  options: {
    speed: { type: "string", default: "60" },
    heard: { type: "boolean" },
    write: { type: "boolean" },
  },
  allowPositionals: true,
});
const missing = (["replay", "alertmanager"] as const).filter((name) => findEngine(name) === undefined);
if (missing.length > 0) {
  console.error(`${missing.join(", ")} not on this machine: npm run engines -- ${missing.join(" ")}`);
  process.exit(2);
}
process.exitCode = await main();

async function main(): Promise<number> {
  const wanted = scenarios.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  // Rules need a processor, and playing waits: one is prepared while those before it are played, which take longer first.
  const playing: Promise<Entry>[] = [];
  for (const scenario of [...wanted].sort((a, b) => b.end - a.end)) {
    const prepared = await prepare(scenario);
    const entry = playInTime(prepared, Number(values.speed)).finally(prepared.remove);
    playing.push(entry.then(print));
  }
  const entries = await Promise.all(playing);
  if (values.write) writeFileSync("docs/ledger.md", ledgerPage(entries, readFileSync("docs/ledger.md", "utf8")));
  return summed(entries);
}

/** What differs because the machine was busy proves nothing: it is played again at half the speed, and said to be. */
async function playInTime(prepared: Prepared, speed: number, tries = TRIES): Promise<Entry> {
  const entry = await perform(prepared, speed);
  const isFixed = entry.speed !== speed;
  if (entry.wrong.length === 0 || entry.lateSeconds <= TOLERATED_LATE || isFixed || tries === 1) return entry;
  const { scenario, lateSeconds, wrong } = entry;
  console.log(
    `again ${scenario.name}, at half the speed: it was sent ${lateSeconds} s too late, and ${wrong.join("; ")}`,
  );
  return playInTime(prepared, speed / 2, tries - 1);
}

function summed(entries: readonly Entry[]): number {
  const wrong = entries.filter((entry) => entry.wrong.length > 0).map(({ scenario }) => scenario.name);
  const figures = Object.fromEntries(entries.map(({ scenario, found }) => [scenario.name, found.notifications]));
  const late = Math.max(...entries.map(({ lateSeconds }) => lateSeconds));
  const slowed = entries.filter(({ speed }) => speed < Number(values.speed)).map(({ scenario }) => scenario.name);
  console.log(
    JSON.stringify({
      ...{ scenarios: entries.length, wrong, speed: Number(values.speed), slowed, late },
      notifications: figures,
    }),
  );
  return wrong.length > 0 ? 1 : 0;
}

function print(entry: Entry): Entry {
  const { scenario, found, wrong, lateSeconds, heard } = entry;
  const { order: _order, ...counts } = found;
  console.log(`${wrong.length === 0 ? "ok   " : "WRONG"} ${scenario.name}: ${scenario.title}`);
  console.log(`      ${JSON.stringify(counts)}, sent at most ${lateSeconds} s too late`);
  for (const line of wrong) console.log(`      ${line}`);
  if (values.heard || wrong.length > 0)
    for (const { minute, receiver, alerts } of heard) console.log(`      ${minute} /${receiver} ${alerts.join(", ")}`);
  return entry;
}
