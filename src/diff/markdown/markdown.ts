/** A diff as a comment of a pull request: one sentence, what breaks, what changes, and details folded away. */
import { type AlikeChanges, adviceOnce, alike, rulesWords } from "../alike.ts";
import type { Break } from "../breaks/breaks.ts";
import type { Diff } from "../diff.ts";
import type { FactChange } from "../facts/fact.ts";
import { code, someOf } from "../words.ts";
import { type Block, type Fitted, fitBlocks } from "./fit-blocks.ts";
import { headline } from "./headline.ts";

/** Below GitHub's limit of 65,536 characters, with room for a marker and a heading of the one who posts it. */
export const MOST_CHARACTERS = 60_000;

/**
 * The comment, at most `limit` characters; empty where nothing changed.
 *
 * @param failed - Kinds of breaks by which the change fails, see `--fail-on`.
 */
export function printMarkdown(diff: Diff, failed: readonly string[] = [], limit = MOST_CHARACTERS): string {
  if (diff.changes.length === 0) return "";
  const head = [`**${headline(diff)}**\n`, ...failedLine(failed)].join("\n").slice(0, HEAD);
  const breaks = adviceOnce(diff.breaks).map(breakBlock);
  const groups = alike(diff.changes);
  const rows = groups.map(rowsBlock).filter(isThere);
  const details = groups.map(detailsBlock).filter(isThere);
  const fitted = fitBlocks([...breaks, ...rows, ...details], limit - head.length - FRAME);
  const shown = (blocks: readonly Block[]): string =>
    blocks
      .filter((block) => fitted.kept.has(block))
      .map(({ text }) => text)
      .join("");
  return [
    head,
    section("What breaks", "", shown(breaks)),
    section("What changes", TABLE, shown(rows)),
    shown(details),
    leftLine(fitted),
  ]
    .filter((text) => text !== "")
    .join("\n");
}

/** Room for the sentence, and for headings, heads of tables and the last line. */
const HEAD = 4000;
const FRAME = 1000;

const TABLE = "| | before | after |\n|---|---|---|\n";

function failedLine(failed: readonly string[]): string[] {
  return failed.length === 0 ? [] : [`❌ Fails by policy: ${failed.join(", ")}.\n`];
}

function section(title: string, head: string, body: string): string {
  return body === "" ? "" : `### ${title}\n\n${head}${body}`;
}

/** Whom an alert reaches is never left out. */
function breakBlock({ kind, message, remedy, accepted }: Break): Block {
  const rank = kind === "unrouted" || kind === "rerouted" ? 0 : 1;
  const advice = remedy === undefined ? "" : `\n  ${remedy}`;
  const why = accepted === undefined ? "" : `\n  Accepted: ${code(accepted)}`;
  return { text: `- **${kind}** ${message}${why}${advice}\n`, rank, noun: "of what breaks" };
}

function rowsBlock({ change, ids }: AlikeChanges): Block {
  const { type, kind, formerId, facts } = change;
  const first = kind === "changed" ? "" : kind === "renamed" ? `, formerly ${code(formerId ?? "")}` : `, ${kind}`;
  const rows = facts
    .filter(({ isMain }) => isMain)
    .map((fact, index) =>
      row(index === 0 ? `**${idsWords(ids)}**${first}: ${cell(fact.label)}` : cell(fact.label), fact),
    );
  const named = rows.length > 0 || kind === "changed" ? rows : [`| **${idsWords(ids)}**${first} | | |\n`];
  return { text: named.join(""), rank: type === "audience" ? 0 : 2, noun: "of what changes" };
}

function detailsBlock({ change, ids, rules }: AlikeChanges): Block {
  const { kind, facts } = change;
  const isPair = kind === "changed" || kind === "renamed";
  const rows = isPair ? facts.filter(({ isMain }) => !isMain) : [];
  const title = `<code>${someOf(ids.map(html))}</code>: ${rulesWords(rules, change.type)}`;
  const text = rows.length > 0 ? folded(title, rows) : isPair && rules.differing > 0 ? `${title}.\n\n` : "";
  return { text, rank: 3, noun: "of the details" };
}

function folded(title: string, rows: readonly FactChange[]): string {
  const table = rows.map((fact) => row(cell(fact.label), fact)).join("");
  return `<details><summary>${title}</summary>\n\n${TABLE}${table}\n</details>\n\n`;
}

function idsWords(ids: readonly string[]): string {
  return someOf(ids.map((id) => code(id)));
}

function row(label: string, { before, after }: FactChange): string {
  return `| ${label} | ${value(before?.words)} | ${value(after?.words)} |\n`;
}

/** A bar ends a cell even within code; there is no code within code. */
function value(words: string | undefined): string {
  return words === undefined ? "–" : code(words.replaceAll("`", "")).replaceAll("|", "\\|");
}

/** Labels hold names that were declared: of groups, models, tiers. */
function cell(label: string): string {
  return /^[\w ,-]+$/.test(label) ? label : code(label).replaceAll("|", "\\|");
}

function html(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

function isThere({ text }: Block): boolean {
  return text !== "";
}

function leftLine({ left }: Fitted): string {
  if (left.size === 0) return "";
  const counts = [...left].map(([noun, number]) => `${number} ${noun}`).join(", ");
  return `Left out, since the length of a comment is limited: ${counts}. \`firebreak diff --json\` has everything.\n`;
}
