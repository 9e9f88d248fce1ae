/** `firebreak explain`: one SLO, budget or experiment, or all of them, in words and figures. They are computed in `explain/`, and only printed here. */

import type { ExperimentPlan, Plan, SloPlan, SpendPlan } from "../../compile/plan.ts";
import { deployed } from "../../emit/kubernetes/deployed.ts";
import type { Explanation, Section } from "../../explain/section.ts";
import { hasErrors } from "../../issue.ts";
import { didYouMean } from "../arguments/did-you-mean.ts";
import { UsageError } from "../arguments/usage-error.ts";
import type { Command } from "../command.ts";
import { printProblems, printWaiting } from "../print/print-issues.ts";
import { alignColumns } from "../print/table.ts";
import type { Paint } from "../print/terminal.ts";

export const explain: Command = {
  name: "explain",
  summary: "Explains one SLO, budget or experiment: when it alerts, what it reads",
  operands: ["[<service>/<slo>]"],
  options: ["strict", "json"],
  about: [
    "Given a service, it explains all of it; without an argument, everything.",
    "With --json, that is also every object of the platform's cluster, and the declarations as plain data: a base",
    "for `diff` and `review`.",
  ],
  examples: ["firebreak explain inference-gateway/availability", "firebreak explain --json > base.json"],
  async run({ flags, operands }, terminal, evaluate) {
    const { plan, waiting, issues, artifacts, declared } = await evaluate(
      flags,
      terminal,
      flags.json ? ["kubernetes"] : [],
    );
    const failed = hasErrors(issues, flags.strict);
    const [id] = operands;
    const explained = plan && (await Promise.all(find(plan, id).map((each) => explainOne(plan, each))));
    // Of one thing the document holds one explanation.
    const found = explained?.[0]?.id === id ? { explanation: explained?.[0] } : { explanations: explained };
    const objects = id === undefined && plan?.platform.kubernetes ? { deployed: deployed(artifacts) } : {};
    const saved = id === undefined && plan ? { declared } : {};
    if (flags.json) terminal.print(JSON.stringify({ ok: !failed, issues, ...found, ...objects, ...saved }, null, 2));
    else if (explained)
      terminal.print(explained.map((each) => printExplanation(each, terminal.paintResult)).join("\n\n\n"));
    if (!flags.json && failed) {
      printProblems(issues, flags.strict, terminal);
      printWaiting({ plan, waiting }, terminal);
    }
    return failed ? 1 : 0;
  },
};

async function explainOne(plan: Plan, found: Explained): Promise<Explanation> {
  if ("experiment" in found) return (await import("../../explain/experiment.ts")).explainExperiment(found);
  if ("budget" in found) return (await import("../../explain/spend.ts")).explainSpend(plan, found);
  return (await import("../../explain/explain.ts")).explain(plan, found);
}

/** What a service has to explain: names are used once. */
type Explained = SloPlan | SpendPlan | ExperimentPlan;

/** One thing, all of a service, or everything. */
function find(plan: Plan, id: string | undefined): Explained[] {
  const all = plan.services.flatMap(({ slos, budgets, experiments }): Explained[] => [
    ...slos,
    ...budgets,
    ...experiments,
  ]);
  const ids = all.map(idOf);
  const found = all.filter((each) => id === undefined || idOf(each) === id || idOf(each).startsWith(`${id}/`));
  if (found.length === 0 && id !== undefined)
    throw new UsageError(`There is no SLO, budget or experiment ${id}.${didYouMean(id, ids)}`, thereAre(ids));
  return found;
}

/** So many that one line holds them. */
function thereAre(ids: readonly string[]): string {
  if (ids.length === 0) return "There are none.";
  if (ids.length <= 5) return `There are ${ids.join(", ")}.`;
  return `There are ${ids.length}, among them ${ids.slice(0, 5).join(", ")}; \`firebreak explain\` without a name shows them all.`;
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
