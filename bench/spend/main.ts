/**
 * `npm run bench:spend`: simulated months of spending, and whether the rules agree with the ledger that made them.
 * Real rule groups of Prometheus in simulated time. A table, then one line of JSON.
 *
 *   npm run bench:spend                        every scenario
 *   npm run bench:spend -- --only restarts
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { alignColumns } from "../../src/cli/print/table.ts";
import { type Figures, runScenario } from "./run.ts";
import { scenarios } from "./scenario.ts";

const HEAD = ["month", "ledger", "never shown", "rules", "off by", "worst day", "allowed", "increase[1d]", "seconds"];

const { values } = parseArgs({ options: { only: { type: "string" }, seed: { type: "string", default: "1" } } });
const work = mkdtempSync(join(tmpdir(), "firebreak-spend-"));
try {
  await report();
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function report(): Promise<void> {
  const chosen = scenarios.filter(({ name }) => values.only === undefined || name === values.only);
  const all: Figures[] = [];
  for (const scenario of chosen) {
    const folder = join(work, scenario.name.replaceAll(" ", "-"));
    mkdirSync(folder);
    const figures = await runScenario(folder, scenario, Number(values.seed));
    all.push(figures);
    console.log(`${scenario.name}: ${scenario.about} (${JSON.stringify(figures)})`);
  }
  console.log(`\n${alignColumns([HEAD, ...all.map(row)], "")}\n`);
  console.log(JSON.stringify({ bench: "spend", seed: Number(values.seed), scenarios: all }));
}

function row(figures: Figures): string[] {
  return [
    figures.name,
    dollars(figures.ledger),
    dollars(figures.unseen),
    dollars(figures.rules),
    dollars(figures.offBy),
    dollars(figures.worstDay),
    dollars(figures.worstDayAllowed),
    dollars(figures.handmade),
    String(figures.seconds),
  ];
}

function dollars(units: number): string {
  return `$${(units / 10_000).toFixed(4)}`;
}
