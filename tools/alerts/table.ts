/** The ledger as a page: a row for each scenario, what came of it beside what was expected. */
import type { Entry } from "./ledger.ts";
import { scenarios } from "./scenarios/index.ts";

/**
 * Markdown, with the scenarios in their own order.
 *
 * @param before - The page as it was: it keeps the rows of what was not played now.
 */
export function ledgerPage(entries: readonly Entry[], before: string): string {
  const played = new Map(entries.map((entry) => [entry.scenario.name, `| ${cells(entry).join(" | ")} |`]));
  const kept = new Map(before.split("\n").map((line) => [/^\| `([^`]+)`/.exec(line)?.[1], line]));
  const rows = scenarios.flatMap(({ name }) => played.get(name) ?? kept.get(name) ?? []);
  return `${HEAD}\n${rows.join("\n")}\n`;
}

const HEAD = `# The ledger of scenarios

Made by \`npm run e2e:alerts -- --write\`, which [alertmanager.md](alertmanager.md#end-to-end-scenarios) explains. Each row is a scenario,
from its first bad event to hours after its recovery. Notifications are counted as \`firing + resolved\`, by receiver. *Held back* are
inhibited alerts. *Incidents* are the groups that started to fire at a pager, *late* the notifications that fired after the recovery,
*open* the groups whose resolution was never notified.

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
