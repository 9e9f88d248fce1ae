/**
 * The rules that a generated test reads. promtool evaluates every rule of a file in every test, of which most are of other
 * SLOs. A rule that no expectation reads, at first or second hand, decides nothing, unless it cannot be evaluated at all.
 */
import { allows } from "../../src/promql/overlap.ts";
import { shapeOf } from "../../src/promql/shape/shape.ts";

export interface Rule {
  readonly record?: string;
  readonly alert?: string;
  readonly expr: string | number;
  readonly labels?: Readonly<Record<string, string>>;
}

export interface RuleFile {
  readonly groups: readonly { readonly name: string; readonly rules: readonly Rule[] }[];
}

/** What promtool is asked to find. */
export interface Expectations {
  readonly promql_expr_test: readonly { readonly expr: string }[];
}

type Selector = ReturnType<typeof shapeOf>["selectors"][number];

/** The file without the rules that do not matter to the test; groups stay, in their order. */
export function rulesRead<File extends RuleFile>(file: File, test: Expectations): File {
  const read = readBy(
    file.groups.flatMap(({ rules }) => rules),
    test.promql_expr_test.map(({ expr }) => expr),
  );
  return {
    ...file,
    groups: file.groups.map((group) => ({ ...group, rules: group.rules.filter((one) => read.has(one)) })),
  };
}

function readBy(rules: readonly Rule[], texts: readonly string[]): ReadonlySet<Rule> {
  const read = new Set<Rule>();
  const look = (text: string): void => {
    for (const selector of selectorsIn(text))
      for (const rule of rules) {
        if (read.has(rule) || !mayRead(selector, rule)) continue;
        read.add(rule);
        look(String(rule.expr));
      }
  };
  texts.forEach(look);
  return read;
}

const known = new Map<string, readonly Selector[]>();

// The expectations of a service ask the same again and again.
function selectorsIn(text: string): readonly Selector[] {
  const selectors = known.get(text) ?? shapeOf(text).selectors;
  known.set(text, selectors);
  return selectors;
}

/** In doubt it does. */
function mayRead({ metric, matchers }: Selector, rule: Rule): boolean {
  return namesOf(rule).some((__name__) => {
    const labels: Readonly<Record<string, string>> = { ...rule.labels, ...alertLabels(rule), __name__ };
    const asked = metric === "" ? matchers : [...matchers, { label: "__name__", op: "=" as const, value: metric }];
    return asked.every((matcher) => isOpen(labels[matcher.label]) || allows(matcher, labels[matcher.label] as string));
  });
}

function namesOf({ record }: Rule): readonly string[] {
  return record === undefined ? ["ALERTS", "ALERTS_FOR_STATE"] : [record];
}

function alertLabels({ alert }: Rule): Readonly<Record<string, string>> {
  return alert === undefined ? {} : { alertname: alert };
}

/** Only evaluation tells the value of a template, or of a label that no rule sets. */
function isOpen(value: string | undefined): boolean {
  return value === undefined || value.includes("{{");
}
