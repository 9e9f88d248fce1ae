/** `firebreak build`: declarations to files, and what they mean. */
import type { Artifact } from "../../emit/artifact.ts";
import type { WritePlan } from "../../io/write/write-artifacts.ts";
import { hasErrors, type Issue } from "../../issue.ts";
import { didYouMean } from "../arguments/did-you-mean.ts";
import { UsageError } from "../arguments/usage-error.ts";
import type { Command, Flags } from "../command.ts";
import type { Meanings } from "../meaning.ts";
import { count, printProblems, printWaiting } from "../print/print-issues.ts";
import { alignColumns } from "../print/table.ts";
import type { Terminal } from "../print/terminal.ts";

export const build: Command = {
  name: "build",
  summary: "Compiles the declarations and writes what watches them",
  operands: [],
  options: ["out", "target", "strict", "json"],
  about: [
    "Writes nothing if anything is wrong. Only files that differ are replaced; files it made before and makes",
    "no longer are deleted. Each of its files says so in its header; others are never touched.",
  ],
  examples: ["firebreak build", "firebreak build --target prometheus --out /tmp/rules"],
  async run({ flags }, terminal, evaluate) {
    await requireTargets(flags.targets);
    const result = await evaluate(flags, terminal, flags.targets.length === 0 ? undefined : flags.targets);
    const plan = hasErrors(result.issues, flags.strict)
      ? undefined
      : await planFiles(result.artifacts, flags, terminal);
    const issues = [...result.issues, ...(plan?.issues ?? [])];
    const failed = hasErrors(issues, flags.strict);
    if (plan && !failed) await writeFiles(plan, terminal);
    // Late: the process that only starts another one must be light.
    const { meaningsOf } = await import("../meaning.ts");
    const report: Report = {
      failed,
      issues,
      meanings: meaningsOf(result.plan),
      files: failed ? undefined : plan,
    };
    if (flags.json) printJson(report, flags, terminal);
    else {
      await printReport(report, flags, terminal);
      printWaiting(result, terminal);
    }
    return failed ? 1 : 0;
  },
};

interface Report {
  readonly failed: boolean;
  readonly issues: readonly Issue[];
  readonly meanings: Meanings;
  readonly files: WritePlan | undefined;
}

async function requireTargets(targets: readonly string[]): Promise<void> {
  if (targets.length === 0) return;
  const { targetNames } = await import("../../emit/index.ts");
  const unknown = targets.find((name) => !targetNames.includes(name));
  if (unknown === undefined) return;
  throw new UsageError(
    `There is no target ${unknown}.${didYouMean(unknown, targetNames)}`,
    `Targets are ${targetNames.join(", ")}.`,
  );
}

async function planFiles(artifacts: readonly Artifact[], flags: Flags, terminal: Terminal): Promise<WritePlan> {
  const { planWrite } = await import("../../io/write/write-artifacts.ts");
  // Each target writes the folder of its name.
  const { targetNames, targets } = await import("../../emit/index.ts");
  terminal.progress(`comparing ${count(artifacts.length, "file")} with ${flags.out}`);
  const chosen = targets.filter(({ name }) => flags.targets.length === 0 || flags.targets.includes(name));
  const makes = (path: string) => chosen.some(({ files }) => files.test(path));
  return planWrite({
    directory: flags.out,
    artifacts,
    folders: targetNames,
    ...(flags.targets.length > 0 && { makes }),
  });
}

async function writeFiles(plan: WritePlan, terminal: Terminal): Promise<void> {
  const { applyWrite } = await import("../../io/write/write-artifacts.ts");
  terminal.progress(`writing ${plan.output.directory}`);
  applyWrite(plan);
}

function printJson({ failed, issues, meanings, files }: Report, flags: Flags, terminal: Terminal): void {
  const written = files && {
    created: files.created.map((file) => file.path),
    changed: files.changed.map((file) => file.path),
    unchanged: files.unchanged,
    deleted: files.deleted,
  };
  terminal.print(JSON.stringify({ ok: !failed, issues, ...meanings, out: flags.out, files: written }, null, 2));
}

async function printReport({ issues, meanings, files }: Report, flags: Flags, terminal: Terminal): Promise<void> {
  printProblems(issues, flags.strict, terminal);
  if (!files) return;
  const { printMeanings } = await import("../meaning.ts");
  const { paintResult } = terminal;
  terminal.print(`${printMeanings(meanings, paintResult)}\n\n${printFiles(files, flags.out)}`);
}

/** One line for each folder of the output, with what happened in it. */
function printFiles(plan: WritePlan, out: string): string {
  const changes = {
    created: plan.created.map((file) => file.path),
    changed: plan.changed.map((file) => file.path),
    unchanged: plan.unchanged,
    deleted: plan.deleted,
  };
  const folders = [...new Set(Object.values(changes).flat().map(folderOf))].sort();
  return alignColumns(folders.map((folder) => [`${out}/${folder}`, ...countsIn(folder, changes)]));
}

function countsIn(folder: string, changes: Readonly<Record<string, readonly string[]>>): string[] {
  const counts = Object.entries(changes).map(
    ([change, paths]) => [change, paths.filter((path) => folderOf(path) === folder).length] as const,
  );
  const present = counts.reduce((sum, [change, number]) => (change === "deleted" ? sum : sum + number), 0);
  const happened = counts.filter(([, number]) => number > 0).map(([change, number]) => `${number} ${change}`);
  return [count(present, "file"), happened.join(", ")];
}

function folderOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.indexOf("/")) : "";
}
