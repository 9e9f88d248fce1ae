/** What people read of rules: comments in the file, and what alerts say. */
import type { AlertingRule, RecordingRule, RuleGroup } from "../../src/compile/plan.ts";

/** Each text once, in the order of the file. */
export function textsOf(groups: readonly RuleGroup[]): string {
  const all = groups.flatMap(({ rules }) => rules.flatMap(linesOf));
  return [...new Set(all)].join("\n");
}

function linesOf(rule: AlertingRule | RecordingRule): string[] {
  const comment = rule.comment === undefined ? [] : [`# ${rule.comment}`];
  if (rule.type === "record") return comment;
  const { summary, description } = rule.annotations;
  const texts = [summary, description].map((text) => (typeof text === "string" ? text : (text?.template ?? "")));
  return [...comment, `${rule.alert}: ${texts.join(" | ")}`];
}
