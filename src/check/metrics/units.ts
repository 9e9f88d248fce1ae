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

function checkUnit({ metric, unit, path, source }: Use): Issue[] {
  const name = nameOf(metric);
  if (unit === undefined || name === undefined) return [];
  const named = Object.keys(NAMED).filter((each) => NAMED[each]?.test(name));
  if (named.length === 0 || named.includes(unit)) return [];
  const message = `\`${name}\` looks like it counts ${named.join(" or ")} but is used as ${unit}.`;
  const hint = `Give the counter of ${unit}, or the amounts in ${named[0]}.`;
  return [issue("metric-name", path, message, hint, source)];
}
