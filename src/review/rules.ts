/** Every rule that changed, side by side, with the sentence that says what it does. */
import { type AlertingRule, groupsOf, type Plan, type Rule, type RuleGroup } from "../compile/plan.ts";
import { print } from "../promql/print.ts";
import { escapeHtml } from "./html.ts";

interface Changed {
  readonly name: string;
  readonly before: Rule | undefined;
  readonly after: Rule | undefined;
}

/** At most so many are shown whole: the rest is counted. */
const MOST = 200;

export function changedRules(before: Plan, after: Plan): string {
  const [old, now] = [rulesOf(before), rulesOf(after)];
  const names = [...new Set([...now.keys(), ...old.keys()])];
  const changed = names
    .map((name): Changed => ({ name, before: old.get(name), after: now.get(name) }))
    .filter((each) => JSON.stringify(each.before) !== JSON.stringify(each.after));
  const left = changed.length - MOST;
  const more = left > 0 ? `<p class="quiet">${left} more rules changed; see the pull request's files.</p>` : "";
  return changed.slice(0, MOST).map(ruleDetails).join("\n") + more;
}

function rulesOf(plan: Plan): Map<string, Rule> {
  const groups: RuleGroup[] = plan.services.flatMap(groupsOf);
  return new Map(groups.flatMap(({ rules }) => rules.map((rule) => [nameOf(rule), rule] as const)));
}

/** What distinguishes a rule from every other: its name, and the labels that say whose it is. */
function nameOf(rule: Rule): string {
  const { slo_service, slo, budget, experiment, tier, reason } = rule.labels;
  const of = [slo_service, slo ?? budget ?? experiment].filter((part) => part !== undefined).join("/");
  const own = rule.type === "alert" ? rule.alert : rule.record;
  return [of, own, tier, reason].filter((part) => part !== undefined && part !== "").join(" ");
}

function ruleDetails({ name, before, after }: Changed): string {
  const what = before === undefined ? "new" : after === undefined ? "gone" : "changed";
  const sentence = sentenceOf(after ?? before);
  const note = sentence === "" ? "" : `<p class="quiet">${escapeHtml(sentence)}</p>`;
  return `<details><summary><code>${escapeHtml(name)}</code>, ${what}</summary>${note}<div class="pair">${side("Before", before)}${side("After", after)}</div></details>`;
}

function side(title: string, rule: Rule | undefined): string {
  const text = rule === undefined ? "none" : textOf(rule);
  return `<div><h3>${title}</h3><pre tabindex="0">${escapeHtml(text)}</pre></div>`;
}

function textOf(rule: Rule): string {
  const labels = Object.entries(rule.labels).map(([name, value]) => `  ${name}: ${value}`);
  const holds = rule.type === "alert" ? holdsOf(rule) : [];
  return [print(rule.expr), ...holds, "labels:", ...labels].join("\n");
}

function holdsOf({ forSeconds, keepFiringForSeconds }: AlertingRule): string[] {
  return [
    ...(forSeconds > 0 ? [`for: ${forSeconds}s`] : []),
    ...(keepFiringForSeconds > 0 ? [`keep_firing_for: ${keepFiringForSeconds}s`] : []),
  ];
}

/** A template is for Prometheus: people cannot read it, and only a firing alert has its values. */
function sentenceOf(rule: Rule | undefined): string {
  const comment = rule?.comment ?? "";
  if (rule?.type !== "alert") return comment;
  const { summary = "" } = rule.annotations;
  return typeof summary === "string" ? `${summary} ${comment}`.trim() : comment;
}
