/** `firebreak check`: everything that `build` would say, and nothing written. */
import { NO_FILES } from "../../emit/target.ts";
import { hasErrors, type Issue } from "../../issue.ts";
import type { Command, ExitCode, Flags } from "../command.ts";
import { countIssues, printIssues, printWaiting } from "../print/print-issues.ts";
import type { Terminal } from "../print/terminal.ts";

export const check: Command = {
  name: "check",
  summary: "Reports every problem in the declarations",
  operands: [],
  options: ["strict", "annotate", "json"],
  about: ["Writes nothing."],
  examples: [
    "firebreak check",
    "firebreak check --platform slos/staging.ts --strict",
    "firebreak check --json | jq '.issues[].code'",
  ],
  async run({ flags }, terminal, evaluate) {
    // Late: the process that only starts another one must be light.
    const { countMeanings, meaningsOf } = await import("../meaning.ts");
    const { plan, waiting, issues } = await evaluate(flags, terminal, NO_FILES);
    const failed = hasErrors(issues, flags.strict);
    const meanings = meaningsOf(plan);
    if (flags.json) terminal.print(JSON.stringify({ ok: !failed, issues, ...meanings }, null, 2));
    else {
      printIssues(issues, flags.strict, terminal);
      printWaiting({ plan, waiting }, terminal);
    }
    if (flags.annotate) return printAnnotations(issues, flags, terminal);
    if (!flags.json && !failed) terminal.print(`${countMeanings(meanings)} checked: ${countIssues(issues)}.`);
    return failed ? 1 : 0;
  },
};

async function printAnnotations(issues: readonly Issue[], flags: Flags, terminal: Terminal): Promise<ExitCode> {
  const { annotate } = await import("../print/annotate.ts");
  const { rootOrHere } = await import("../../io/git.ts");
  const { slos, strict } = flags;
  const text = annotate(flags.annotate ?? "github", issues, { root: rootOrHere(), slos, strict });
  if (text !== "") terminal.print(text);
  return hasErrors(issues, strict) ? 1 : 0;
}
