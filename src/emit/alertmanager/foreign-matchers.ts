/** Matchers of others, in each form that Alertmanager takes: `matchers`, and the older `match` and `match_re`. */
import { toRegExp } from "../../promql/regex.ts";

export type Labels = Readonly<Record<string, string>>;

/** Part of a route. */
export interface Matched {
  readonly matchers?: unknown;
  readonly match?: unknown;
  readonly match_re?: unknown;
}

/** Tells whether a route takes an alert with these labels. Of matchers that cannot be read it is not said. */
export function takerOf({ matchers = [], match = {}, match_re = {} }: Matched): (labels: Labels) => boolean {
  const texts = Array.isArray(matchers) ? matchers : [matchers];
  const all = [...texts.map(readMatchers), pairsIn(match, "="), pairsIn(match_re, "=~")];
  const tests = all.flatMap((read) => read?.map(testOf) ?? [() => false]);
  return (labels) => tests.every((test) => test(labels));
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
function testOf({ label, op, value }: ForeignMatcher): (labels: Labels) => boolean {
  const isSame = op.endsWith("~") ? likenessTo(value) : (own: string) => own === value;
  return (labels) => isSame(labels[label] ?? "") === !op.startsWith("!");
}

function likenessTo(pattern: string): (text: string) => boolean {
  try {
    const regex = toRegExp(pattern);
    return (text) => regex.test(text);
  } catch {
    return () => false;
  }
}
