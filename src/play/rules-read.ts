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

/** What decides what a test finds. */
export interface Read {
  readonly rules: ReadonlySet<Rule>;
  /** Whether a template asks for something: what, only evaluation tells. */
  readonly asksMore: boolean;
}

/** The rules of all files that decide what the test finds. In doubt a rule is read. */
export function readBy(files: readonly RuleFile[], test: Expectations): ReadonlySet<Rule> {
  return readerOf(files)(test).rules;
}

export type Reader = (test: Expectations) => Read;

/** The same for many tests. */
export function readerOf(files: readonly RuleFile[]): Reader {
  const all = files.flatMap(({ groups }) => groups.flatMap(candidatesIn));
  const found = new Map<string, readonly Candidate[]>();
  const readIn = (text: string): readonly Candidate[] => {
    const read = found.get(text) ?? all.filter((one) => selectorsIn(text).some((selector) => mayRead(selector, one)));
    found.set(text, read);
    return read;
  };
  return ({ promql_expr_test: queries = [], alert_rule_test: alerts = [] }) => {
    const rules = new Set<Rule>();
    let asksMore = false;
    const take = (candidate: Candidate): void => {
      if (rules.has(candidate.rule)) return;
      rules.add(candidate.rule);
      const asks = queriesIn(candidate, alerts.length > 0);
      asksMore ||= asks;
      for (const each of asks ? all : readIn(String(candidate.rule.expr))) take(each);
    };
    for (const { expr } of queries) readIn(expr).forEach(take);
    for (const { alertname } of alerts) all.filter(({ rule }) => rule.alert === alertname).forEach(take);
    return { rules, asksMore };
  };
}

/** A rule, and the series that it makes, as far as it shows them. */
interface Candidate extends Made {
  readonly rule: Rule;
}

/** Series, by the names and labels that are known of them. */
export interface Made {
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
/** Of an expression; a selector of everything where it is not understood. */
export function selectorsIn(text: string): readonly Selector[] {
  const selectors = known.get(text) ?? allSelectors(text) ?? [EVERYTHING];
  known.set(text, selectors);
  return selectors;
}

const EVERYTHING: Selector = { node: "selector", metric: "", matchers: [] };

export function mayRead({ metric, matchers }: Selector, { names, labels }: Made): boolean {
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
