/**
 * Rule groups of at most the size that the ruler takes. No rule needs what another wrote in the same evaluation, so any
 * of them can move to a group of its own: it is evaluated at another moment, at most an interval later.
 */
import type { Rule, RuleGroup } from "./plan.ts";

/** The same group where it fits; otherwise what is recorded, and its alerts, in as many groups as they need. */
export function fitGroups(group: RuleGroup, most: number): RuleGroup[] {
  if (group.rules.length <= most) return [group];
  const records = group.rules.filter((rule) => rule.type === "record");
  const alerts = group.rules.filter((rule) => rule.type === "alert");
  return [...parts(records, most, group, ""), ...parts(alerts, most, group, ":alerts")];
}

/**
 * Of these names of groups, that of which a group is a part, or itself; undefined where it is part of none. `x:slow` is a
 * group beside `x`, and a part of it only where no group is called so.
 */
export function wholeOf(name: string, wholes: ReadonlySet<string>): string | undefined {
  if (wholes.has(name)) return name;
  const end = name.lastIndexOf(":");
  return end < 0 ? undefined : wholeOf(name.slice(0, end), wholes);
}

function parts(rules: readonly Rule[], most: number, group: RuleGroup, suffix: string): RuleGroup[] {
  return Array.from({ length: Math.ceil(rules.length / most) }, (_, index) => ({
    ...group,
    ...(suffix === "" ? {} : { comment: `Alerts on what ${group.name} records.` }),
    name: `${group.name}${suffix}${index === 0 ? "" : `${suffix === "" ? ":" : "-"}${index + 1}`}`,
    rules: rules.slice(index * most, (index + 1) * most),
  }));
}
