/** Whether what is bad or good is looked for where the total is: without the total's job, another service's failures count. */
import { type Issue, issue } from "../../issue.ts";
import { nearest } from "../../parse/read/nearest.ts";
import type { Selector } from "../../promql/ast.ts";
import { print } from "../../promql/print.ts";
import { declaredCounts } from "../../sli/index.ts";
import type { Counted } from "../../sli/metric.ts";
import type { Check } from "../check.ts";
import { type SliUse, slisOf } from "../metrics/uses.ts";

export const matchers: Check = {
  name: "matchers",
  check: (plan) => slisOf(plan).flatMap(checkSli),
};

function checkSli(use: SliUse): Issue[] {
  const { total, ...parts } = declaredCounts(use.sli);
  return (["bad", "good"] as const).flatMap((field) =>
    missingIn(total, parts[field]).map((missing) => issueAt(use, field, missing)),
  );
}

interface Missing {
  readonly total: Selector;
  readonly part: Selector;
  readonly label: string;
}

/** Labels that the total is narrowed by, and the part is not, not even to those without. */
function missingIn(total: Counted | undefined, part: Counted | undefined): Missing[] {
  if (total?.type !== "selector" || part?.type !== "selector") return [];
  const there = labelsOf(part.selector);
  const missing = labelsOf(total.selector).filter((label) => !there.includes(label));
  return missing.map((label) => ({ total: total.selector, part: part.selector, label }));
}

function labelsOf(selector: Selector): string[] {
  return [...new Set(selector.matchers.map(({ label }) => label))];
}

function issueAt({ path, source }: SliUse, field: "bad" | "good", missing: Missing): Issue {
  const { total, label } = missing;
  const own = { ...total, metric: "", matchers: total.matchers.filter((matcher) => matcher.label === label) };
  const message = `\`total\` has the matcher \`${print(own).slice(1, -1)}\`, and \`${field}\` has none for \`${label}\`: events outside the total would be counted.`;
  return issue("matcher-missing", [...path, field], message, hintFor(missing), source);
}

function hintFor({ total, part, label }: Missing): string {
  const strange = labelsOf(part).filter((own) => !labelsOf(total).includes(own));
  const misspelt = strange.find((own) => nearest(own, [label]) !== undefined);
  if (misspelt !== undefined) return `Write \`${label}\` in place of \`${misspelt}\`.`;
  return `Give it the same matcher; where its metric has no such label, say so with \`${label}=""\`.`;
}
