/** `firebreak explain`: one SLO or budget in words and figures. They are computed in `compile/explain.ts`, and only printed here. */
import type { Explanation, Section } from "../compile/explain.ts";
import type { BudgetPlan, Plan, SloPlan } from "../compile/plan.ts";
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
  summary: "Tells what one SLO or budget means: when it alerts, what is inexact, what it reads",
  operands: ["<service>/<slo>"],
  options: ["strict", "json"],
  about: [],
  examples: ["firebreak explain inference-gateway/availability"],
  async run({ flags, operands }, terminal) {
    const { plan, issues } = await evaluate(flags, terminal, []);
    const failed = hasErrors(issues, flags.strict);
    const explanation = plan && (await explainOne(plan, operands[0] ?? ""));
    if (flags.json) terminal.print(JSON.stringify({ ok: !failed, issues, explanation }, null, 2));
    else if (explanation) terminal.print(printExplanation(explanation, terminal.paintResult));
    if (!flags.json && failed) printIssues(issues, flags.strict, terminal);
    return failed ? 1 : 0;
  },
};

async function explainOne(plan: Plan, id: string): Promise<Explanation> {
  const found = find(plan, id);
  if ("budget" in found) return (await import("../compile/budget/explain.ts")).explainBudget(plan, found);
  return (await import("../compile/explain.ts")).explain(plan, found);
}

/** SLOs and budgets of a service have different names. */
function find(plan: Plan, id: string): SloPlan | BudgetPlan {
  const all = plan.services.flatMap(({ slos, budgets }) => [...slos, ...budgets]);
  const ids = all.map(idOf);
  const found = all.find((each) => idOf(each) === id);
  if (!found)
    throw new UsageError(
      `There is no SLO or budget ${id}.${didYouMean(id, ids)}`,
      `There are ${ids.join(", ") || "none"}.`,
    );
  return found;
}

function idOf(each: SloPlan | BudgetPlan): string {
  return "budget" in each ? each.budget.id : each.slo.id;
}

function printExplanation({ id, sections }: Explanation, paint: Paint): string {
  return [paint("cyan", id), ...sections.map((section) => printSection(section, paint))].join("\n\n");
}

function printSection({ title, head, rows }: Section, paint: Paint): string {
  const named = head === undefined ? [] : [head.map((name) => paint("dim", name))];
  return `${paint("bold", title)}\n${alignColumns([...named, ...rows], "  ")}`;
}
