/** Facts of what is declared: named, with their unit, as a number for scripts and in words for people. */

export type FactValue = number | string | boolean | null | readonly FactValue[] | { readonly [key: string]: FactValue };

/** One fact of an SLO, a budget, an experiment, a service, an audience or the platform. */
export interface Fact {
  /** As JSON names it, with its unit: `objectivePercent`. Unique within what it is a fact of. */
  readonly field: string;
  /** As people call it: `objective`. The same before and after: it depends on the field alone. */
  readonly label: string;
  readonly value: FactValue;
  readonly words: string;
  /** Whether a reviewer reads it first; all others are details. */
  readonly isMain: boolean;
}

/** A fact before and after. Where one of them is undefined the fact is new, or gone. */
export interface FactChange {
  readonly field: string;
  readonly label: string;
  readonly isMain: boolean;
  readonly before: Side | undefined;
  readonly after: Side | undefined;
}

export interface Side {
  readonly value: FactValue;
  readonly words: string;
}

/** What differs, in the order of what is there now, with what is gone behind it. */
export function factChanges(before: readonly Fact[], after: readonly Fact[]): FactChange[] {
  const old = new Map(before.map((fact) => [fact.field, fact]));
  const now = new Set(after.map(({ field }) => field));
  const gone = before.filter(({ field }) => !now.has(field)).map((fact) => toChange(fact, undefined));
  return [...after.map((fact) => toChange(old.get(fact.field), fact)), ...gone].filter(isChange);
}

/** A fact that a reviewer reads first. */
export function mainFact(field: string, label: string, value: FactValue, words: string): Fact {
  return { field, label, value, words, isMain: true };
}

export function detail(field: string, label: string, value: FactValue, words: string): Fact {
  return { field, label, value, words, isMain: false };
}

function toChange(before: Fact | undefined, after: Fact | undefined): FactChange {
  const { field = "", label = "", isMain = false } = after ?? before ?? {};
  return { field, label, isMain, before: sideOf(before), after: sideOf(after) };
}

function sideOf(fact: Fact | undefined): Side | undefined {
  return fact && { value: fact.value, words: fact.words };
}

function isChange({ before, after }: FactChange): boolean {
  return JSON.stringify(before) !== JSON.stringify(after);
}
