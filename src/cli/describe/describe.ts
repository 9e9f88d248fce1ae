/** `--describe`: the commands as data, for programs that call them. */

import { optionOf, optionsOf } from "../arguments/command-options.ts";
import type { Option } from "../arguments/options.ts";
import type { Command } from "../command.ts";
import { outputName, outputSchema } from "./json-schemas.ts";

/** All commands. Their outputs' schemas are files of the package. */
export function describeAll(commands: readonly Command[], version: string): object {
  return { name: "firebreak", version, exitCodes, schemas: "schemas/", commands: commands.map(describeOne) };
}

/** One command, with the schema of what it prints. */
export function describeWithOutput(command: Command): object {
  return { ...describeOne(command), exitCodes, outputSchema: outputSchema(command.name) };
}

const exitCodes = { 0: "done", 1: "issues", 2: "wrong usage or unusable path" };

function describeOne(command: Command): object {
  const { name, summary, about, operands, examples } = command;
  return {
    name,
    summary,
    about: about.join(" "),
    operands: operands.map((operand) => ({
      name: operand.replaceAll(/[[\]<>]/g, ""),
      required: !operand.startsWith("["),
    })),
    options: optionsOf(command).map((option) => describeOption(option, optionOf(command, option))),
    examples,
    output: outputName(name),
  };
}

function describeOption(name: string, { type, short, value, multiple, default: fallback, help }: Option): object {
  return { name: `--${name}`, short: short && `-${short}`, type, value, multiple, default: fallback, help };
}
