/** The ledger as a page: a row for each scenario, what came of it beside what was expected. */
import type { Entry } from "./ledger.ts";
import { scenarios } from "./scenarios/index.ts";

/** Markdown, with the scenarios in their own order. */
export function ledgerPage(entries: readonly Entry[]): string {
  const order = scenarios.map(({ name }) => name);
  const sorted = [...entries].sort((a, b) => order.indexOf(a.scenario.name) - order.indexOf(b.scenario.name));
  const rows = sorted.map((entry) => `| ${cells(entry).join(" | ")} |`);
  return `${HEAD}\n${rows.join("\n")}\n`;
}

const HEAD = `# Whole lives of alerts

Made by \`npm run e2e:alerts -- --write\`, which says what it does in [alertmanager.md](alertmanager.md#whole-lives). Each row is a scenario
from its first bad event to hours after its recovery; a count of notifications is \`firing + resolved\`, by receiver. *Incidents* are
groups that began to fire at a pager, *late* is what fired again after the recovery, *open* what nobody was ever told the end of.

| scenario | what happens | fired | held back | notifications | incidents | late | open | as expected |
|---|---|---|---|---|---|---|---|---|`;

function cells({ scenario, found, wrong }: Entry): string[] {
  const { fired, inhibited, notifications, incidents, ringsAfter, open } = found;
  const counts = Object.entries(notifications).map(
    ([receiver, [firing, resolved]]) => `${receiver} ${firing} + ${resolved}`,
  );
  return [
    `\`${scenario.name}\``,
    scenario.title,
    listed(fired),
    listed(inhibited),
    counts.join(", ") || "none",
    `${incidents}`,
    `${ringsAfter}`,
    `${open}`,
    wrong.length === 0 ? "yes" : "**no**",
  ];
}

function listed(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ") || "–";
}
