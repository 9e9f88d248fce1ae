/**
 * The rules that a test reads. promtool evaluates every rule of a file in every test, of which most are of other SLOs. A rule
 * that no expectation reads, at first or second hand, decides nothing, unless it cannot be evaluated at all.
 */
import type { Matcher, Selector } from "../promql/ast.ts";
import { allows } from "../promql/overlap.ts";
import { allSelectors } from "../promql/shape/all-selectors.ts";

type Texts = Readonly<Record<string, string>>;

export interface Rule {
  readonly record?: string;
  readonly alert?: string;
  readonly expr: string | number;
  readonly labels?: Texts;
  readonly annotations?: Texts;
}

export interface RuleFile {
  readonly groups: readonly RuleGroup[];
}

export interface RuleGroup {
  readonly name: string;
  /** Of every rule that has not got its own. */
  readonly labels?: Texts;
  readonly rules: readonly Rule[];
}

/** What promtool is asked to find. */
export interface Expectations {
  readonly promql_expr_test?: readonly { readonly expr: string }[];
  readonly alert_rule_test?: readonly { readonly alertname: string }[];
}

/** The rules of all files that decide what the test finds. In doubt a rule is read. */
export function readBy(files: readonly RuleFile[], test: Expectations): ReadonlySet<Rule> {
  const { promql_expr_test: queries = [], alert_rule_test: alerts = [] } = test;
  const all = files.flatMap(({ groups }) => groups.flatMap(candidatesIn));
  const read = new Set<Rule>();
  const take = (candidate: Candidate): void => {
    if (read.has(candidate.rule)) return;
    read.add(candidate.rule);
    look(String(candidate.rule.expr));
    if (queriesIn(candidate, alerts.length > 0)) all.forEach(take);
  };
  const look = (text: string): void => {
    for (const selector of selectorsIn(text))
      for (const candidate of all) if (mayRead(selector, candidate)) take(candidate);
  };
  for (const { expr } of queries) look(expr);
  for (const { alertname } of alerts) all.filter(({ rule }) => rule.alert === alertname).forEach(take);
  return read;
}

/** A rule, and the names and labels of the series that it makes, as far as it shows them. */
interface Candidate {
  readonly rule: Rule;
  readonly names: readonly string[];
  readonly labels: Texts;
}

function candidatesIn({ rules, labels = {} }: RuleGroup): Candidate[] {
  return rules.map((rule) => ({
    rule,
    names: namesOf(rule),
    labels: { ...labels, ...rule.labels, ...alertLabels(rule) },
  }));
}

function namesOf({ record }: Rule): readonly string[] {
  return record === undefined ? ["ALERTS", "ALERTS_FOR_STATE"] : [record];
}

function alertLabels({ alert }: Rule): Texts {
  return alert === undefined ? {} : { alertname: alert };
}

/** What a template asks decides on a label; on an annotation, too, where these are expected. */
function queriesIn({ rule, labels }: Candidate, annotationsMatter: boolean): boolean {
  const texts = [labels, ...(annotationsMatter && rule.annotations ? [rule.annotations] : [])].flatMap(Object.values);
  return texts.some((text) => /\{\{.*\bquery\b/s.test(String(text)));
}

const known = new Map<string, readonly Selector[]>();

// The expectations of a service ask the same again and again.
function selectorsIn(text: string): readonly Selector[] {
  const selectors = known.get(text) ?? allSelectors(text) ?? [EVERYTHING];
  known.set(text, selectors);
  return selectors;
}

const EVERYTHING: Selector = { node: "selector", metric: "", matchers: [] };

function mayRead({ metric, matchers }: Selector, { names, labels }: Candidate): boolean {
  return names.some(
    (__name__) => (metric === "" || metric === __name__) && matchers.every(mayTake({ ...labels, __name__ })),
  );
}

function mayTake(labels: Texts): (matcher: Matcher) => boolean {
  return (matcher) => {
    const value = labels[matcher.label];
    return value === undefined || isOpen(value) || isForeign(matcher) || allows(matcher, value);
  };
}

/** Only evaluation tells the value of a template, as of a label that no rule sets. */
function isOpen(value: string): boolean {
  return value.includes("{{");
}

/** What means something else in RE2 than in JavaScript: flags, classes by name, Unicode, anchors. */
function isForeign({ op, value }: Matcher): boolean {
  return op.endsWith("~") && /\(\?[^:P]|\[:|\\[AaCEPQpz]/.test(value);
}
