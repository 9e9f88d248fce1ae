#!/usr/bin/env node
/**
 * The command line: finds the command, runs it, and turns every outcome into an exit code.
 * A user's mistake is told in words; only a bug of ours prints a stack.
 */
import { readFileSync } from "node:fs";
import { enableCompileCache } from "node:module";
import { setting } from "../io/apart.ts";
import { UnusablePath } from "../io/unusable-path.ts";
import { build } from "./build.ts";
import { check } from "./check.ts";
import type { Command, ExitCode } from "./command.ts";
import { didYouMean } from "./did-you-mean.ts";
import { diff } from "./diff.ts";
import { doctor } from "./doctor.ts";
import { evaluate } from "./evaluate.ts";
import { explain } from "./explain.ts";
import { describeCommand, describeCommands } from "./help.ts";
import { init } from "./init.ts";
import { merge } from "./merge.ts";
import { parseInput } from "./parse-input.ts";
import { review } from "./review.ts";
import { simulate } from "./simulate.ts";
import { runSupervised, workApart } from "./supervise.ts";
import { allWritten, openTerminal, type Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

/** Every command, in the order of a first day with it. */
const commands: readonly Command[] = [init, check, build, explain, simulate, diff, review, doctor, merge];

// What commands import, they import late: compiled code of the last run is read for it. Where it cannot be kept, it is not.
enableCompileCache();

const args = process.argv.slice(2);

void main();

/** Ends the process once everything is written, whatever timers a declaration may have left behind. */
async function main(): Promise<never> {
  const work = (terminal: Terminal) => exitCodeOf(args, terminal);
  process.exit(await (setting ? workApart(setting, work) : workHere(work)));
}

async function workHere(work: (terminal: Terminal) => Promise<ExitCode>): Promise<ExitCode> {
  const code = await work(openTerminal());
  await allWritten();
  return code;
}

async function exitCodeOf(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    return await run(args, terminal);
  } catch (error) {
    return reportFailure(error, args, terminal);
  }
}

async function run(line: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [name, ...args] = line;
  refuseOldNode();
  if (name === undefined || name === "--help" || name === "-h")
    return printResult(describeCommands(commands), terminal);
  if (name === "--version") return printResult(readVersion(), terminal);
  const command = findCommand(name);
  const input = parseInput(command, args);
  if (input.flags.help) return printResult(describeCommand(command), terminal);
  const isHere = setting !== undefined || command.loadsDeclarations === false;
  return isHere ? command.run(input, terminal, evaluate) : runSupervised(command, { line, input, terminal });
}

/** Before 22.18 Node neither strips types nor lets us load declarations. */
function refuseOldNode(): void {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return;
  throw new UsageError(
    `This is Node ${process.versions.node}.`,
    "firebreak needs Node 22.18 or newer: npm install --save-dev node@24.",
  );
}

function printResult(text: string, terminal: Terminal): ExitCode {
  terminal.print(text);
  return 0;
}

function readVersion(): string {
  const manifest = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}

function findCommand(name: string): Command {
  const names = commands.map((command) => command.name);
  const found = commands.find((command) => command.name === name);
  if (found) return found;
  const hint = `Commands are ${names.join(", ")}; see firebreak --help.`;
  throw new UsageError(`There is no command ${name}.${didYouMean(name, names)}`, hint);
}

function reportFailure(error: unknown, args: readonly string[], terminal: Terminal): ExitCode {
  const told = error instanceof UsageError || error instanceof UnusablePath;
  const message = error instanceof Error ? error.message : String(error);
  if (args.includes("--json")) terminal.print(JSON.stringify({ ok: false, issues: [], failure: message }, null, 2));
  terminal.note(
    told ? `${terminal.paintNote("red", "firebreak:")} ${message}\n  hint: ${error.hint}` : describeBug(error),
  );
  return 2;
}

function describeBug(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `firebreak failed. This is a bug in firebreak, not in your declarations; please report it with these lines:\n${stack}`;
}
