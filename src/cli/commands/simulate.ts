/** `firebreak simulate`: what fires in histories, and what chance alone pages. It is played in `simulate/`, and only printed here. */
import type { Plan } from "../../compile/plan.ts";
import { hasErrors } from "../../issue.ts";
import { didYouMean } from "../arguments/did-you-mean.ts";
import { UsageError } from "../arguments/usage-error.ts";
import type { Command } from "../command.ts";
import { printProblems, printWaiting } from "../print/print-issues.ts";

export const simulate: Command = {
  name: "simulate",
  summary: "Simulates outages and quiet nights: what fires when, what pages by chance",
  operands: ["[module]"],
  options: ["slo", "strict", "json"],
  about: [
    "The argument is a module that exports `services`, or a folder with slos/index.ts; without it, --slos.",
    "False pages are counted where `eventsPerDay` is declared, and where slices of time count. No ruler is asked.",
  ],
  examples: ["firebreak simulate", "firebreak simulate --slo inference-gateway/error-rate"],
  async run({ flags, operands }, terminal, evaluate) {
    const { moduleIn } = await import("../../io/load/module-in.ts");
    const slos = operands[0] === undefined ? flags.slos : moduleIn(operands[0]);
    const { plan, waiting, issues } = await evaluate({ ...flags, slos }, terminal, []);
    const failed = hasErrors(issues, flags.strict);
    const { simulate: play } = await import("../../simulate/simulate.ts");
    terminal.progress("simulating");
    const simulation = plan && play(plan, { id: flags.slo && knownId(plan, flags.slo) });
    if (flags.json) terminal.print(JSON.stringify({ ok: !failed, issues, ...simulation }, null, 2));
    else if (simulation)
      terminal.print((await import("../print/print-simulation.ts")).printSimulation(simulation, terminal.paintResult));
    if (!flags.json && failed) {
      printProblems(issues, flags.strict, terminal);
      printWaiting({ plan, waiting }, terminal);
    }
    return failed ? 1 : 0;
  },
};

function knownId({ services }: Plan, id: string): string {
  const ids = services.flatMap(({ slos, budgets }) => [
    ...slos.map(({ slo }) => slo.id),
    ...budgets.map(({ budget }) => budget.id),
  ]);
  if (ids.includes(id)) return id;
  throw new UsageError(
    `There is no SLO or budget ${id}.${didYouMean(id, ids)}`,
    `There are ${ids.join(", ") || "none"}.`,
  );
}
