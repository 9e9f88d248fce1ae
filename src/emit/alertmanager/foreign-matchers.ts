/** Matchers of others, in each form that Alertmanager takes: `matchers`, and the older `match` and `match_re`. */
import { toRegExp } from "../../promql/regex.ts";

export type Labels = Readonly<Record<string, string>>;

/** Part of a route. */
export interface Matched {
  readonly matchers?: unknown;
  readonly match?: unknown;
  readonly match_re?: unknown;
}

/** Whether a route takes an alert with these labels. Of matchers that cannot be read it is not said. */
export function matches({ matchers = [], match = {}, match_re = {} }: Matched, labels: Labels): boolean {
  const texts = Array.isArray(matchers) ? matchers : [matchers];
  const all = [...texts.map(readMatchers), pairsIn(match, "="), pairsIn(match_re, "=~")];
  return all.every((read) => read?.every((one) => isMet(one, labels)) ?? false);
}

interface ForeignMatcher {
  readonly label: string;
  readonly op: string;
  readonly value: string;
}

const ONE = /\s*("(?:\\.|[^"\\])*"|[^\s=!~,{}"]+)\s*(=~|!~|!=|=)\s*("(?:\\.|[^"\\])*"|[^,"]*?)\s*(?:,|$)/y;

/** One or several in a text, with or without braces. */
function readMatchers(text: unknown): ForeignMatcher[] | undefined {
  const inside = String(text)
    .trim()
    .replace(/^\{(.*)\}$/s, "$1");
  const read: ForeignMatcher[] = [];
  ONE.lastIndex = 0;
  for (let end = 0; end < inside.length; end = ONE.lastIndex) {
    const [, label = "", op = "", value = ""] = ONE.exec(inside) ?? [];
    if (label === "") return undefined;
    read.push({ label: unquoted(label), op, value: unquoted(value) });
  }
  return read;
}

function unquoted(text: string): string {
  return text.startsWith('"')
    ? text
        .slice(1, -1)
        .replaceAll(/\\(["\\])/g, "$1")
        .replaceAll("\\n", "\n")
    : text;
}

function pairsIn(map: unknown, op: string): ForeignMatcher[] {
  return Object.entries(map ?? {}).map(([label, value]) => ({ label, op, value: String(value) }));
}

/** A label that an alert does not have is empty. */
function isMet({ label, op, value }: ForeignMatcher, labels: Labels): boolean {
  const own = labels[label] ?? "";
  const isSame = op.endsWith("~") ? isLike(own, value) : own === value;
  return isSame === !op.startsWith("!");
}

function isLike(text: string, pattern: string): boolean {
  try {
    return toRegExp(pattern).test(text);
  } catch {
    return false;
  }
}
