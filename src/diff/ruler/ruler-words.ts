/** What loading the rules would change in a ruler, in one sentence, and what is left alone. */
import { code, someOf } from "../words.ts";
import type { GroupChange, RuleChange, RulerDiff } from "./ruler-diff.ts";

/** ``2 rule groups are new and 1 changes: 3 rules.``; nothing where nothing would change. */
export function rulerHeadline({ groups }: RulerDiff): string {
  if (groups.length === 0) return "";
  const counts = (["added", "removed", "changed"] as const).flatMap((kind) => countOf(groups, kind));
  return `${counts.join(", ")}.`;
}

/** What stays as it is, whatever is declared; nothing where there is none. */
export function leftAlone({ foreign, elsewhere }: RulerDiff): string {
  const others = foreign === 0 ? [] : [counted(foreign, "rule group", "that firebreak did not make")];
  const services = elsewhere.length === 0 ? [] : [`rules of ${someOf(elsewhere.map(code))}, not declared here`];
  const all = [...others, ...services];
  return all.length === 0 ? "" : `Left alone: ${all.join("; ")}.`;
}

/** The rule, with what tells it from others of its name. */
export function ruleName({ name, labels: { slo, budget, experiment, tier, reason } }: RuleChange): string {
  const more = [slo ?? budget ?? experiment, tier, reason].filter((each) => each !== undefined && each !== "");
  return more.length === 0 ? name : `${name} (${more.join(", ")})`;
}

/** `1 rule`, `3 rules`. */
export function rulesWords(rules: readonly RuleChange[]): string {
  return counted(rules.length, "rule");
}

const VERBS = { added: "not loaded yet", removed: "no longer declared", changed: "loaded with other content" } as const;

function countOf(groups: readonly GroupChange[], kind: GroupChange["kind"]): string[] {
  const of = groups.filter((group) => group.kind === kind);
  const rules = of.reduce((sum, group) => sum + group.rules.length, 0);
  return of.length === 0 ? [] : [`${counted(of.length, "rule group", VERBS[kind])} (${counted(rules, "rule")})`];
}

function counted(number: number, noun: string, what = ""): string {
  return `${number} ${noun}${number === 1 ? "" : "s"} ${what}`.trim();
}
