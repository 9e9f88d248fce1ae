/** `firebreak diff --against prometheus=URL`: what loading the rules would change in a ruler. It is only read. */
import type { Plan } from "../compile/plan.ts";
import type { RulerDiff } from "../diff/ruler/ruler-diff.ts";
import type { Issue } from "../issue.ts";
import type { LoadedGroup } from "../promql/loaded-rules.ts";
import { UsageError } from "./arguments/usage-error.ts";
import type { ExitCode, Flags, Input } from "./command.ts";
import { printProblems } from "./print/print-issues.ts";
import type { Terminal } from "./print/terminal.ts";

interface Ruled {
  readonly url: string;
  readonly plan: Plan;
  readonly issues: readonly Issue[];
}

/** Reports what differs; exit code 1 where nobody answers, or with `--fail-on any` where anything differs. */
export async function diffRuler({ url, plan, issues }: Ruled, { flags }: Input, terminal: Terminal): Promise<ExitCode> {
  terminal.progress(`asking ${url}`);
  const loaded = await askRuler(url);
  if ("issue" in loaded) return refuse(loaded.issue, flags, terminal);
  const [{ loadedGroups }, { rulerDiff }, { rulerHeadline }] = await Promise.all([
    import("../emit/loaded-rules.ts"),
    import("../diff/ruler/ruler-diff.ts"),
    import("../diff/ruler/ruler-words.ts"),
  ]);
  const ruler = rulerDiff(loaded.groups, loadedGroups(plan));
  const failed = flags.failOn.includes("any") && ruler.groups.length > 0;
  if (flags.json) {
    const found = { ok: !failed, base: url, summary: rulerHeadline(ruler), ruler, issues };
    terminal.print(JSON.stringify(found, null, 2));
  } else await printFor(ruler, { url, flags, terminal });
  if (failed) terminal.note("Fails by --fail-on: any.");
  return failed ? 1 : 0;
}

/**
 * A ruler has rules and no declarations: of the words of `--fail-on` it knows `any` alone.
 *
 * @throws {UsageError} where another is given, or a base as well.
 */
export function requireRulerFlags({ flags, operands }: Input): void {
  const [base] = operands;
  if (base !== undefined)
    throw new UsageError(`diff compares with ${base} or with --against.`, "Leave one of them out.");
  const other = flags.failOn.find((kind) => kind !== "any");
  if (other !== undefined)
    throw new UsageError(`--fail-on ${other} needs a base.`, "With --against it knows `any`: whatever differs.");
}

async function askRuler(url: string): Promise<{ readonly groups: readonly LoadedGroup[] } | { readonly issue: Issue }> {
  const { connectionOf } = await import("../doctor/ask/prometheus.ts");
  const { NoAnswer } = await import("../doctor/ask/no-answer.ts");
  const { askGroups } = await import("../doctor/loaded-groups.ts");
  const connection = connectionOf(url, process.env, { option: "--against" });
  if ("code" in connection) return { issue: connection };
  try {
    return { groups: await askGroups(connection) };
  } catch (error) {
    if (error instanceof NoAnswer) return { issue: error.issue };
    throw error;
  }
}

function refuse(issue: Issue, flags: Flags, terminal: Terminal): ExitCode {
  if (flags.json) terminal.print(JSON.stringify({ ok: false, issues: [issue] }, null, 2));
  else printProblems([issue], flags.strict, terminal);
  return 1;
}

interface Place {
  readonly url: string;
  readonly flags: Flags;
  readonly terminal: Terminal;
}

async function printFor(ruler: RulerDiff, { url, flags: { format }, terminal }: Place): Promise<void> {
  if ((format ?? (terminal.isScreen ? "text" : "markdown")) === "text") {
    const { printRulerDiff } = await import("./print/print-ruler-diff.ts");
    return terminal.print(printRulerDiff(ruler, url, terminal.paintResult));
  }
  const { rulerMarkdown } = await import("../diff/ruler/ruler-markdown.ts");
  const comment = rulerMarkdown(ruler);
  if (comment !== "") terminal.print(comment.trimEnd());
}
