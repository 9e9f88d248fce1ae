/**
 * Whether a well-known system nearly has the label that groups are distinguished by, and has the value that a matcher asks
 * for: without the label all would be one group without a name, and without the value nothing is selected.
 */
import { type Issue, issue } from "../../issue.ts";
import { editDistance, simplify } from "../../parse/read/nearest.ts";
import type { Matcher } from "../../promql/ast.ts";
import type { Check } from "../check.ts";
import { nameOf, type Use, usesOf } from "../metrics/uses.ts";
import { knownLabels, knownValues } from "./known-labels.ts";

export const misspeltLabels: Check = {
  name: "misspelt-labels",
  check: (plan) => [...new Map(usesOf(plan).flatMap((use) => [...checkUse(use), ...checkValues(use)])).values()],
};

function checkValues(use: Use): [key: string, Issue][] {
  const { metric, path, source } = use;
  if (metric.type !== "selector") return [];
  const name = metric.selector.metric;
  return metric.selector.matchers.flatMap((matcher): [string, Issue][] => {
    const values = knownValues(name, matcher.label);
    if (values === undefined || matcher.value === "" || takesAny(matcher, values)) return [];
    const message = `\`${matcher.label}\` of \`${name}\` is never ${JSON.stringify(matcher.value)}: ${describeValues(values)}.`;
    const meant = meantValue(matcher.value, values);
    const hint =
      meant === undefined ? "Write one of its values." : `Write \`${matcher.label}${matcher.op}"${meant}"\`.`;
    return [[JSON.stringify([path, matcher.label]), issue("label-misspelt", path, message, hint, source)]];
  });
}

/** Whether the text or the pattern is one of the values, whatever is made of those. */
function takesAny({ op, value }: Matcher, values: readonly string[]): boolean {
  if (op === "=" || op === "!=") return values.includes(value);
  try {
    const pattern = new RegExp(`^(?:${value})$`);
    return values.some((each) => pattern.test(each));
  } catch {
    return true;
  }
}

function describeValues(values: readonly string[]): string {
  return values.length > 9 ? `it is ${values[0]} to ${values.at(-1)}` : `it is ${values.join(", ")}`;
}

/** `5xx` and `500` are the class 5. */
function meantValue(written: string, values: readonly string[]): string | undefined {
  return values.length > 9
    ? undefined
    : values.find((each) => new RegExp(`^${each}(xx|\\d\\d|\\.\\.|\\.\\*)$`, "i").test(written));
}

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

/**
 * A letter too many, too few or another, or two swapped. A word forgotten is another label, which somebody may have
 * added; except one that begins with the system's own name.
 */
function isOneSlip(label: string, known: string): boolean {
  if (simplify(label) === simplify(known)) return true;
  if (label.startsWith("envoy_") && known.startsWith(`${label}_`)) return true;
  return Math.min(label.length, known.length) > 4 && editDistance(label, known) === 1;
}
