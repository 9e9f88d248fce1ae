/** Whether two label matchers can select the same value. Only what is certain is said: patterns with repetitions are left open. */
import type { Matcher } from "./ast.ts";
import { toRegExp } from "./regex.ts";

/** Whether no value at all can satisfy both. */
export function excludeEachOther(a: Matcher, b: Matcher): boolean {
  if (a.op === "=") return !allows(b, a.value);
  if (b.op === "=") return !allows(a, b.value);
  if (a.op === "=~" && b.op === "=~") return areApart(a.value, b.value);
  if (a.op === "=~" && b.op === "!~") return isWithin(a.value, b.value);
  return a.op === "!~" && b.op === "=~" && isWithin(b.value, a.value);
}

/** Whether the matcher selects this value. */
export function allows(matcher: Matcher, actual: string): boolean {
  const { op, value } = matcher;
  const same = op.endsWith("~") ? patternOf(matcher).test(actual) : value === actual;
  return op.startsWith("!") ? !same : same;
}

/** Compiled once: a matcher is asked for many values. */
function patternOf(matcher: Matcher): RegExp {
  const pattern = patterns.get(matcher) ?? toRegExp(matcher.value);
  patterns.set(matcher, pattern);
  return pattern;
}

const patterns = new WeakMap<Matcher, RegExp>();

/** Whether whatever satisfies the first satisfies the second, too, for certain. */
export function implies(a: Matcher, b: Matcher): boolean {
  if (a.label !== b.label) return false;
  if (a.op === b.op && a.value === b.value) return true;
  if (a.op === "=") return allows(b, a.value);
  if (a.op === "=~") return b.op === "=~" && isWithin(a.value, b.value);
  return a.op === "!~" && b.op === "!~" && isWithin(b.value, a.value);
}

/** Whether it leaves nothing out. */
export function allowsAll({ op, value }: Matcher): boolean {
  return op === "=~" && value === ".*";
}

/** What a pattern stands for, place by place. */
type Places = readonly ReadonlySet<string>[];

function areApart(a: string, b: string): boolean {
  const [ours, theirs] = [placesOf(a), placesOf(b)];
  if (!ours || !theirs) return false;
  return ours.every((one) => theirs.every((other) => one.length !== other.length || !meet(one, other)));
}

function meet(a: Places, b: Places): boolean {
  return a.every((place, index) => [...place].some((char) => b[index]?.has(char)));
}

/** Whether each value of the first is one of the second. */
function isWithin(a: string, b: string): boolean {
  if (a === b) return true;
  const [ours, theirs] = [placesOf(a), placesOf(b)];
  if (!ours || !theirs) return false;
  return ours.every((one) => theirs.some((other) => one.length === other.length && isInside(one, other)));
}

function isInside(a: Places, b: Places): boolean {
  return a.every((place, index) => [...place].every((char) => b[index]?.has(char)));
}

const CHARACTERS = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));
const PLACE = /\\[dwDW]|\\[^a-zA-Z0-9]|\[[^\]\\]+\]|[^\\[\](){}*+?|^$]/y;

/** Undefined where its values are not all of one length: groups, repetitions, flags. */
function placesOf(pattern: string): Places[] | undefined {
  const alternatives = pattern
    .replace(/^\((?:\?:)?([^()]*)\)$/, "$1")
    .split("|")
    .map(placesIn);
  return alternatives.every((each) => each !== undefined) ? alternatives : undefined;
}

function placesIn(alternative: string): Places | undefined {
  const places: ReadonlySet<string>[] = [];
  for (let at = 0; at < alternative.length; ) {
    PLACE.lastIndex = at;
    const place = PLACE.exec(alternative)?.[0];
    if (place === undefined) return undefined;
    const one = toRegExp(place);
    places.push(new Set(CHARACTERS.filter((char) => one.test(char))));
    at += place.length;
  }
  return places;
}
