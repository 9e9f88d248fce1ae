/**
 * Rule groups of at most the size that the ruler takes. Alerts read what is recorded, so the last of them can move to
 * a group of their own: it is evaluated at another moment, at most an interval later, and reads the samples of then.
 */
import type { Rule, RuleGroup } from "./plan.ts";

/** The same group where it fits; otherwise what is recorded, and its alerts in as many groups as they need. */
export function fitGroups(group: RuleGroup, most: number): RuleGroup[] {
  if (group.rules.length <= most) return [group];
  const records = group.rules.filter((rule) => rule.type === "record");
  const alerts = group.rules.filter((rule) => rule.type === "alert");
  if (alerts.length === 0) return [group];
  return [{ ...group, rules: records }, ...parts(alerts, most).map((rules, index) => alertGroup(group, rules, index))];
}

function alertGroup(group: RuleGroup, rules: readonly Rule[], index: number): RuleGroup {
  const comment = `Alerts on what ${group.name} records.`;
  return { ...group, comment, name: `${group.name}:alerts${index === 0 ? "" : `-${index + 1}`}`, rules };
}

function parts(rules: readonly Rule[], most: number): Rule[][] {
  return Array.from({ length: Math.ceil(rules.length / most) }, (_, index) =>
    rules.slice(index * most, (index + 1) * most),
  );
}
