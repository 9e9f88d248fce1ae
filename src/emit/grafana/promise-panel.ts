/** What the SLO promises, in words: beside the graphs, for whoever was just woken. */
import { groupWords } from "../../compile/slo/objectives.ts";
import { printNumber } from "../../promql/number.ts";
import { budgetWords } from "../runbooks/figures.ts";
import { escapeMarkdown, escapeWords, linkTarget } from "../runbooks/markdown.ts";
import { plain } from "./escape.ts";
import { markdown } from "./listing-panels.ts";
import type { PanelBody } from "./model.ts";
import type { SloView } from "./slo-view.ts";

/** Good, bad, the budget, the owner and the runbook. */
export function promise(view: SloView): PanelBody {
  return markdown({
    title: "What it promises",
    description: "The meaning of this SLO, its error budget, and where help is.",
    links: view.links,
    content: plain(lines(view).join("\n\n")),
  });
}

function lines(view: SloView): string[] {
  const { slo, words, links } = view.plan;
  const description = slo.description === undefined ? [] : [escapeMarkdown(slo.description)];
  const runbook = links.runbook === undefined ? [] : [`[Runbook](${linkTarget(links.runbook)})`];
  return [
    ...description,
    `**Good:** ${escapeWords(words.good)}`,
    `**Bad:** ${escapeWords(words.bad)}`,
    `**Objective:** ${view.objective} good over ${view.window}, error budget ${escapeMarkdown(budgetWords(view.plan))}.`,
    ...slo.objectives.map(
      (each) => `**${escapeMarkdown(groupWords(each))}:** ${printNumber(each.objectivePercent)}% good.`,
    ),
    ...slo.exclusions.map((each) => `**Excluded:** ${escapeMarkdown(`${each.reason} (${each.when})`)}.`),
    [`**Owner:** ${escapeMarkdown(slo.owner)}`, ...runbook].join(" · "),
  ];
}
