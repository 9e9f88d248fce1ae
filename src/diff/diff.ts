/**
 * What a change of declarations means: two plans in, changes out. Pure; the same plans give the same changes, and none
 * where both are equal. `diff(b, a)` has the opposite of every change of `diff(a, b)`.
 */
import type { Plan, RuleGroup } from "../compile/plan.ts";
import { type Break, breaksOf } from "./breaks/breaks.ts";
import { type Fact, type FactChange, factChanges } from "./facts/fact.ts";
import { type Pair, pairUp } from "./pair.ts";
import type { Reader } from "./readers/reader.ts";
import { type Subject, type SubjectType, subjectTypes } from "./subject.ts";
import { subjectsOf } from "./subjects.ts";

export interface Diff {
  /** In the order of the plan that is compared: platform, audiences, services, SLOs, budgets, experiments. */
  readonly changes: readonly Change[];
  /** What the change takes away from somebody, the worst first. */
  readonly breaks: readonly Break[];
}

export interface Change {
  readonly type: SubjectType;
  readonly kind: "added" | "removed" | "renamed" | "changed";
  /** As it is now; of what is removed, as it was. */
  readonly id: string;
  /** Where it was renamed: its id before. */
  readonly formerId: string | undefined;
  /** What it has now, of what is added; what it had, of what is removed; else what differs. */
  readonly facts: readonly FactChange[];
  readonly rules: RuleCounts;
}

/** How many rules there are, and how many of them differ. */
export interface RuleCounts {
  readonly before: number;
  readonly after: number;
  readonly differing: number;
}

/**
 * Compares what was with what will be.
 *
 * @param readers - Rules of the user's own, which may read what goes.
 */
export function diff(before: Plan, after: Plan, readers: readonly Reader[] = []): Diff {
  const pairs = pairUp(subjectsOf(before), subjectsOf(after));
  const changes = [
    ...toldOnce(pairs.added).map((subject) => changeOf("added", undefined, subject)),
    ...toldOnce(pairs.removed).map((subject) => changeOf("removed", subject, undefined)),
    ...pairs.renamed.map((pair) => changeOf("renamed", pair.before, pair.after)),
    ...pairs.kept.map((pair) => changeOf("changed", pair.before, pair.after)).filter(isChange),
  ];
  return { changes: changes.sort(byPlace), breaks: breaksOf(pairs, { before, after }, readers) };
}

/** Who is notified of a whole service is a fact of the service: its SLOs tell what differs from that. */
function toldOnce(subjects: readonly Subject[]): Subject[] {
  const services = new Map(subjects.filter(({ type }) => type === "service").map((each) => [each.id, each]));
  return subjects.map((subject) => {
    const whole = subject.type === "service" ? undefined : services.get(subject.service ?? "");
    if (whole === undefined) return subject;
    const told = new Set(whole.facts.filter(isAudience).map(({ field, words }) => `${field} ${words}`));
    return { ...subject, facts: subject.facts.filter(({ field, words }) => !told.has(`${field} ${words}`)) };
  });
}

function isAudience({ field }: Pick<Fact, "field">): boolean {
  return field.startsWith("notified.");
}

function changeOf(kind: Change["kind"], before: Subject | undefined, after: Subject | undefined): Change {
  const { type, id } = (after ?? before) as Subject;
  const facts = factChanges(before?.facts ?? [], after?.facts ?? []);
  return {
    type,
    kind,
    id,
    formerId: kind === "renamed" ? before?.id : undefined,
    facts: before && after ? facts.filter((fact) => isOwn(fact, { before, after })) : facts,
    rules: ruleCounts(before?.groups ?? [], after?.groups ?? []),
  };
}

/** Whom an alert reaches is said once: by the audience, by the service whose owner changed, else where it alerts anew. */
function isOwn({ field }: FactChange, { before, after }: Pair): boolean {
  if (!isAudience({ field })) return true;
  if (after.type === "service") return before.owner !== after.owner;
  const alerts = (subject: Subject): boolean => subject.alerts.some(({ severity }) => field === `notified.${severity}`);
  return before.service !== after.service || alerts(before) !== alerts(after);
}

function isChange({ facts, rules }: Change): boolean {
  return facts.length > 0 || rules.differing > 0;
}

function ruleCounts(before: readonly RuleGroup[], after: readonly RuleGroup[]): RuleCounts {
  const [old, now] = [rulesOf(before), rulesOf(after)];
  const differing = Math.max(withoutAny(old, now), withoutAny(now, old));
  return { before: old.length, after: now.length, differing };
}

/** A rule as text: with the interval that it is evaluated at. */
function rulesOf(groups: readonly RuleGroup[]): string[] {
  return groups.flatMap(({ intervalSeconds, rules }) => rules.map((rule) => JSON.stringify([intervalSeconds, rule])));
}

function withoutAny(rules: readonly string[], others: readonly string[]): number {
  const known = new Set(others);
  return rules.filter((rule) => !known.has(rule)).length;
}

function byPlace(a: Change, b: Change): number {
  const order = subjectTypes.indexOf(a.type) - subjectTypes.indexOf(b.type);
  return order || (a.id < b.id ? -1 : 1);
}
