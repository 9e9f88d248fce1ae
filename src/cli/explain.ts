/** `firebreak explain`: one SLO, budget or experiment in words and figures. They are computed in `compile/explain.ts`, and only printed here. */

import type { BudgetPlan, ExperimentPlan, Plan, SloPlan } from "../compile/plan.ts";
import type { Explanation, Section } from "../explain/explain.ts";
import { hasErrors } from "../issue.ts";
import type { Command } from "./command.ts";
import { didYouMean } from "./did-you-mean.ts";
import { printProblems, printWaiting } from "./print-issues.ts";
import { alignColumns } from "./table.ts";
import type { Paint } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

export const explain: Command = {
  name: "explain",
  summary: "Tells what one SLO, budget or experiment means: when it alerts, what it reads",
  operands: ["<service>/<slo>"],
  options: ["strict", "json"],
  about: [],
  examples: ["firebreak explain inference-gateway/availability"],
  async run({ flags, operands }, terminal, evaluate) {
    const { plan, waiting, issues } = await evaluate(flags, terminal, []);
    const failed = hasErrors(issues, flags.strict);
    const explanation = plan && (await explainOne(plan, operands[0] ?? ""));
    if (flags.json) terminal.print(JSON.stringify({ ok: !failed, issues, explanation }, null, 2));
    else if (explanation) terminal.print(printExplanation(explanation, terminal.paintResult));
    if (!flags.json && failed) {
      printProblems(issues, flags.strict, terminal);
      printWaiting({ plan, waiting }, terminal);
    }
    return failed ? 1 : 0;
  },
};

async function explainOne(plan: Plan, id: string): Promise<Explanation> {
  const found = find(plan, id);
  if ("experiment" in found) return (await import("../explain/experiment.ts")).explainExperiment(found);
  if ("budget" in found) return (await import("../explain/spend.ts")).explainBudget(plan, found);
  return (await import("../explain/explain.ts")).explain(plan, found);
}

/** What a service has to explain: names are used once. */
type Explained = SloPlan | BudgetPlan | ExperimentPlan;

function find(plan: Plan, id: string): Explained {
  const all = plan.services.flatMap(({ slos, budgets, experiments }): Explained[] => [
    ...slos,
    ...budgets,
    ...experiments,
  ]);
  const ids = all.map(idOf);
  const found = all.find((each) => idOf(each) === id);
  if (!found)
    throw new UsageError(
      `There is no SLO, budget or experiment ${id}.${didYouMean(id, ids)}`,
      `There are ${ids.join(", ") || "none"}.`,
    );
  return found;
}

function idOf(each: Explained): string {
  if ("experiment" in each) return each.experiment.id;
  return "budget" in each ? each.budget.id : each.slo.id;
}

function printExplanation({ id, sections }: Explanation, paint: Paint): string {
  return [paint("cyan", id), ...sections.map((section) => printSection(section, paint))].join("\n\n");
}

function printSection({ title, head, rows }: Section, paint: Paint): string {
  const named = head === undefined ? [] : [head.map((name) => paint("dim", name))];
  return `${paint("bold", title)}\n${alignColumns([...named, ...rows], "  ")}`;
}
