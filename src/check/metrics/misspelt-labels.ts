/** Whether groups are distinguished by a label that a well-known system nearly has: all would be one group without a name. */
import { type Issue, issue } from "../../issue.ts";
import { editDistance, simplify } from "../../parse/read/nearest.ts";
import type { Check } from "../check.ts";
import { knownLabels } from "./known-labels.ts";
import { nameOf, type Use, usesOf } from "./uses.ts";

export const misspeltLabels: Check = {
  name: "misspelt-labels",
  check: (plan) => [...new Map(usesOf(plan).flatMap(checkUse)).values()],
};

/** By its place and label: several metrics of one SLO say the same. */
function checkUse(use: Use): [key: string, Issue][] {
  const known = knownLabels(nameOf(use.metric) ?? "") ?? [];
  return (use.by ?? []).flatMap((label) => {
    const meant = known.includes(label) ? undefined : known.find((each) => isOneSlip(label, each));
    if (meant === undefined) return [];
    const path = use.path.slice(0, 3);
    return [[JSON.stringify([path, label]), doubt(label, meant, use)]];
  });
}

function doubt(label: string, meant: string, { metric, path, source }: Use): Issue {
  const message = `\`${nameOf(metric)}\` is not known to have a label \`${label}\`; it does have \`${meant}\`.`;
  const hint = `Write \`${meant}\`; where you add \`${label}\` yourself, nothing is wrong.`;
  return issue("label-misspelt", path.slice(0, 3), message, hint, source);
}

/** A letter too many, too few or another, or two swapped; a word forgotten is another label. */
function isOneSlip(label: string, known: string): boolean {
  if (simplify(label) === simplify(known)) return true;
  return Math.min(label.length, known.length) > 4 && editDistance(label, known) === 1;
}
