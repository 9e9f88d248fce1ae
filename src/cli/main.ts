#!/usr/bin/env node
/**
 * The command line: finds the command, runs it, and turns every outcome into an exit code.
 * A user's mistake is reported in words; only a bug of ours prints a stack.
 */
import { enableCompileCache } from "node:module";
import { setting } from "../io/load/apart.ts";
import { readVersion } from "../io/own-files.ts";
import { UnusablePath } from "../io/write/unusable-path.ts";
import { didYouMean } from "./arguments/did-you-mean.ts";
import { parseInput } from "./arguments/parse-input.ts";
import { UsageError } from "./arguments/usage-error.ts";
import type { Command, ExitCode } from "./command.ts";
import { build } from "./commands/build.ts";
import { check } from "./commands/check.ts";
import { diff } from "./commands/diff.ts";
import { doctor } from "./commands/doctor.ts";
import { explain } from "./commands/explain.ts";
import { init } from "./commands/init.ts";
import { merge } from "./commands/merge.ts";
import { review } from "./commands/review.ts";
import { simulate } from "./commands/simulate.ts";
import { test } from "./commands/test.ts";
import { evaluate } from "./evaluate.ts";
import { describeCommand, describeCommands } from "./help.ts";
import { allWritten, openTerminal, type Terminal } from "./print/terminal.ts";
import { runSupervised, workApart } from "./supervise.ts";

/** Every command, in the order of a first day with it. */
const commands: readonly Command[] = [init, check, build, test, explain, simulate, diff, review, doctor, merge];

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
  if (name === "--describe") return printJson((await describing()).describeAll(commands, readVersion()), terminal);
  const command = findCommand(name);
  const input = parseInput(command, args);
  if (input.flags.help) return printResult(describeCommand(command), terminal);
  if (input.flags.describe) return printJson((await describing()).describeWithOutput(command), terminal);
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

function printJson(value: object, terminal: Terminal): ExitCode {
  return printResult(JSON.stringify(value, null, 2), terminal);
}

/** Late: schemas take longer to load than most commands to start. */
function describing() {
  return import("./describe/describe.ts");
}

function findCommand(name: string): Command {
  const names = commands.map((command) => command.name);
  const found = commands.find((command) => command.name === name);
  if (found) return found;
  const hint = `Commands are ${names.join(", ")}; see firebreak --help.`;
  throw new UsageError(`There is no command ${name}.${didYouMean(name, names)}`, hint);
}

function reportFailure(error: unknown, args: readonly string[], terminal: Terminal): ExitCode {
  const isExpected = error instanceof UsageError || error instanceof UnusablePath;
  if (args.includes("--json")) printJson(failureOf(error), terminal);
  terminal.note(
    isExpected
      ? `${terminal.paintNote("red", "firebreak:")} ${error.message}\n  hint: ${error.hint}`
      : describeBug(error),
  );
  return 2;
}

function failureOf(error: unknown): object {
  const common = { ok: false, issues: [], failure: error instanceof Error ? error.message : String(error) };
  if (error instanceof UsageError) return { ...common, code: "wrong-usage", hint: error.hint };
  if (error instanceof UnusablePath) return { ...common, code: "unusable-path", hint: error.hint };
  return { ...common, code: "bug" };
}

function describeBug(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `firebreak failed. This is a bug in firebreak, not in your declarations; please report it with these lines:\n${stack}`;
}
