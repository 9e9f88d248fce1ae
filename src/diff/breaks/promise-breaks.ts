/** Promises that a change weakens: objectives that are lower, limits that are higher or gone. */

import type { Fact } from "../facts/fact.ts";
import type { Pair } from "../pair.ts";
import { factOf, type Subject } from "../subject.ts";
import { code } from "../words.ts";
import type { Break } from "./break.ts";

export function promiseBreaks(pair: Pair): Break[] {
  if (pair.after.type === "slo") return loosened(pair);
  return pair.after.type === "budget" ? raised(pair) : [];
}

const OBJECTIVE = "objectivePercent";

/** A group without an objective of its own has that of all. */
function loosened({ before, after }: Pair): Break[] {
  const fields = fieldsOf([before, after], (field) => field === OBJECTIVE || field.startsWith("objectivesPercent."));
  return fields.flatMap((field): Break[] => {
    const [old, now] = [before, after].map((subject) => factOf(subject, field) ?? factOf(subject, OBJECTIVE));
    if (numberOf(now) >= numberOf(old)) return [];
    const group = field === OBJECTIVE ? "" : ` for ${code(field.slice(field.indexOf(".") + 1))}`;
    const message = `\`${after.id}\` is loosened${group} from ${old?.words} to ${now?.words}${budgetWords(field, { before, after })}.`;
    return [{ kind: "loosened", type: after.type, id: after.id, message, ...acceptedOf(after, old) }];
  });
}

/** A reason holds for the objective that it names: what was lowered before says nothing of the next time. */
function acceptedOf({ loosened: agreed }: Subject, old: Fact | undefined): Pick<Break, "accepted"> {
  return agreed !== undefined && agreed.from === numberOf(old) ? { accepted: agreed.why } : {};
}

/** The budget is that of the SLO's own objective. */
function budgetWords(field: string, { before, after }: Pair): string {
  if (field !== OBJECTIVE) return "";
  return `: its error budget grows from ${factOf(before, "budgetMinutes")?.words} to ${factOf(after, "budgetMinutes")?.words}`;
}

/** Amounts of different units or periods cannot be compared: that is reported as another budget. */
function raised(pair: Pair): Break[] {
  const { before, after } = pair;
  if (promiseOf(before) !== promiseOf(after)) return [];
  const fields = fieldsOf([before, after], (field) => /^limit(s|Each)?[A-Z]/.test(field));
  return fields.flatMap((field): Break[] => {
    const [old, now] = [limitOf(before, field, pair), limitOf(after, field, pair)];
    if (old === undefined || (now !== undefined && numberOf(now) <= numberOf(old))) return [];
    const label = factOf(before, field)?.label ?? factOf(after, field)?.label ?? "";
    const change =
      now === undefined ? `${code(old.words)} is gone` : `is raised from ${code(old.words)} to ${code(now.words)}`;
    const message = `The ${code(label)} in ${code(after.id)} ${change}.`;
    return [{ kind: "raised", type: after.type, id: after.id, message }];
  });
}

function promiseOf({ spend, memory }: Subject): string {
  return JSON.stringify([spend?.unit, memory]);
}

/** A value without a limit of its own has that of each other, as long as it is a value of the same labels. */
function limitOf(subject: Subject, field: string, { before, after }: Pair): Fact | undefined {
  const own = factOf(subject, field);
  if (own !== undefined || before.groupLabels.join() !== after.groupLabels.join()) return own;
  return field.startsWith("limits") ? factOf(subject, field.replace(/^limits(\w+)\..*$/s, "limitEach$1")) : undefined;
}

function fieldsOf(subjects: readonly Subject[], isWanted: (field: string) => boolean): string[] {
  return [...new Set(subjects.flatMap(({ facts }) => facts.map(({ field }) => field).filter(isWanted)))];
}

function numberOf(fact: Fact | undefined): number {
  return typeof fact?.value === "number" ? fact.value : 0;
}
