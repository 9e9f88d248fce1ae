/** Two texts as a reviewer reads them: what differs, with a few words around it. */
import type { FactChange } from "../facts/fact.ts";
import { oneLine } from "../words.ts";

/** Both on one line: `… > 14.4 * 0.001 and …` and `… > 14.4 * 0.005 and …`. One that is new or gone is whole. */
export function shortSides({ before, after }: FactChange): readonly (string | undefined)[] {
  if (before === undefined || after === undefined) return [before?.words, after?.words];
  const [old, now] = [tokensOf(before.words), tokensOf(after.words)];
  if (Math.max(old.length, now.length) > MOST_TOKENS) return [before.words, after.words];
  const steps = alignedSteps(old, now);
  const kept = steps.map((_step, index) => nearChange(steps, index));
  return [sideText(steps, kept, "before"), sideText(steps, kept, "after")];
}

/** Comparing takes the square of it. No rule of firebreak has as many, but a server may have anything. */
const MOST_TOKENS = 5000;

/** A token of either text, or of both where they are alike. */
interface Step {
  readonly before?: string;
  readonly after?: string;
}

/** Matchers in braces are one token: a server writes them in its own order. */
const TOKENS = /\s*(?:\{(?:[^{}"]|"(?:\\.|[^"\\])*")*\}|"(?:\\.|[^"\\])*"|[\w:.]+|[=!<>~]+|\S)/g;
const MATCHERS = /[\w.]+\s*[=!~]+\s*"(?:\\.|[^"\\])*"/g;

function tokensOf(text: string): string[] {
  return oneLine(text).match(TOKENS) ?? [];
}

function keyOf(token: string): string {
  const matchers = token.trim().startsWith("{") ? token.match(MATCHERS) : null;
  return matchers === null ? token.trim() : matchers.sort().join();
}

/** The longest sequence of tokens that both have, in order, and what each has besides. */
function alignedSteps(before: readonly string[], after: readonly string[]): Step[] {
  const [old, now] = [before.map(keyOf), after.map(keyOf)];
  const alike = lengthsAlike(old, now);
  const steps: Step[] = [];
  let [i, j] = [0, 0];
  while (i < old.length && j < now.length) {
    if (old[i] === now[j]) steps.push({ before: before[i++] as string, after: after[j++] as string });
    else if (at(alike, i + 1, j) >= at(alike, i, j + 1)) steps.push({ before: before[i++] as string });
    else steps.push({ after: after[j++] as string });
  }
  const left = before.slice(i).map((token) => ({ before: token }));
  return [...steps, ...left, ...after.slice(j).map((token) => ({ after: token }))];
}

/** How many tokens the rest of both has in common, from every place in the one and the other. */
function lengthsAlike(old: readonly string[], now: readonly string[]): readonly Uint16Array[] {
  const rows = Array.from({ length: old.length + 1 }, () => new Uint16Array(now.length + 1));
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = now.length - 1; j >= 0; j--)
      (rows[i] as Uint16Array)[j] =
        old[i] === now[j] ? at(rows, i + 1, j + 1) + 1 : Math.max(at(rows, i + 1, j), at(rows, i, j + 1));
  return rows;
}

function at(rows: readonly Uint16Array[], i: number, j: number): number {
  return rows[i]?.[j] ?? 0;
}

/** A factor and its operator stand before what differs; what follows says less. */
const TOKENS_BEFORE = 3;
const TOKENS_BEHIND = 1;

function nearChange(steps: readonly Step[], index: number): boolean {
  const near = steps.slice(Math.max(0, index - TOKENS_BEHIND), index + TOKENS_BEFORE + 1);
  return near.some(({ before, after }) => before === undefined || after === undefined);
}

function sideText(steps: readonly Step[], kept: readonly boolean[], side: keyof Step): string {
  const words = steps.map((step, index) => {
    if (kept[index]) return step[side] ?? "";
    return kept[index - 1] === false ? "" : " … ";
  });
  return words.join("").replaceAll(/\s+/g, " ").trim();
}
