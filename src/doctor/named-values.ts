/** Values that a declaration names: groups with an objective of their own, and limits. What no series has is held to nothing. */
import type { SloPlan, SpendPlan } from "../compile/plan.ts";
import { type Issue, issue } from "../issue.ts";
import { nearest } from "../parse/read/nearest.ts";
import type { Matcher, Selector } from "../promql/ast.ts";
import { printLabel } from "../promql/print-selector.ts";
import type { Connection } from "./ask/no-answer.ts";
import { isKnown, valuesOf } from "./ask/queries.ts";
import type { Subject } from "./visit.ts";

/** Labels as they are declared, of what a selector counts. */
export interface Named extends Subject {
  readonly selector: Selector;
  readonly match: Readonly<Record<string, string>>;
}

/** @param counter - What counts the total. */
export function namedGroups({ slo }: SloPlan, counter: Selector): Named[] {
  const path = [...slo.path, "objectives"];
  return slo.objectives.map(({ match }) => ({ path, source: slo.source, selector: counter, match }));
}

export function namedLimits({ budget }: SpendPlan): Named[] {
  const { meter, limits, by, path, source } = budget;
  const [label] = by;
  if (meter.type === "prices" || meter.metric.type !== "selector" || label === undefined) return [];
  const { selector } = meter.metric;
  return Object.keys(limits).map((value) => ({
    path: [...path, "limits", value],
    source,
    selector,
    match: { [label]: value },
  }));
}

/** Those that had no series in so many days. */
export async function examineNamed(named: readonly Named[], days: number, to: Connection): Promise<Issue[]> {
  const found: Issue[] = [];
  for (const each of named) if (!(await isKnown(to, matching(each), days))) found.push(await unseen(each, days, to));
  return found;
}

function matching({ selector, match }: Named): Selector {
  const matchers = Object.entries(match).map(([label, value]): Matcher => ({ label, op: "=", value }));
  return { ...selector, matchers: [...selector.matchers, ...matchers] };
}

async function unseen({ path, source, selector, match }: Named, days: number, to: Connection): Promise<Issue> {
  const words = Object.entries(match).map(([label, value]) => `${printLabel(label)}=${JSON.stringify(value)}`);
  const message = `no series of ${selector.metric} had ${words.join(", ")} in ${days} days.`;
  return issue("value-never-seen", path, `${message}${await others(selector, match, to)}`, HINT, source);
}

const HINT = "Correct the value; one that has had no traffic yet may stay.";

/** What there is instead: the nearest value of each label that has another. */
async function others(selector: Selector, match: Named["match"], to: Connection): Promise<string> {
  const found: string[] = [];
  for (const [label, value] of Object.entries(match)) {
    const meant = nearest(value, await valuesOf(to, label, selector));
    if (meant !== undefined && meant !== value) found.push(` There is ${JSON.stringify(meant)}.`);
  }
  return found.join("");
}
