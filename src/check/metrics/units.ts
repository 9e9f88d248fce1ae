/** Whether what is counted is what it is held to: a limit in euros on a counter of dollars is off by the day's rate. */
import { type Issue, issue } from "../../issue.ts";
import type { Check } from "../check.ts";
import { nameOf, type Use, usesOf } from "./uses.ts";

export const units: Check = {
  name: "units",
  check: (plan) => usesOf(plan).flatMap(checkUnit),
};

/** What a name says that it counts, where it says so. */
const NAMED: Readonly<Record<string, RegExp>> = {
  dollars: /(?:^|[_.:])(?:dollars?|usd)(?:$|[_.:])/,
  euros: /(?:^|[_.:])(?:euros?|eur)(?:$|[_.:])/,
  pounds: /(?:^|[_.:])(?:pounds?|gbp)(?:$|[_.:])/,
  tokens: /(?:^|[_.:])tokens?(?:$|[_.:])/,
  seconds: /(?:^|[_.:])(?:milli)?seconds?(?:$|[_.:])/,
};

/** Whether a metric counts parts of the money that it is held to. */
export function isSmallerMoney({ metric, unit }: Use): boolean {
  return smallerThan(unit, nameOf(metric)) !== undefined;
}

/** Parts of money, and how many of them make one. Nothing of it is seen in a number: a limit is reached a hundred times too soon. */
const SMALLER: readonly (readonly [words: string, parts: number, written: RegExp])[] = [
  ["cents", 100, /_(?:cents?|pence)(?:_|$)/],
  ["thousandths", 1000, /_(?:millis|milli_?(?:dollars|usd|euros|eur)|mills)(?:_|$)/],
  ["millionths", 1e6, /_(?:micros|micro_?(?:dollars|usd|euros|eur))(?:_|$)/],
  ["billionths", 1e9, /_(?:nanos|nano_?(?:dollars|usd|euros|eur))(?:_|$)/],
];

function smallerThan(unit: string | undefined, name: string | undefined) {
  if (name === undefined || !/^(dollars|euros|pounds)$/.test(unit ?? "")) return undefined;
  return SMALLER.find(([, , written]) => written.test(name));
}

function checkUnit({ metric, unit, path, source }: Use): Issue[] {
  const name = nameOf(metric);
  if (unit === undefined || name === undefined) return [];
  const smaller = smallerThan(unit, name);
  if (smaller) {
    const [words, parts] = smaller;
    const text = `\`${name}\` counts ${words} by its name and is used as ${unit}: amounts are ${parts} times too large.`;
    const divided = `sum(rate(${name}[$window])) / ${parts}`;
    const other = `Count whole ${unit} where it is instrumented; or write { promql: "${divided}" }, which is less exact.`;
    return [issue("metric-name", path, text, other, source)];
  }
  const named = Object.keys(NAMED).filter((each) => NAMED[each]?.test(name));
  if (named.length === 0 || named.includes(unit)) return [];
  const message = `\`${name}\` looks like it counts ${named.join(" or ")} but is used as ${unit}.`;
  const hint = `Give the counter of ${unit}, or the amounts in ${named[0]}.`;
  return [issue("metric-name", path, message, hint, source)];
}
