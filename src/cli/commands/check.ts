/** `firebreak check`: everything that `build` would say, and nothing written. */
import { NO_FILES } from "../../emit/target.ts";
import { hasErrors, type Issue } from "../../issue.ts";
import { UsageError } from "../arguments/usage-error.ts";
import type { Command, ExitCode, Flags } from "../command.ts";
import type { Places } from "../print/places.ts";
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
    "firebreak check --annotate sarif >firebreak.sarif",
  ],
  async run({ flags }, terminal, evaluate) {
    if (flags.json && flags.annotate)
      throw new UsageError("--json and --annotate both write to stdout.", "Take one of them.");
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
  const { rootOrHere } = await import("../../io/git.ts");
  const { slos, strict, annotate: form = "github" } = flags;
  const places = { root: rootOrHere(), slos, strict };
  const text =
    form === "sarif"
      ? await sarifOf(issues, places)
      : (await import("../print/annotate.ts")).annotate(form, issues, places);
  if (text !== "") terminal.print(text);
  return hasErrors(issues, strict) ? 1 : 0;
}

async function sarifOf(issues: readonly Issue[], places: Places): Promise<string> {
  const { readCodes, readVersion } = await import("../../io/own-files.ts");
  const { sarif } = await import("../print/sarif.ts");
  return JSON.stringify(sarif(issues, places, { version: readVersion(), codes: readCodes() }), null, 2);
}
