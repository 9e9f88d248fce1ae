/** `firebreak diff`: what a change of the declarations means. It is computed in `diff/`, and only printed here. */
import type { BuildResult } from "../../build.ts";
import type { BreakKind } from "../../diff/breaks/breaks.ts";
import type { Diff } from "../../diff/diff.ts";
import { hasErrors, type Issue } from "../../issue.ts";
import { didYouMean } from "../arguments/did-you-mean.ts";
import { UsageError } from "../arguments/usage-error.ts";
import type { Command, ExitCode, Flags, Input } from "../command.ts";
import { printProblems, printWaiting } from "../print/print-issues.ts";
import type { Terminal } from "../print/terminal.ts";

export const diff: Command = {
  name: "diff",
  summary: "Reports what a change means: budgets, times, who is notified, what breaks",
  operands: ["[<base>]"],
  options: ["against", "rules", "fail-on", "format", "strict", "json"],
  about: [
    "The base is a commit of git (`main...`: where this branch left main), a folder, a module that exports",
    "`services`, or what `explain --json` printed. Prints text on a terminal, else Markdown for a comment:",
    "nothing where nothing changes. Credentials for --against are those of `doctor`.",
  ],
  examples: ["firebreak diff main...", "firebreak diff --against prometheus=http://localhost:9090 --fail-on any"],
  async run(input, terminal, evaluate) {
    const kinds = await readKinds(input.flags);
    const { against } = input.flags;
    if (against === undefined) requireBase(input);
    else (await import("../diff-ruler.ts")).requireRulerFlags(input);
    const after = await evaluate(input.flags, terminal, []);
    if (after.plan === undefined || hasErrors(after.issues, input.flags.strict))
      return refuse({ issues: after.issues, waiting: after }, input, terminal);
    if (against !== undefined) {
      const { diffRuler } = await import("../diff-ruler.ts");
      return diffRuler({ url: against, plan: after.plan, issues: after.issues }, input, terminal);
    }
    const { evaluateBase } = await import("../evaluate-base.ts");
    const before = await evaluateBase(input, terminal, { after: after.plan, evaluate });
    if (before.kind === "none") return refuse({ issues: [before.issue] }, input, terminal);
    if (before.kind === "broken") return refuseBase(before.result, input, terminal);
    const [{ diff: compare }, { readersOf }] = await Promise.all([
      import("../../diff/diff.ts"),
      import("../readers.ts"),
    ]);
    terminal.progress("comparing");
    const { readers, issues } = await readersOf(input.flags, terminal);
    const found = compare(before.plan, after.plan, readers);
    return report(found, kinds, { input, terminal, issues: [...after.issues, ...issues] });
  },
};

function requireBase({ operands }: Input): void {
  if (operands.length === 0)
    throw new UsageError("diff needs <base>, or --against.", "Such as: firebreak diff main...");
}

/** The words of `--fail-on`; `any` is all of them. */
async function readKinds({ failOn }: Flags): Promise<readonly BreakKind[]> {
  const { breakKinds } = await import("../../diff/breaks/breaks.ts");
  const names: readonly string[] = [...breakKinds, "any"];
  const unknown = failOn.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new UsageError(
      `--fail-on does not know ${unknown}.${didYouMean(unknown, names)}`,
      `It knows ${names.join(", ")}.`,
    );
  return breakKinds.filter((kind) => failOn.includes(kind) || failOn.includes("any"));
}

interface Refusal {
  readonly issues: readonly Issue[];
  readonly baseIssues?: readonly Issue[];
  /** Of declarations: whose checks may have to wait. */
  readonly waiting?: Pick<BuildResult, "plan" | "waiting">;
}

function refuse({ issues, baseIssues = [], waiting }: Refusal, { flags }: Input, terminal: Terminal): ExitCode {
  if (flags.json) terminal.print(JSON.stringify({ ok: false, issues, baseIssues }, null, 2));
  else {
    printProblems([...issues, ...baseIssues], flags.strict, terminal);
    if (waiting) printWaiting(waiting, terminal);
  }
  return 1;
}

function refuseBase(result: BuildResult, input: Input, terminal: Terminal): ExitCode {
  if (!input.flags.json) terminal.note(`The declarations of ${input.operands[0]} do not compile:`);
  return refuse({ issues: [], baseIssues: result.issues, waiting: result }, input, terminal);
}

interface Told {
  readonly input: Input;
  readonly terminal: Terminal;
  readonly issues: readonly Issue[];
}

async function report(result: Diff, kinds: readonly BreakKind[], { input, terminal, issues }: Told): Promise<ExitCode> {
  const { flags, operands } = input;
  const base = operands[0] ?? "";
  const failed = kinds.filter((kind) =>
    result.breaks.some((each) => each.kind === kind && each.accepted === undefined),
  );
  const { headline } = await import("../../diff/markdown/headline.ts");
  if (flags.json) {
    const found = { ok: failed.length === 0, base, summary: headline(result), failed, ...result, issues };
    terminal.print(JSON.stringify(found, null, 2));
  } else await printFor({ result, base, failed }, flags, terminal);
  if (failed.length > 0) terminal.note(`Fails by --fail-on: ${failed.join(", ")}.`);
  return failed.length > 0 ? 1 : 0;
}

interface Found {
  readonly result: Diff;
  readonly base: string;
  readonly failed: readonly BreakKind[];
}

async function printFor({ result, base, failed }: Found, { format }: Flags, terminal: Terminal): Promise<void> {
  if ((format ?? (terminal.isScreen ? "text" : "markdown")) === "text") {
    const { printDiff } = await import("../print/print-diff.ts");
    return terminal.print(printDiff(result, base, terminal.paintResult));
  }
  const { printMarkdown } = await import("../../diff/markdown/markdown.ts");
  const comment = printMarkdown(result, failed);
  // An empty comment is one that is not posted.
  if (comment !== "") terminal.print(comment.trimEnd());
}
