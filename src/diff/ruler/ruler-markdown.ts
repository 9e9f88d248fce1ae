/** What loading the rules would change in a ruler, as a comment. */
import type { FactChange } from "../facts/fact.ts";
import { type Block, fitBlocks } from "../markdown/fit-blocks.ts";
import { MOST_CHARACTERS } from "../markdown/markdown.ts";
import { code, oneLine } from "../words.ts";
import type { GroupChange, RuleChange, RulerDiff } from "./ruler-diff.ts";
import { leftAlone, ruleName, rulerHeadline, rulesWords } from "./ruler-words.ts";
import { shortSides } from "./short-sides.ts";

/** At most `limit` characters; empty where nothing would change. */
export function rulerMarkdown(diff: RulerDiff, limit = MOST_CHARACTERS): string {
  if (diff.groups.length === 0) return "";
  const head = `**${rulerHeadline(diff)}**\n\n`;
  const alone = leftAlone(diff);
  const blocks = diff.groups.map(groupBlock);
  const { kept, left } = fitBlocks(blocks, limit - head.length - alone.length - FRAME);
  const shown = blocks.filter((block) => kept.has(block)).map(({ text }) => text);
  const dropped = [...left].map(
    ([noun, number]) => `\nLeft out, since the length of a comment is limited: ${number} ${noun}.\n`,
  );
  return [head, ...shown, ...dropped, alone === "" ? "" : `\n${alone}\n`].join("");
}

/** Room for the last lines. */
const FRAME = 500;

function groupBlock(group: GroupChange): Block {
  return { text: groupText(group), rank: 1, noun: "rule groups" };
}

function groupText({ kind, name, facts, rules }: GroupChange): string {
  if (kind !== "changed") return `- **${kind}** ${code(name)}: ${rulesWords(rules)}\n`;
  const rows = [...facts.map(factLines), ...rules.map(ruleLines)];
  const title = `<code>${oneLine(name).replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</code>`;
  return `\n<details><summary><b>changed</b> ${title}: ${rulesWords(rules)}</summary>\n\n${rows.join("\n")}\n</details>\n`;
}

function ruleLines(rule: RuleChange): string {
  const head = `- ${rule.kind} ${code(ruleName(rule))}`;
  return [head, ...rule.facts.map((fact) => indented(factLines(fact)))].join("\n");
}

function factLines(fact: FactChange): string {
  const [old, now] = shortSides(fact).map((words) => (words === undefined ? "–" : code(words.replaceAll("`", ""))));
  return `- ${code(fact.label)}: ${old} → ${now}`;
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, "  ");
}
