/** Declarations that ended the process, or never came to an end, as one issue. */
import { resolve } from "node:path";
import { type Issue, issue, type Source } from "../../issue.ts";
import { displayPath } from "./locate-failure.ts";
import type { Ending } from "./run-apart.ts";

/** The issue for an ending before the work was done. `slos` is the path that the user gave, for where no better place is known. */
export function describeEnding(ending: Unfinished, slos: string, limitSeconds: number): Issue {
  const file = displayPath(resolve(slos));
  const source: Source = ending.source ?? { file, line: 1, column: 1 };
  const { message, hint } = ending.kind === "too-long" ? tooLong(source, limitSeconds) : ended(source, ending.by);
  return issue("not-loadable", ["services"], message, hint, source);
}

type Unfinished = Exclude<Ending, { readonly kind: "done" }>;

interface Advice {
  readonly message: string;
  readonly hint: string;
}

function tooLong({ file }: Source, limitSeconds: number): Advice {
  return {
    message: `${file} still runs after ${limitSeconds} s.`,
    hint: "Remove the loop or the wait that does not end: declarations are plain values. FIREBREAK_LOAD_SECONDS allows more.",
  };
}

function ended({ file }: Source, by: string): Advice {
  return {
    message: `${file} ended the process before anything was done (${by}).`,
    hint: "Remove `process.exit` and the like: declarations are plain values. Where memory ran out, NODE_OPTIONS=--max-old-space-size=8192 gives more.",
  };
}
