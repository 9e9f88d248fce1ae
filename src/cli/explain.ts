/** `firebreak explain`: one SLO in words and figures. They are computed in `compile/explain.ts`, and only printed here. */
import type { Explanation, Section } from "../compile/explain.ts";
import type { Plan, SloPlan } from "../compile/plan.ts";
import { hasErrors } from "../issue.ts";
import type { Command } from "./command.ts";
import { didYouMean } from "./did-you-mean.ts";
import { evaluate } from "./evaluate.ts";
import { printIssues } from "./print-issues.ts";
import { alignColumns } from "./table.ts";
import type { Paint } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

export const explain: Command = {
  name: "explain",
  summary: "Tells what one SLO means: its budget, when it alerts, what it reads",
  operands: ["<service>/<slo>"],
  options: ["strict", "json"],
  about: [],
  examples: ["firebreak explain inference-gateway/availability"],
  async run({ flags, operands }, terminal) {
    const { plan, issues } = await evaluate(flags, terminal, []);
    const failed = hasErrors(issues, flags.strict);
    const explanation = plan && (await explainSlo(plan, operands[0] ?? ""));
    if (flags.json) terminal.print(JSON.stringify({ ok: !failed, issues, explanation }, null, 2));
    else if (explanation) terminal.print(printExplanation(explanation, terminal.paintResult));
    if (!flags.json && failed) printIssues(issues, flags.strict, terminal);
    return failed ? 1 : 0;
  },
};

async function explainSlo(plan: Plan, id: string): Promise<Explanation> {
  const { explain } = await import("../compile/explain.ts");
  return explain(plan, findSlo(plan, id));
}

function findSlo(plan: Plan, id: string): SloPlan {
  const slos = plan.services.flatMap((service) => service.slos);
  const ids = slos.map(({ slo }) => slo.id);
  const found = slos.find(({ slo }) => slo.id === id);
  if (!found)
    throw new UsageError(`There is no SLO ${id}.${didYouMean(id, ids)}`, `There are ${ids.join(", ") || "none"}.`);
  return found;
}

function printExplanation({ id, sections }: Explanation, paint: Paint): string {
  return [paint("cyan", id), ...sections.map((section) => printSection(section, paint))].join("\n\n");
}

function printSection({ title, head, rows }: Section, paint: Paint): string {
  const named = head === undefined ? [] : [head.map((name) => paint("dim", name))];
  return `${paint("bold", title)}\n${alignColumns([...named, ...rows], "  ")}`;
}
