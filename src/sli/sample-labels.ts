/** Finds label values that match a selector, so that the generated tests can feed it. */
import type { Matcher, Selector } from "../promql/ast.ts";
import { allows } from "../promql/overlap.ts";

export type Labels = Readonly<Record<string, string>>;

/** Labels of a series that `wanted` selects and `unwanted` does not; undefined where none was found. */
export function sampleLabels(wanted: readonly Matcher[], unwanted?: readonly Matcher[]): Labels | undefined {
  const names = [...new Set([...wanted, ...(unwanted ?? [])].map((matcher) => matcher.label))].sort();
  const start: readonly Labels[] = [{}];
  const choices = names.reduce((partial, label) => extend(partial, label, wanted, unwanted ?? []), start);
  return choices.find((labels) => unwanted === undefined || !matchesAll(unwanted, labels));
}

/** Whether a series with these labels is selected. A label that is not there is empty. */
export function matchesAll(matchers: readonly Matcher[], labels: Labels): boolean {
  return matchers.every((matcher) => allows(matcher, labels[matcher.label] ?? ""));
}

/** Whether the selectors read one metric: then bad series are among the total's. */
export function sameMetric(a: Selector, b: Selector): boolean {
  return a.metric === b.metric;
}

/** Whether all series of a part are among the total's: the same metric, and no series of the part that the total lacks. */
export function isPartOf(total: Selector, part: Selector): boolean {
  const known = partsOf.get(total) ?? new WeakMap<Selector, boolean>();
  partsOf.set(total, known);
  const isPart =
    known.get(part) ?? (sameMetric(total, part) && sampleLabels(part.matchers, total.matchers) === undefined);
  known.set(part, isPart);
  return isPart;
}

/** Asked for at every stage of a build. */
const partsOf = new WeakMap<Selector, WeakMap<Selector, boolean>>();

const MOST_CHOICES = 64;

function extend(
  partial: readonly Labels[],
  label: string,
  wanted: readonly Matcher[],
  unwanted: readonly Matcher[],
): readonly Labels[] {
  const mine = wanted.filter((matcher) => matcher.label === label);
  const values = candidates([...mine, ...unwanted.filter((matcher) => matcher.label === label)]);
  const fitting = values.filter((value) => mine.every((matcher) => allows(matcher, value)));
  return partial
    .flatMap((labels) => fitting.map((value) => (value === "" ? labels : { ...labels, [label]: value })))
    .slice(0, MOST_CHOICES);
}

/** Values that real systems use, tried before odd ones. */
const COMMON = [
  "200",
  "ok",
  "success",
  "2xx",
  "500",
  "5xx",
  "error",
  "404",
  "429",
  "stop",
  "true",
  "1",
  "x",
  "none",
  "POST",
  "",
];

function candidates(matchers: readonly Matcher[]): string[] {
  const mentioned = matchers.flatMap((matcher) =>
    matcher.op.endsWith("~") ? fromPattern(matcher.value) : [matcher.value],
  );
  return [...new Set([...mentioned, ...COMMON])];
}

/** Texts that a pattern may match: each alternative with its wildcards filled in. */
function fromPattern(pattern: string): string[] {
  const plain = splitAlternatives(pattern.replace(/^\(\?[ims]+\)/, ""));
  return plain.flatMap((part) => FILLERS.map((fill) => fill(part)));
}

const FILLERS: readonly ((part: string) => string)[] = [
  (part) => simplify(part, "0", ""),
  (part) => simplify(part, "1", "x"),
  (part) => simplify(part, "a", "a"),
];

function simplify(part: string, one: string, many: string): string {
  return part
    .replaceAll(/\(\?:|\(\?i\)|[()^$]/g, "")
    .replaceAll(/\[\^[^\]]*\][+*]?/g, one)
    .replaceAll(/\[(.)[^\]]*\][+*?]?/g, "$1")
    .replaceAll(/\\d[+*]?/g, "0")
    .replaceAll(/\.\*/g, many)
    .replaceAll(/\.\+/g, many || one)
    .replaceAll(/(?<!\\)\./g, one)
    .replaceAll(/(?<!\\)[+*?]/g, "")
    .replaceAll(/\\(.)/g, "$1");
}

/** `a|b(c|d)` is a, bc and bd. */
function splitAlternatives(pattern: string): string[] {
  const group = /^(.*?)\((?:\?:)?([^()]*)\)(\??)(.*)$/s.exec(pattern);
  if (!group || pattern.length > 300) return pattern.split("|");
  const [, before = "", inner = "", optional = "", after = ""] = group;
  const options = [...inner.split("|"), ...(optional ? [""] : [])];
  return options.flatMap((option) => splitAlternatives(`${before}${option}${after}`));
}
