/** The page of a change: one file that needs nothing else, for a phone as for a desk. */

import type { Plan, SloPlan } from "../compile/plan.ts";
import { rulesWords } from "../diff/alike.ts";
import type { Change, Diff } from "../diff/diff.ts";
import type { FactChange } from "../diff/facts/fact.ts";
import { headline } from "../diff/markdown/headline.ts";
import { evaluationCost } from "../explain/cost.ts";
import { printAmount } from "../promql/number.ts";
import { curvesOf } from "./curves.ts";
import { escapeHtml, htmlPage, section, sentence, table } from "./html.ts";
import { routingOf } from "./routing.ts";
import { changedRules } from "./rules.ts";

export interface Reviewed {
  readonly before: Plan;
  readonly after: Plan;
  readonly diff: Diff;
  /** What it is compared with, as it was given. */
  readonly base: string;
}

export function reviewPage({ before, after, diff, base }: Reviewed): string {
  const title = headline(diff) || "Nothing changes.";
  const body = [
    `<h1>${sentence(title)}</h1>`,
    `<p class="quiet">Compared with <code>${escapeHtml(base)}</code>.</p>`,
    section("What breaks", breaks(diff)),
    section("What changes", diff.changes.map(changeTable).join("\n")),
    section("When it pages", curves(before, after, diff)),
    section("Who is notified", routingOf(before, after)),
    section("What it costs", cost(before, after)),
    section("Rules", changedRules(before, after)),
  ];
  return htmlPage(title.replaceAll("`", ""), body.filter((part) => part !== "").join("\n"));
}

function breaks({ breaks: all }: Diff): string {
  if (all.length === 0) return "";
  const items = all.map(
    ({ kind, message, remedy, accepted }) =>
      `<li><span class="kind">${escapeHtml(kind)}</span> ${sentence(message)}${accepted === undefined ? "" : ` Accepted: <q>${escapeHtml(accepted)}</q>`}${remedy === undefined ? "" : ` <span class="quiet">${sentence(remedy)}</span>`}</li>`,
  );
  return `<ul class="breaks">${items.join("")}</ul>`;
}

const TYPE_WORDS: Record<Change["type"], string> = {
  audience: "Who is notified:",
  service: "Service",
  platform: "Platform",
  slo: "SLO",
  budget: "Budget",
  experiment: "Experiment",
};

function changeTable({ type, kind, id, formerId, facts, rules }: Change): string {
  const name = `${TYPE_WORDS[type]} ${id} (${formerId === undefined ? kind : `was ${formerId}`})`;
  if (facts.length === 0) return `<p>${escapeHtml(`${name}: ${rulesWords(rules, type)}.`)}</p>`;
  const main = facts.filter(({ isMain }) => isMain);
  // All of what is new or gone is in the list: what nobody decides by stands folded.
  const isWhole = (kind === "added" || kind === "removed") && main.length > 0;
  if (!isWhole) return factTable(name, facts);
  const rest = facts.filter(({ isMain }) => !isMain);
  return factTable(name, main) + folded(`${name}: ${rest.length} details`, rest);
}

function folded(title: string, facts: readonly FactChange[]): string {
  if (facts.length === 0) return "";
  return `<details><summary>${escapeHtml(title)}</summary>${factTable(title, facts)}</details>`;
}

function factTable(name: string, facts: readonly FactChange[]): string {
  const rows = facts.map(({ label, before, after }) => [label, before?.words ?? "–", after?.words ?? "–"]);
  return table(name, ["", "before", "after"], rows);
}

/** Of those SLOs that were there before, and whose facts differ. At most so many: each takes a moment. */
const MOST_CURVES = 20;

function curves(before: Plan, after: Plan, { changes }: Diff): string {
  const changed = changes.filter(({ type, kind }) => type === "slo" && (kind === "changed" || kind === "renamed"));
  const parts = changed.slice(0, MOST_CURVES).flatMap(({ id, formerId }) => {
    const [old, now] = [sloOf(before, formerId ?? id), sloOf(after, id)];
    const drawn = old && now && differs(old, now) ? curvesOf(old, now) : "";
    return drawn === "" ? [] : [`<h3>${escapeHtml(id)}</h3>${drawn}`];
  });
  return parts.join("\n");
}

function sloOf({ services }: Plan, id: string): SloPlan | undefined {
  return services.flatMap(({ slos }) => slos).find(({ slo }) => slo.id === id);
}

/** Whether curves would. */
function differs(one: SloPlan, other: SloPlan): boolean {
  const what = ({ slo, tiers }: SloPlan): string =>
    JSON.stringify([tiers, slo.errorBudget, slo.windowSeconds, slo.minBad, slo.minEvents]);
  return what(one) !== what(other);
}

function cost(before: Plan, after: Plan): string {
  const [old, now] = [costOf(before), costOf(after)];
  return table(
    "What the rules of SLOs read",
    ["", "before", "after"],
    [
      ["rules", printAmount(old.rules), printAmount(now.rules)],
      [
        "samples an hour, of recorded series, for each group",
        printAmount(Math.round(old.windows)),
        printAmount(Math.round(now.windows)),
      ],
      [
        "samples an hour, for each raw series",
        printAmount(Math.round(old.perSeries)),
        printAmount(Math.round(now.perSeries)),
      ],
    ],
  );
}

function costOf({ services }: Plan): { readonly rules: number; readonly windows: number; readonly perSeries: number } {
  const costs = services.flatMap(({ slos }) => slos.map(evaluationCost));
  const sum = (of: (cost: (typeof costs)[number]) => number): number => costs.reduce((all, each) => all + of(each), 0);
  return {
    rules: sum(({ rules }) => rules),
    windows: sum(({ samplesPerHour }) => samplesPerHour.windows),
    perSeries: sum(({ samplesPerHour }) => samplesPerHour.perSeries),
  };
}
