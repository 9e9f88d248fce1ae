/** The words after a tool's name: `--help`, and wrong usage reported in words. */
import { type ParseArgsConfig, parseArgs } from "node:util";

/** What a tool takes. */
interface Usage<Options> {
  readonly options: Options;
  /** The whole text of `--help`. */
  readonly help: string;
}

/** Values and words; where help is asked for or the usage is wrong, it prints that and leaves. */
export function readArguments<const Options extends NonNullable<ParseArgsConfig["options"]>>({
  options,
  help,
}: Usage<Options>) {
  if (process.argv.slice(2).some((word) => word === "--help" || word === "-h")) {
    console.log(help);
    process.exit(0);
  }
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    console.error(`${error instanceof Error ? error.message.split("\n", 1)[0] : error}\n\n${help}`);
    process.exit(2);
  }
}
