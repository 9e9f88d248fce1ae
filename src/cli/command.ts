/** What a command is. A new one is a file beside this and a line in `main.ts`. */
import type { Platform } from "./annotate.ts";
import type { Evaluate } from "./evaluate.ts";
import type { OptionName } from "./options.ts";
import type { Terminal } from "./terminal.ts";

export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Names of its arguments, such as `<service>/<slo>`; one in brackets may be left out. */
  readonly operands: readonly string[];
  /** Options beside those that every command has. */
  readonly options: readonly OptionName[];
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

/** Values of all options; a command looks only at its own. */
export interface Flags {
  readonly slos: string;
  readonly platform: string | undefined;
  readonly out: string;
  /** Empty: all. */
  readonly targets: readonly string[];
  readonly strict: boolean;
  readonly json: boolean;
  /** Undefined: text on a terminal, Markdown in a pipe. */
  readonly format: "text" | "markdown" | undefined;
  readonly annotate: Platform | undefined;
  /** Kinds of breaks; empty: none. */
  readonly failOn: readonly string[];
  /** Undefined: all. */
  readonly slo: string | undefined;
  readonly prometheus: string | undefined;
  /** Of `merge`. */
  readonly into: string | undefined;
  /** Of `init`. */
  readonly name: string | undefined;
  readonly owner: string | undefined;
  readonly pulumi: boolean;
  readonly describe: boolean;
  readonly help: boolean;
}
