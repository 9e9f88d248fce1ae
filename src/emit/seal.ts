/**
 * Heads: the line that says that firebreak made a file, with a sum of all the rest. So each file shows by itself whether
 * it is ours and whether somebody edited it, and no file need hold a line about every other.
 */
import { hash } from "node:crypto";

/** What a head says of a file: as it was made, or edited since. A file without one is not ours. */
export type Seal = "intact" | "edited";

/** Puts the sum into the head of a text. A text that does not begin with a head stays as it is. */
export function seal(text: string): string {
  return text.replace(HEAD, (_all, head: string, end = "") => `${head} Sum: ${sumOf(text)}${end}`);
}

/** Whether a text begins with a head that has a sum. */
export function isSealed(text: string): boolean {
  return SEALED.test(text);
}

/** Whether a text is ours, and whether it is still what was made. */
export function readSeal(text: string): Seal | undefined {
  const plain = withoutCarriageReturns(text);
  const [all, head, sum, end = ""] = SEALED.exec(plain) ?? [];
  if (all !== undefined && sumOf(`${head}${end}${plain.slice(all.length)}`) === sum) return "intact";
  return MENTIONED.test(plain.slice(0, MENTIONED_WITHIN)) ? "edited" : undefined;
}

/** The text as git keeps it, where it turns line ends to what the machine is used to. */
export function withoutCarriageReturns(text: string): string {
  return text.replaceAll("\r\n", "\n");
}

/** How a first line can begin and end: a comment in YAML, Markdown and Go's templates, and a property of JSON. */
const OPENING = String.raw`(?:# |<!-- |\{\{/\* |\{\n {2}"firebreak": ")`;
const CLOSING = String.raw`( -->| \*/\}\}|",)?(?=\n)`;
const WORDS = String.raw`Made by firebreak\b[^\n]*?`;

const HEAD = new RegExp(`^(${OPENING}${WORDS})${CLOSING}`);
const SEALED = new RegExp(`^(${OPENING}${WORDS}) Sum: ([0-9a-f]{16})${CLOSING}`);

/** Also in what a formatter or a merge with conflicts has left of a head. */
const MENTIONED = /\bMade by firebreak\b.*\bSum: [0-9a-f]{16}\b/;
const MENTIONED_WITHIN = 1000;

/** It distinguishes an edit from an older build; it proves nothing, so a quarter of it will do. */
function sumOf(text: string): string {
  return hash("sha256", withoutCarriageReturns(text)).slice(0, 16);
}
