/** What the options of a command line are. */
import type { Annotations } from "../print/annotate.ts";

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
  readonly annotate: Annotations | undefined;
  /** Kinds of breaks; empty: none. */
  readonly failOn: readonly string[];
  /** Undefined: all. */
  readonly slo: string | undefined;
  readonly prometheus: string | undefined;
  /** Of `diff`: the URL of a ruler to compare with. */
  readonly against: string | undefined;
  /** Of `diff` and `review`: paths and patterns of the user's own rule files. */
  readonly rules: readonly string[];
  /** Of `test`: a path, or a name on PATH. */
  readonly promtool: string;
  /** Of `test`; undefined: as many as there are processors. */
  readonly jobs: number | undefined;
  /** Of `test`. */
  readonly all: boolean;
  /** Of `merge`. */
  readonly into: string | undefined;
  /** Of `init`. */
  readonly name: string | undefined;
  readonly owner: string | undefined;
  readonly pulumi: boolean;
  readonly describe: boolean;
  readonly help: boolean;
}
