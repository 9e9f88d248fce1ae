/** The words after the command's name, checked: what is unknown is named, with what may have been meant. */
import { parseArgs } from "node:util";
import type { Command, Flags, Input } from "../command.ts";
import { annotations } from "../print/annotate.ts";
import { optionsOf } from "./command-options.ts";
import { didYouMean } from "./did-you-mean.ts";
import { type Option, type OptionName, options } from "./options.ts";
import { UsageError } from "./usage-error.ts";

/**
 * Parses a command's arguments.
 *
 * @throws {UsageError} where they do not fit the command.
 */
export function parseInput(command: Command, args: readonly string[]): Input {
  const names = optionsOf(command);
  requireKnownOptions(command, args, names);
  const { values, positionals } = parseStrictly(command, args, names);
  const flags = toFlags(values);
  if (!flags.help && !flags.describe) requireOperands(command, positionals);
  return { flags, operands: positionals };
}

type Values = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

// A first, lax pass: Node's own message for an unknown option names no alternative.
function requireKnownOptions(command: Command, args: readonly string[], names: readonly OptionName[]): void {
  const { tokens } = parseArgs({
    args: [...args],
    options: tableOf(names),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const unknown = tokens.find((token) => token.kind === "option" && !Object.hasOwn(tableOf(names), token.name));
  if (unknown?.kind !== "option") return;
  const message = `${command.name} has no option ${unknown.rawName}.${didYouMean(unknown.name, names, "--")}`;
  throw new UsageError(message, `See firebreak ${command.name} --help.`);
}

function parseStrictly(
  command: Command,
  args: readonly string[],
  names: readonly OptionName[],
): { values: Values; positionals: string[] } {
  try {
    return parseArgs({ args: [...args], options: tableOf(names), strict: true, allowPositionals: true });
  } catch (error) {
    throw asUsageError(error, command);
  }
}

function tableOf(names: readonly OptionName[]): Record<string, Option> {
  return Object.fromEntries(names.map((name) => [name, options[name]]));
}

function asUsageError(error: unknown, command: Command): unknown {
  const isUsage = error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS_");
  return isUsage
    ? new UsageError(
        `${error.message.split("\n", 1)[0]?.replace(/\.?$/, ".")}`,
        `See firebreak ${command.name} --help.`,
      )
    : error;
}

function toFlags(values: Values): Flags {
  return {
    slos: text(values, "slos") ?? options.slos.default,
    platform: text(values, "platform"),
    out: text(values, "out") ?? options.out.default,
    targets: list(values.target),
    format: formatOf(values.format),
    annotate: annotationsOf(values.annotate),
    failOn: list(values["fail-on"]),
    slo: text(values, "slo"),
    prometheus: text(values, "prometheus"),
    against: againstOf(text(values, "against")),
    rules: list(values.rules),
    promtool: text(values, "promtool") ?? options.promtool.default,
    jobs: jobsOf(text(values, "jobs")),
    all: values.all === true,
    strict: values.strict === true,
    json: values.json === true,
    into: text(values, "into"),
    name: text(values, "name"),
    owner: text(values, "owner"),
    pulumi: values.pulumi === true,
    describe: values.describe === true,
    help: values.help === true,
  };
}

/** Repeated, or separated by commas. */
function list(value: Values[string]): string[] {
  return Array.isArray(value) ? value.flatMap((names) => String(names).split(",")) : [];
}

function formatOf(value: Values[string]): Flags["format"] {
  if (value === undefined || value === "text" || value === "markdown") return value;
  throw new UsageError(`There is no format ${value}.`, "Formats are text and markdown; --json gives data.");
}

function annotationsOf(value: Values[string]): Flags["annotate"] {
  const known = annotations.find((name) => name === value);
  if (known !== undefined || value === undefined) return known;
  throw new UsageError(`There are no annotations for ${value}.`, `Write one of ${annotations.join(", ")}.`);
}

function againstOf(value: string | undefined): string | undefined {
  const url = value?.startsWith("prometheus=") ? value.slice("prometheus=".length) : "";
  if (value === undefined || url !== "") return value && url;
  throw new UsageError(
    `--against does not know ${value}.`,
    "Write such as --against prometheus=http://localhost:9090.",
  );
}

function jobsOf(value: string | undefined): number | undefined {
  if (value === undefined || /^[1-9]\d{0,3}$/.test(value)) return value === undefined ? value : Number(value);
  throw new UsageError(`--jobs ${value} is not a number above 0.`, "Write such as --jobs 4.");
}

type TextOption =
  | "slos"
  | "platform"
  | "out"
  | "slo"
  | "prometheus"
  | "against"
  | "promtool"
  | "jobs"
  | "into"
  | "name"
  | "owner";

function text(values: Values, name: TextOption): string | undefined {
  const value = values[name];
  if (value === "") throw new UsageError(`--${name} needs a value.`, `Write --${name} ${options[name].value}.`);
  return typeof value === "string" ? value : undefined;
}

function requireOperands(command: Command, positionals: readonly string[]): void {
  const extra = positionals[command.operands.length];
  if (extra !== undefined) throw new UsageError(`${command.name} takes no argument ${extra}.`, hintFor(command, extra));
  const missing = command.operands[positionals.length];
  if (missing !== undefined && !missing.startsWith("["))
    throw new UsageError(`${command.name} needs ${missing}.`, `Such as: ${command.examples[0]}`);
}

function hintFor(command: Command, extra: string): string {
  const isModule = /\.[cm]?[jt]s$/.test(extra) && optionsOf(command).includes("slos");
  return isModule ? `Write firebreak ${command.name} --slos ${extra}.` : `See firebreak ${command.name} --help.`;
}
