/**
 * `npm run bench`: how long firebreak takes, as a whole process, beside Sloth on the same SLOs in the same run, and how
 * long promtool takes for the generated tests. A table, then one line of JSON. Nothing passes or fails here.
 *
 *   npm run bench                    5 rounds, after a warm-up
 *   npm run bench -- --rounds 3
 *   npm run bench -- --sizes 1000,10000
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { findEngine } from "../tools/engines/find-engine.ts";
import { countRules, countSlos } from "./count.ts";
import { type Command, measureTogether, runOnce, type Timing } from "./measure.ts";
import { writeDeclarations, writeSlothSpecs } from "./synthetic.ts";

const ROOT = join(import.meta.dirname, "..");
const MAIN = join(ROOT, "src", "cli", "main.ts");
const RULES = join(ROOT, "generated", "prometheus");
const SLOTH = "sloth generate";
const NOTHING = "node, doing nothing";

const sloth = findEngine("sloth");
const promtool = findEngine("promtool");
const { values } = parseArgs({
  options: { rounds: { type: "string", default: "5" }, sizes: { type: "string", default: "100,1000" } },
});
const sizes = values.sizes.split(",").map(Number);
const rounds = Math.max(1, Number.parseInt(values.rounds, 10) || 5);
const work = mkdtempSync(join(tmpdir(), "firebreak-bench-"));
try {
  report();
} finally {
  rmSync(work, { recursive: true, force: true });
}

function report(): void {
  const loadBefore = loadOfMachine();
  const rows = [...exampleRows(), ...sizes.flatMap(rowsOfSize)];
  const rules = rulesPerSlo();
  const proofs = promtoolFigures();
  const load = { before: loadBefore, after: loadOfMachine() };
  console.log(rows.map(printRow).join("\n"));
  console.log(
    `rules per SLO: firebreak ${rules.firebreak}, Sloth ${rules.sloth ?? "is not on this machine (npm run engines -- sloth)"}`,
  );
  console.log(
    `promtool test rules on generated/: ${proofs ? `${proofs.seconds} s, ${proofs.secondsPerSlo} s per SLO` : "promtool is not on this machine"}`,
  );
  console.log(`load of the machine: ${load.before} before, ${load.after} after, on ${cpus().length} CPUs`);
  const machine = { node: process.version, sloth: sloth?.version, cpus: cpus().length, load };
  console.log(
    JSON.stringify({
      bench: "firebreak",
      ...machine,
      rounds,
      rows: rows.map(figures),
      rulesPerSlo: rules,
      promtool: proofs,
    }),
  );
}

interface Row {
  readonly name: string;
  readonly slos: number;
  readonly timing: Timing;
  /** Sloth's time for as many SLOs, in the same rounds. */
  readonly sloth: Timing | undefined;
}

type Entry = readonly [name: string, command: Command];

/** The declarations of this repository, and Node itself, below which nothing can come. */
function exampleRows(): Row[] {
  const out = join(work, "example");
  const rows = rowsOf(countSlos(RULES), [
    [NOTHING, { program: process.execPath, args: ["--eval", "0"] }],
    ["check slos/", firebreak(["check"], ROOT)],
    ["build slos/", firebreak(["build", "--out", out], ROOT, out)],
  ]);
  return rows.map((row) => (row.name === NOTHING ? { ...row, slos: 0 } : row));
}

function rowsOfSize(slos: number): Row[] {
  const folder = join(work, String(slos));
  const out = join(folder, "out");
  writeDeclarations(folder, slos);
  const own: Entry[] = [
    ["check", firebreak(["check"], folder)],
    ["build, rules only", firebreak(["build", "--target", "prometheus", "--out", out], folder, out)],
    ["build", firebreak(["build", "--out", out], folder, out)],
  ];
  return sloth === undefined
    ? rowsOf(slos, own)
    : rowsOf(slos, [...own, [SLOTH, slothCommand(slos, folder, sloth.path)]]);
}

function rowsOf(slos: number, entries: readonly Entry[]): Row[] {
  console.error(`measuring with ${slos} SLOs: ${entries.map(([name]) => name).join("; ")}`);
  const timings = measureTogether(
    entries.map(([, command]) => command),
    rounds,
  );
  const rival = timings[entries.findIndex(([name]) => name === SLOTH)];
  return entries.map(([name], index) => ({
    name,
    slos,
    timing: timings[index] as Timing,
    sloth: name === SLOTH ? undefined : rival,
  }));
}

function slothCommand(slos: number, folder: string, program: string): Command {
  const specs = join(folder, "sloth");
  const out = slothOutput(slos);
  writeSlothSpecs(specs, slos);
  return { program, args: ["generate", "-i", specs, "-o", out], prepare: () => emptyFolder(out) };
}

function slothOutput(slos: number): string {
  return join(work, String(slos), "sloth-out");
}

/** @param out - Removed before every run, so that each of them writes every file. */
function firebreak(args: readonly string[], cwd: string, out?: string): Command {
  const command = { program: process.execPath, args: [MAIN, ...args], cwd };
  return out === undefined ? command : { ...command, prepare: () => rmSync(out, { recursive: true, force: true }) };
}

function emptyFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}

/** Counted in what both have just written for the same SLOs. */
function rulesPerSlo(): { readonly firebreak: number; readonly sloth: number | undefined } {
  const [slos = 0] = sizes;
  const own = countRules(join(work, String(slos), "out", "prometheus"));
  return { firebreak: own / slos, sloth: sloth && countRules(slothOutput(slos)) / slos };
}

interface PromtoolFigures {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly secondsPerSlo: number;
}

/** One run of each file: they take long, and differ little. */
function promtoolFigures(): PromtoolFigures | undefined {
  if (promtool === undefined) return undefined;
  const files = readdirSync(RULES).filter((name) => name.endsWith(".tests.yaml"));
  const timings = files.map((name) => {
    console.error(`measuring: promtool test rules ${name}`);
    return runOnce({ program: promtool.path, args: ["test", "rules", name], cwd: RULES });
  });
  const wall = timings.reduce((sum, { wallSeconds }) => sum + wallSeconds, 0);
  const cpu = timings.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);
  return { seconds: round(wall), cpuSeconds: round(cpu), secondsPerSlo: round(wall / countSlos(RULES)) };
}

function printRow({ name, slos, timing, sloth: rival }: Row): string {
  const { wallSeconds, cpuSeconds } = timing;
  const own = `${String(slos).padStart(5)} SLOs  ${name.padEnd(20)} ${printSeconds(wallSeconds)} wall ${printSeconds(cpuSeconds)} CPU`;
  if (rival === undefined) return own;
  return `${own}   ${(wallSeconds / rival.wallSeconds).toFixed(1)}× the time and ${(cpuSeconds / rival.cpuSeconds).toFixed(1)}× the CPU time of Sloth`;
}

function printSeconds(seconds: number): string {
  return `${seconds.toFixed(3).padStart(8)} s`;
}

function figures({ name, slos, timing, sloth: rival }: Row): object {
  const { wallSeconds, cpuSeconds } = timing;
  const own = { name, slos, wallSeconds: round(wallSeconds), cpuSeconds: round(cpuSeconds) };
  if (rival === undefined) return own;
  return {
    ...own,
    timesSloth: round(wallSeconds / rival.wallSeconds),
    timesSlothCpu: round(cpuSeconds / rival.cpuSeconds),
  };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function loadOfMachine(): number {
  return round(loadavg()[0] ?? 0);
}
