/** `firebreak diff`: what a change of the declarations means. It is computed in `diff/`, and only printed here. */
import type { Plan } from "../compile/plan.ts";
import type { BreakKind } from "../diff/breaks.ts";
import type { Diff } from "../diff/diff.ts";
import type { Base } from "../io/open-base.ts";
import { hasErrors, type Issue } from "../issue.ts";
import type { Command, ExitCode, Flags, Input } from "./command.ts";
import { didYouMean } from "./did-you-mean.ts";
import type { Evaluate } from "./evaluate.ts";
import { printProblems, printWaiting } from "./print-issues.ts";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

export const diff: Command = {
  name: "diff",
  summary: "Tells what a change means: budgets, times to detect, who is told, what breaks",
  operands: ["<base>"],
  options: ["fail-on", "format", "strict", "json"],
  about: [
    "The base is a commit of git (`main...`: where this branch left main), a folder, or a module that exports",
    "`services`. Prints text on a terminal, and in a pipe Markdown for a comment: nothing where nothing changes.",
  ],
  examples: ["firebreak diff main...", "firebreak diff origin/main --fail-on loosened,unrouted > comment.md"],
  async run(input, terminal, evaluate) {
    const kinds = await readKinds(input.flags);
    const after = await evaluate(input.flags, terminal, []);
    if (after.plan === undefined || hasErrors(after.issues, input.flags.strict)) {
      if (!input.flags.json) {
        printProblems(after.issues, input.flags.strict, terminal);
        printWaiting(after, terminal);
      }
      return refuse({ issues: after.issues }, input, terminal);
    }
    const before = await evaluateBase(after.plan, input, { terminal, evaluate });
    if ("issues" in before) return refuse(before, input, terminal);
    const { diff: compare } = await import("../diff/diff.ts");
    terminal.progress("comparing");
    return report(compare(before.plan, after.plan), kinds, { input, terminal, issues: after.issues });
  },
};

/** The words of `--fail-on`; `any` is all of them. */
async function readKinds({ failOn }: Flags): Promise<readonly BreakKind[]> {
  const { breakKinds } = await import("../diff/breaks.ts");
  const names: readonly string[] = [...breakKinds, "any"];
  const unknown = failOn.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new UsageError(
      `--fail-on knows no ${unknown}.${didYouMean(unknown, names)}`,
      `It knows ${names.join(", ")}.`,
    );
  return breakKinds.filter((kind) => failOn.includes(kind) || failOn.includes("any"));
}

interface Refusal {
  readonly issues: readonly Issue[];
  readonly baseIssues?: readonly Issue[];
}

function refuse({ issues, baseIssues = [] }: Refusal, { flags }: Input, terminal: Terminal): ExitCode {
  if (flags.json) terminal.print(JSON.stringify({ ok: false, issues, baseIssues }, null, 2));
  return 1;
}

interface Surroundings {
  readonly terminal: Terminal;
  readonly evaluate: Evaluate;
}

async function evaluateBase(
  after: Plan,
  input: Input,
  { terminal, evaluate }: Surroundings,
): Promise<{ plan: Plan } | Refusal> {
  const { openBase } = await import("../io/open-base.ts");
  const { flags, operands } = input;
  const name = operands[0] ?? "";
  terminal.progress(`reading ${name}`);
  const base = openBase(name, flags);
  if ("code" in base) {
    if (!flags.json) printProblems([base], false, terminal);
    return { issues: [base] };
  }
  if (base.missing !== undefined) {
    terminal.note(`${name} has no ${base.missing}: everything is new.`);
    base.close();
    return { plan: { platform: after.platform, services: [] } };
  }
  const { plan, waiting, issues } = await evaluateThere(base, flags, { terminal, evaluate });
  if (plan !== undefined) return { plan };
  if (!flags.json) {
    terminal.note(`The declarations of ${name} do not compile:`);
    printProblems(issues, false, terminal);
    printWaiting({ plan, waiting }, terminal);
  }
  return { issues: [], baseIssues: issues };
}

/** In the base's own folder: declarations may read files, and issues name theirs from there. */
async function evaluateThere({ directory, files, close }: Base, flags: Flags, { terminal, evaluate }: Surroundings) {
  const here = process.cwd();
  try {
    process.chdir(directory);
    return await evaluate({ ...flags, slos: files.slos, platform: files.platform }, terminal, []);
  } finally {
    process.chdir(here);
    close();
  }
}

interface Told {
  readonly input: Input;
  readonly terminal: Terminal;
  readonly issues: readonly Issue[];
}

async function report(result: Diff, kinds: readonly BreakKind[], { input, terminal, issues }: Told): Promise<ExitCode> {
  const { flags, operands } = input;
  const base = operands[0] ?? "";
  const failed = kinds.filter((kind) => result.breaks.some((each) => each.kind === kind));
  const { headline } = await import("../diff/headline.ts");
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
    const { printDiff } = await import("./print-diff.ts");
    return terminal.print(printDiff(result, base, terminal.paintResult));
  }
  const { printMarkdown } = await import("../diff/markdown.ts");
  const comment = printMarkdown(result, failed);
  // An empty comment is one that is not posted.
  if (comment !== "") terminal.print(comment.trimEnd());
}
