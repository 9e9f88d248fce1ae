/** What loading the rules would change in a ruler, on a terminal. */
import type { FactChange } from "../../diff/facts/fact.ts";
import type { GroupChange, RuleChange, RulerDiff } from "../../diff/ruler/ruler-diff.ts";
import { leftAlone, ruleName, rulerHeadline, rulesWords } from "../../diff/ruler/ruler-words.ts";
import { shortSides } from "../../diff/ruler/short-sides.ts";
import { oneLine } from "../../diff/words.ts";
import type { Paint } from "./terminal.ts";

/** Everything of it, as text. `url` is the ruler's. */
export function printRulerDiff(diff: RulerDiff, url: string, paint: Paint): string {
  const head = rulerHeadline(diff) || `${url} has loaded what is declared: ${diff.unchanged} rule groups.`;
  const parts = [paint("bold", head), ...diff.groups.map((group) => printGroup(group, paint)), leftAlone(diff)];
  return parts.filter((part) => part !== "").join("\n\n");
}

function printGroup({ kind, name, facts, rules }: GroupChange, paint: Paint): string {
  const head = `${paint("cyan", oneLine(name))}  ${paint("dim", `${kind}, ${rulesWords(rules)}`)}`;
  if (kind !== "changed") return head;
  return [head, ...facts.map((fact) => printFact(fact, "  ")), ...rules.map((rule) => printRule(rule, paint))].join(
    "\n",
  );
}

function printRule(rule: RuleChange, paint: Paint): string {
  const head = `  ${oneLine(ruleName(rule))}  ${paint("dim", rule.kind)}`;
  return [head, ...rule.facts.map((fact) => printFact(fact, "    "))].join("\n");
}

/** Expressions are long: what differs in them, one below the other. */
function printFact(fact: FactChange, indent: string): string {
  const { label } = fact;
  const [old, now] = shortSides(fact).map((words) => oneLine(words ?? "–"));
  return `${indent}${oneLine(label)}\n${indent}  ${old}\n${indent}  → ${now}`;
}
