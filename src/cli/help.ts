/** Help that fits a screen. */

import { optionOf, optionsOf } from "./arguments/command-options.ts";
import type { Option } from "./arguments/options.ts";
import type { Command } from "./command.ts";
import { alignColumns } from "./print/table.ts";

const EXIT_CODES = "Exit codes: 0 done, 1 issues, 2 wrong usage or unusable path.";

/** What `firebreak --help` prints. */
export function describeCommands(commands: readonly Command[]): string {
  return [
    "firebreak compiles SLOs declared in TypeScript into rules, routes, dashboards, runbooks and their tests.",
    "",
    "Usage: firebreak <command> [options]",
    "",
    alignColumns(
      commands.map((command) => [usageOf(command), command.summary]),
      "  ",
    ),
    "",
    alignColumns(
      [
        ["-h, --help", "help, also of a command: firebreak build --help"],
        ["--describe", "the commands as JSON"],
        ["--version", "the version"],
      ],
      "  ",
    ),
    "",
    "Example:",
    "  firebreak check --slos slos/index.ts",
    "",
    EXIT_CODES,
  ].join("\n");
}

/** What `firebreak <command> --help` prints. */
export function describeCommand(command: Command): string {
  return [
    `Usage: firebreak ${usageOf(command)} [options]`,
    "",
    `${command.summary}.`,
    ...command.about,
    "",
    "Options:",
    alignColumns(
      optionsOf(command).map((name) => describeOption(name, optionOf(command, name))),
      "  ",
    ),
    "",
    command.examples.length === 1 ? "Example:" : "Examples:",
    ...command.examples.map((example) => `  ${example}`),
    "",
    EXIT_CODES,
  ].join("\n");
}

function usageOf(command: Command): string {
  return [command.name, ...command.operands].join(" ");
}

function describeOption(name: string, option: Option): string[] {
  const short = option.short === undefined ? "" : `-${option.short}, `;
  const value = option.value === undefined ? "" : ` ${option.value}`;
  const fallback = option.default === undefined ? "" : ` (default ${option.default})`;
  return [`${short}--${name}${value}`, option.help + fallback];
}
