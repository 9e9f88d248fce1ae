/**
 * `npm run bench:rules`: what the rules of an SLO cost Prometheus and how far they are from the truth, beside Sloth's, Pyrra's
 * formulas and raw `increase`, on the same histories in the same run. Tables, then one line of JSON. Nothing passes or fails here.
 *
 *   npm run bench:rules                      everything, about twenty minutes on two idle cores
 *   npm run bench:rules -- --quick           a few minutes: no months, and no periods
 *   npm run bench:rules -- --markdown        tables for docs
 *   npm run bench:rules -- --part costs      or accuracy, or months
 *   npm run bench:rules -- --only night      cases whose names contain it
 *   npm run bench:rules -- --own             without the peers
 *   npm run bench:rules -- --save FILE       adds every result to the file as soon as it is there
 *   npm run bench:rules -- --print FILE      measures nothing: tables of what was saved, the last of each
 */
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { findEngine } from "../../tools/engines/find-engine.ts";
import { pins } from "../../tools/engines/pins.ts";
import { accuracyCases, periodCases } from "./cases.ts";
import { COST_CASES, type CostResult, measureCost } from "./cost.ts";
import { firebreak } from "./firebreak.ts";
import type { Peer } from "./peer.ts";
import { pyrra } from "./pyrra.ts";
import { rawIncrease } from "./raw.ts";
import { accuracyTables, costTables, missedTargets, periodTable, type Results } from "./report.ts";
import { type CaseResult, runCase } from "./run-case.ts";
import { readResults, saveResult } from "./saved.ts";
import { sloth } from "./sloth.ts";
import { printTable } from "./table.ts";

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    markdown: { type: "boolean", default: false },
    only: { type: "string", default: "" },
    own: { type: "boolean", default: false },
    part: { type: "string", default: "all" },
    save: { type: "string" },
    print: { type: "string" },
  },
});
const work = mkdtempSync(join(tmpdir(), "firebreak-bench-rules-"));
try {
  await main();
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function main(): Promise<void> {
  if (values.print !== undefined) return print(readResults(values.print));
  if (findEngine("replay") === undefined) {
    console.error("replay is not on this machine (npm run engines -- replay)");
    process.exitCode = 1;
    return;
  }
  if (findEngine("sloth") === undefined)
    console.error("sloth is not on this machine (npm run engines -- sloth): left out");
  const loadBefore = loadavg()[0];
  const results = { accuracy: await accuracy(), periods: await periods(), costs: await costs() };
  print(results);
  const machine = { node: process.version, cpus: cpus().length, load: { before: loadBefore, after: loadavg()[0] } };
  const versions = { sloth: findEngine("sloth")?.version, prometheus: pins.prometheus.version };
  const missed = missedTargets(results).map(({ what }) => what);
  console.log(JSON.stringify({ bench: "rules", ...machine, ...versions, quick: values.quick, missed, ...results }));
}

function peersOf(own: Peer, ...others: readonly Peer[]): readonly Peer[] {
  if (values.own) return [own];
  const rival = sloth();
  return [own, ...(rival ? [rival] : []), ...others];
}

function isWanted(part: string, name: string): boolean {
  return name.includes(values.only) && (values.part === "all" || values.part === part);
}

async function accuracy(): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for (const one of accuracyCases(!values.quick).filter(({ name }) => isWanted("accuracy", name))) {
    const peers = one.compared ? peersOf(firebreak(true), pyrra, rawIncrease) : [firebreak(true)];
    results.push(await saved("accuracy", one.name, () => runCase(one, peers, work)));
  }
  return results;
}

async function periods(): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  if (values.quick) return results;
  for (const one of periodCases().filter(({ name }) => isWanted("months", name))) {
    const peers = peersOf(firebreak(false), pyrra, rawIncrease);
    results.push(await saved("periods", one.name, () => runCase(one, peers, work, { periodOnly: true })));
  }
  return results;
}

async function costs(): Promise<CostResult[]> {
  const results: CostResult[] = [];
  for (const one of COST_CASES.filter(({ name }) => isWanted("costs", name))) {
    const options = values.quick ? { days: 4, rawDays: 4 } : { days: 30, rawDays: 4 };
    const peers = peersOf(firebreak(false), pyrra);
    results.push(await saved("costs", one.name, () => measureCost(one, peers, work, options)));
  }
  return results;
}

async function saved<T>(part: keyof Results, name: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await work();
  console.error(`${part}: ${name}: ${((performance.now() - start) / 1000).toFixed(0)} s`);
  if (values.save !== undefined) saveResult(values.save, part, result);
  return result;
}

function print(results: Results): void {
  const tables = [...costTables(results.costs), ...accuracyTables(results.accuracy), ...periodTable(results.periods)];
  for (const table of tables) console.log(`${printTable(table, values.markdown)}\n`);
  const missed = missedTargets(results);
  console.log(missed.length === 0 ? "All targets are met." : "Targets that are missed:");
  for (const { what } of missed) console.log(`- ${what}`);
}
