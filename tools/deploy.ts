/**
 * `npm run preview`, `npm run up` and `npm run down`: the program in `program.ts`, run by the Pulumi engine, with a summary that says
 * what changes for whom. Without an account: the state is in `.pulumi/` unless PULUMI_BACKEND_URL says otherwise.
 */
import { join, resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import type { EngineEvent, Stack } from "@pulumi/pulumi/automation/index.js";
import { recover } from "../src/pulumi/recover.ts";
import { readArguments } from "./arguments/read-arguments.ts";
import { type Change, changesOf, printChanges } from "./deploy/changes.ts";
import { MissingEngine } from "./deploy/engine.ts";
import { failureText } from "./deploy/failure.ts";
import { openStack } from "./deploy/stack.ts";

const ROOT = resolve(import.meta.dirname, "..");
const OPERATIONS = ["preview", "up", "destroy"] as const;

type Operation = (typeof OPERATIONS)[number];

/** Of the operation that is running: the summary and the failure are told from them. */
const events: EngineEvent[] = [];

const HELP = `Deploys what program.ts declares, by the Pulumi engine, without an account.

  npm run preview                    what would change; writes nothing
  npm run up                         makes it so (asks on a terminal)
  npm run down                       takes everything away again (asks on a terminal)

  -- --stack NAME                    another stack than dev, such as prod of Pulumi.prod.yaml
  -- --yes                           does not ask

The state is in .pulumi/ unless PULUMI_BACKEND_URL says otherwise. docs/pulumi.md tells more.`;

const { values, positionals } = readArguments({
  options: { stack: { type: "string", default: "dev" }, yes: { type: "boolean", default: false } },
  help: HELP,
});
process.exitCode = await main(positionals[0] ?? "", values);

async function main(operation: string, { stack: name, yes }: typeof values): Promise<number> {
  if (!isOperation(operation)) {
    console.error(`Say what to do: ${OPERATIONS.join(", ")}.\n\n${HELP}`);
    return 2;
  }
  try {
    process.chdir(ROOT);
    const stack = await openStack(name, ROOT);
    if (operation !== "preview" && !yes && process.stdin.isTTY && !(await isWanted(stack, operation))) return 1;
    if (operation !== "preview") await finishCreates(stack);
    report(await run(stack, operation), operation, name);
    return 0;
  } catch (error) {
    console.error(error instanceof MissingEngine ? error.message : failureText(error, events));
    return 1;
  }
}

async function finishCreates(stack: Stack): Promise<void> {
  for (const found of await recover(stack)) console.log(`${found}: an operation that was cut off had created it`);
}

function isOperation(text: string): text is Operation {
  return (OPERATIONS as readonly string[]).includes(text);
}

async function isWanted(stack: Stack, operation: Operation): Promise<boolean> {
  if (operation === "up") report(await run(stack, "preview"), "preview", stack.name);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`${operation} ${stack.name}? (yes/no) `);
  terminal.close();
  return answer.trim() === "yes";
}

async function run(stack: Stack, operation: Operation): Promise<Change[]> {
  events.length = 0;
  const progress = showProgress(operation);
  const onEvent = (event: EngineEvent) => {
    events.push(event);
    progress.show(event);
  };
  try {
    if (operation === "destroy") await stack.destroy({ onEvent });
    // Deployments are held to the policies of this repository.
    else await stack[operation]({ onEvent, policyPacks: [join(ROOT, "policy")] });
  } finally {
    progress.end();
  }
  return changesOf(events);
}

/** One line on a terminal; silent in a pipe. */
function showProgress(operation: Operation) {
  let done = 0;
  const write = (text: string) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${text}`);
  };
  return {
    show: (event: EngineEvent) => {
      if (event.resOutputsEvent || event.resourcePreEvent) done += 1;
      write(`${operation}: ${done} steps …`);
    },
    end: () => write(""),
  };
}

function report(changes: readonly Change[], operation: Operation, stack: string): void {
  console.log(printChanges(changes, { operation, stack }));
}
