/** `npm run fuzz`: random declarations through promtool and amtool. Ends with one line of JSON. */
import { fuzz } from "../test/properties/fuzz/fuzz.ts";
import { readArguments } from "./arguments/read-arguments.ts";
import { findEngine } from "./engines/find-engine.ts";

const HELP = `Builds random SLOs, budgets and experiments, without those that are refused, and checks their output with promtool and amtool.

  npm run fuzz -- --count 2000 --seed 1    so many of them; the same seed gives the same ones
  npm run fuzz -- --seed random            others each time; the last line says which seed it was
  npm run fuzz -- --count 1 --first 2630   the world at this place of the seed: its services are a-2630 and b-2630

Exits 1 when an engine refuses something, and says in which folder it is.`;

const { values } = readArguments({
  options: {
    count: { type: "string", default: "2000" },
    seed: { type: "string", default: "1" },
    first: { type: "string", default: "0" },
  },
  help: HELP,
});
const seed = values.seed === "random" ? Math.floor(Math.random() * 1_000_000) : Number(values.seed);
process.exitCode = await main(Number(values.count), seed, Number(values.first));

async function main(count: number, seed: number, first: number): Promise<number> {
  const missing = (["promtool", "amtool"] as const).filter((name) => findEngine(name) === undefined);
  if (![count, seed, first].every(Number.isSafeInteger))
    return wrong(`--count, --seed and --first take whole numbers\n\n${HELP}`);
  if (missing.length > 0) return wrong(`${missing.join(", ")} not on this machine: npm run engines`);
  const start = Date.now();
  const { declarations, services, refused } = await fuzz({ count, seed, first, onBatch: progress });
  for (const { asked, answer } of refused) console.log(`${asked}\n${answer}\n`);
  const seconds = Math.round((Date.now() - start) / 1000);
  console.log(JSON.stringify({ seed, declarations, services, refused: refused.length, seconds }));
  return refused.length === 0 ? 0 : 1;
}

function wrong(message: string): number {
  console.error(message);
  return 2;
}

function progress(declarations: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${declarations} declarations`);
}
