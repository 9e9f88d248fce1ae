/**
 * `npm run bench`: how long firebreak takes, as a whole process, beside Sloth on the same SLOs in the same run, and how
 * long promtool takes for the generated tests. A table, then one line of JSON. Nothing passes or fails here.
 *
 *   npm run bench                    5 runs of each, after a warm-up
 *   npm run bench -- --runs 3
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { findEngine } from "../tools/engines/find-engine.ts";
import { type Command, measure, runOnce, type Timing } from "./measure.ts";
import { writeDeclarations, writeSlothSpecs } from "./synthetic.ts";

const ROOT = join(import.meta.dirname, "..");
const MAIN = join(ROOT, "src", "cli", "main.ts");
const SIZES = [100, 1000];
const SLOTH_WINDOWS = "its default, 30d";

interface Row {
  readonly name: string;
  readonly slos: number;
  readonly timing: Timing;
  /** Of Sloth's time for as many SLOs. */
  readonly timesSloth: number | undefined;
}

const { values } = parseArgs({ options: { runs: { type: "string", default: "5" } } });
const runs = Math.max(1, Number.parseInt(values.runs, 10) || 5);
const work = mkdtempSync(join(tmpdir(), "firebreak-bench-"));
try {
  report();
} finally {
  rmSync(work, { recursive: true, force: true });
}

function report(): void {
  const before = loadOfMachine();
  const rows = [...exampleRows(), ...SIZES.flatMap(rowsOfSize)];
  const rules = rulesPerSlo(SIZES[0] ?? 0);
  const proofs = promtoolSeconds();
  for (const row of rows) console.log(printRow(row));
  console.log(`rules per SLO: firebreak ${rules.firebreak}, sloth ${rules.sloth ?? "not on this machine"}`);
  console.log(
    proofs
      ? `promtool test rules on generated/: ${round(proofs.seconds)} s, ${round(proofs.perSlo)} s per SLO`
      : "promtool is not on this machine",
  );
  const sloth = findEngine("sloth");
  console.log(
    sloth
      ? `sloth ${sloth.version}, windows: ${SLOTH_WINDOWS}`
      : "sloth is not on this machine (npm run engines -- sloth)",
  );
  const load = { before, after: loadOfMachine() };
  console.log(`load before ${load.before}, after ${load.after}, on ${cpus().length} CPUs`);
  console.log(
    JSON.stringify({
      bench: "firebreak",
      node: process.version,
      cpus: cpus().length,
      runs,
      load,
      rows: rows.map(figures),
      rules,
      promtool: proofs ?? null,
    }),
  );
}

/** The declarations of this repository, and the start of Node itself, below which nothing can come. */
function exampleRows(): Row[] {
  const slos = exampleSlos();
  const out = join(work, "example");
  return [
    row("node, doing nothing", 0, { program: process.execPath, args: ["--eval", "0"] }),
    row("check slos/", slos, firebreak(["check"], ROOT)),
    row("build slos/", slos, firebreak(["build", "--out", out], ROOT, out)),
  ];
}

function rowsOfSize(slos: number): Row[] {
  const folder = join(work, String(slos));
  const out = join(folder, "out");
  writeDeclarations(folder, slos);
  const sloth = slothRow(slos, folder);
  return [
    ...(sloth ? [sloth] : []),
    row(`check, ${slos} SLOs`, slos, firebreak(["check"], folder), sloth),
    row(`build, ${slos} SLOs, from nothing`, slos, firebreak(["build", "--out", out], folder, out), sloth),
    row(`build, ${slos} SLOs, nothing changed`, slos, firebreak(["build", "--out", out], folder), sloth),
  ];
}

function slothRow(slos: number, folder: string): Row | undefined {
  const sloth = findEngine("sloth");
  if (sloth === undefined) return undefined;
  const [specs, out] = [join(folder, "sloth"), slothOutput(slos)];
  writeSlothSpecs(specs, slos);
  return row(`sloth generate, ${slos} SLOs`, slos, {
    program: sloth.path,
    args: ["generate", "-i", specs, "-o", out],
    prepare: () => emptyFolder(out),
  });
}

function slothOutput(slos: number): string {
  return join(work, String(slos), "sloth-out");
}

function row(name: string, slos: number, command: Command, sloth?: Row): Row {
  console.error(`measuring: ${name}`);
  const timing = measure(command, runs);
  return { name, slos, timing, timesSloth: sloth && timing.wallSeconds / sloth.timing.wallSeconds };
}

function firebreak(args: readonly string[], cwd: string, emptied?: string): Command {
  const command = { program: process.execPath, args: [MAIN, ...args], cwd };
  return emptied === undefined
    ? command
    : { ...command, prepare: () => rmSync(emptied, { recursive: true, force: true }) };
}

function emptyFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}

/** Counted in the files that both have just written for the same SLOs. */
function rulesPerSlo(slos: number): { readonly firebreak: number; readonly sloth: number | undefined } {
  const sloth = findEngine("sloth") === undefined ? undefined : rulesIn(slothOutput(slos)) / slos;
  return { firebreak: rulesIn(join(work, String(slos), "out", "prometheus")) / slos, sloth };
}

function rulesIn(folder: string): number {
  const texts = readdirSync(folder)
    .filter((name) => !name.includes(".tests."))
    .map((name) => readFileSync(join(folder, name), "utf8"));
  return texts.reduce((sum, text) => sum + (text.match(/^ *(- )?(record|alert): /gm)?.length ?? 0), 0);
}

interface PromtoolFigures {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly perSlo: number;
}

/** One run of each file: they take long, and differ little. */
function promtoolSeconds(): PromtoolFigures | undefined {
  const promtool = findEngine("promtool");
  if (promtool === undefined) return undefined;
  const cwd = join(ROOT, "generated", "prometheus");
  const timings = readdirSync(cwd)
    .filter((name) => name.endsWith(".tests.yaml"))
    .map((name) => {
      console.error(`measuring: promtool test rules ${name}`);
      return runOnce({ program: promtool.path, args: ["test", "rules", name], cwd });
    });
  const seconds = timings.reduce((sum, timing) => sum + timing.wallSeconds, 0);
  const cpuSeconds = timings.reduce((sum, timing) => sum + timing.cpuSeconds, 0);
  return { seconds: round(seconds), cpuSeconds: round(cpuSeconds), perSlo: round(seconds / exampleSlos()) };
}

/** Groups of the rule files that every SLO has one of. */
function exampleSlos(): number {
  const folder = join(ROOT, "generated", "prometheus");
  const texts = readdirSync(folder)
    .filter((name) => name.endsWith(".rules.yaml") && !name.endsWith(".long.rules.yaml"))
    .map((name) => readFileSync(join(folder, name), "utf8"));
  return texts.reduce((sum, text) => sum + (text.match(/^ {2}- name: /gm)?.length ?? 0), 0);
}

function printRow({ name, timing, timesSloth }: Row): string {
  const ratio = timesSloth === undefined ? "" : `  ${round(timesSloth)}× sloth`;
  return `${name.padEnd(40)} ${seconds(timing.wallSeconds)} wall  ${seconds(timing.cpuSeconds)} CPU${ratio}`;
}

function figures({ name, slos, timing, timesSloth }: Row): object {
  return {
    name,
    slos,
    wallSeconds: round(timing.wallSeconds),
    cpuSeconds: round(timing.cpuSeconds),
    timesSloth: timesSloth === undefined ? null : round(timesSloth),
  };
}

function seconds(value: number): string {
  return `${value.toFixed(3).padStart(8)} s`;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function loadOfMachine(): number {
  return round(loadavg()[0] ?? 0);
}
