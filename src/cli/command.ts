/** What a command is. A new one is a file beside this and a line in `main.ts`. */

import type { Flags } from "./arguments/flags.ts";
import type { OptionName } from "./arguments/options.ts";
import type { Evaluate } from "./evaluate.ts";
import type { Terminal } from "./print/terminal.ts";

export type { Flags };

export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Names of its arguments, such as `<service>/<slo>`; one in brackets may be left out. */
  readonly operands: readonly string[];
  /** Options beside those that every command has. */
  readonly options: readonly OptionName[];
  /** Defaults that are its own, of options that others have too. */
  readonly defaults?: Readonly<Partial<Record<OptionName, string>>>;
  /** Default true: it takes `--slos` and `--platform`, and runs in a process of its own. */
  readonly loadsDeclarations?: false;
  /** What its help says after the summary, wrapped by hand. */
  readonly about: readonly string[];
  readonly examples: readonly string[];
  /** Does it, and gives the exit code: 0 done, 1 issues. Wrong usage throws. */
  readonly run: (input: Input, terminal: Terminal, evaluate: Evaluate) => Promise<ExitCode>;
}

/** 0: done, no errors. 1: issues. 2: wrong usage, no such file, not writable. */
export type ExitCode = 0 | 1 | 2;

/** The command line, parsed. */
export interface Input {
  readonly operands: readonly string[];
  readonly flags: Flags;
}
