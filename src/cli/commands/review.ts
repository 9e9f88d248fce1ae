/** `firebreak review`: the page and the comment of a change. They are made in `review/` and `diff/`, and only written here. */
import { hasErrors } from "../../issue.ts";
import { options } from "../arguments/options.ts";
import type { Command, Input } from "../command.ts";
import { printProblems, printWaiting } from "../print/print-issues.ts";

export const review: Command = {
  name: "review",
  summary: "Writes what a change means as a page with charts, and as a comment",
  operands: ["<base>"],
  options: ["out", "rules", "strict", "json"],
  about: [
    "The base is a commit of git, a folder, a module or JSON, as for `diff`. Writes review.html, which needs",
    "no network, and review.md, into the folder of --out: `review` without it, and never `generated`.",
  ],
  defaults: { out: "review" },
  examples: ["firebreak review main... --out review"],
  async run(input, terminal, evaluate) {
    const { flags, operands } = input;
    const after = await evaluate(flags, terminal, []);
    const refuse = (result: Pick<typeof after, "issues" | "plan" | "waiting">): 1 => {
      if (flags.json) terminal.print(JSON.stringify({ ok: false, issues: result.issues }, null, 2));
      else {
        printProblems(result.issues, flags.strict, terminal);
        printWaiting(result, terminal);
      }
      return 1;
    };
    if (after.plan === undefined || hasErrors(after.issues, flags.strict)) return refuse(after);
    const { evaluateBase } = await import("../evaluate-base.ts");
    const before = await evaluateBase(input, terminal, { after: after.plan, evaluate });
    if (before.kind === "none") return refuse({ issues: [before.issue], plan: after.plan, waiting: [] });
    if (before.kind === "broken") return refuse(before.result);
    terminal.progress("comparing");
    const [{ diff }, { printMarkdown }, { reviewPage }, { writeFiles }, { readersOf }] = await Promise.all([
      import("../../diff/diff.ts"),
      import("../../diff/markdown/markdown.ts"),
      import("../../review/page.ts"),
      import("../../io/write/write-files.ts"),
      import("../readers.ts"),
    ]);
    const { readers, issues } = await readersOf(flags, terminal);
    const found = diff(before.plan, after.plan, readers);
    const page = reviewPage({ before: before.plan, after: after.plan, diff: found, base: operands[0] ?? "" });
    const files = writeFiles(folderOf(input), { "review.md": printMarkdown(found), "review.html": page });
    if (flags.json) terminal.print(JSON.stringify({ ok: true, files, issues: [...after.issues, ...issues] }, null, 2));
    else terminal.print(files.join("\n"));
    return 0;
  },
};

/** What is reviewed stays apart from what is generated: its default is not a folder for this. */
function folderOf({ flags: { out } }: Input): string {
  return out === options.out.default ? "review" : out;
}
