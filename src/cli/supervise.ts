/** Commands in a process of their own: whatever the declarations do there, this one has an answer, and its stdout holds nothing else. */
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { report, type Setting } from "../io/load/apart.ts";
import { describeEnding } from "../io/load/describe-ending.ts";
import { presentPlace } from "../io/load/locate-failure.ts";
import { runApart } from "../io/load/run-apart.ts";
import { PACKAGE_ROOT } from "../io/package-root.ts";
import { UsageError } from "./arguments/usage-error.ts";
import type { Command, ExitCode, Input } from "./command.ts";
import { unbuilt } from "./evaluate.ts";
import { allWritten, isColoured, openTerminalApart, type Terminal } from "./print/terminal.ts";

interface Run {
  /** The command line as it was given. */
  readonly line: readonly string[];
  readonly input: Input;
  readonly terminal: Terminal;
}

/** Runs the command in another process, and reports in the command's own form if that ended before its work did. */
export async function runSupervised(command: Command, { line, input, terminal }: Run): Promise<ExitCode> {
  const setting: Setting = { limitSeconds: readLimit(), colour: isColoured(), isScreen: process.stdout.isTTY === true };
  const ending = await runApart({ entry: MAIN, args: line, setting });
  if (ending.kind === "done") return printDone(ending.output, ending.code as ExitCode, terminal);
  const fact = describeEnding(ending, input.flags.slos, setting.limitSeconds);
  return command.run(input, terminal, async () => unbuilt([fact]));
}

/** The other process: does the work, and hands its results over. */
export async function workApart(setting: Setting, work: (terminal: Terminal) => Promise<ExitCode>): Promise<ExitCode> {
  const tellEnding = () => report({ kind: "ending", source: presentPlace() });
  process.on("exit", tellEnding);
  const { terminal, output } = openTerminalApart(setting);
  const code = await work(terminal);
  await allWritten();
  process.off("exit", tellEnding);
  report({ kind: "done", code, output: output() });
  return code;
}

// In the package it is JavaScript.
const MAIN = fileURLToPath(new URL(`src/cli/main${extname(import.meta.url)}`, PACKAGE_ROOT));

const LIMIT_SECONDS = 60;

/** How long declarations may load, in seconds. */
function readLimit(): number {
  const text = process.env.FIREBREAK_LOAD_SECONDS;
  if (text === undefined) return LIMIT_SECONDS;
  if (Number(text) > 0) return Number(text);
  throw new UsageError(`FIREBREAK_LOAD_SECONDS is ${text}.`, "Give seconds above 0, such as 120.");
}

function printDone(output: string, code: ExitCode, terminal: Terminal): ExitCode {
  if (output !== "") terminal.print(output.replace(/\n$/, ""));
  return code;
}
