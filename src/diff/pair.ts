/** Which subject of one plan is which of the other: by id, else as one that was renamed. The same pairs either way round. */
import type { Subject } from "./subject.ts";

export interface Pairs {
  readonly added: readonly Subject[];
  readonly removed: readonly Subject[];
  readonly kept: readonly Pair[];
  readonly renamed: readonly Pair[];
}

export interface Pair {
  readonly before: Subject;
  readonly after: Subject;
}

/** Pairs up two plans' subjects. */
export function pairUp(before: readonly Subject[], after: readonly Subject[]): Pairs {
  const old = new Map(before.map((subject) => [keyOf(subject), subject]));
  const now = new Set(after.map(keyOf));
  const kept = after.flatMap((subject) => pairWith(old.get(keyOf(subject)), subject));
  const renamed = renamedPairs(
    before.filter((subject) => !now.has(keyOf(subject))),
    after.filter((subject) => !old.has(keyOf(subject))),
  );
  const paired = new Set([...kept, ...renamed].flatMap((pair) => [pair.before, pair.after]));
  const alone = (subject: Subject): boolean => !paired.has(subject);
  return { added: after.filter(alone), removed: before.filter(alone), kept, renamed };
}

function keyOf({ type, id }: Subject): string {
  return `${type} ${id}`;
}

function pairWith(before: Subject | undefined, after: Subject): Pair[] {
  return before === undefined ? [] : [{ before, after }];
}

/** The likeliest first; each is in one pair. */
function renamedPairs(removed: readonly Subject[], added: readonly Subject[]): Pair[] {
  const candidates = removed
    .flatMap((before) => added.map((after) => ({ before, after, likeness: likeness(before, after) })))
    .filter((pair) => pair.likeness > 0)
    .sort((a, b) => b.likeness - a.likeness || (tieKey(a) < tieKey(b) ? -1 : 1));
  const taken = new Set<Subject>();
  return candidates.filter(({ before, after }) => {
    if (taken.has(before) || taken.has(after)) return false;
    taken.add(before).add(after);
    return true;
  });
}

/** Above 0 where one may be the other: it says so itself, or it counts the same by the same labels. */
function likeness(before: Subject, after: Subject): number {
  if (before.type !== after.type) return 0;
  const said = saysItWas(after, before) || saysItWas(before, after);
  const alike = before.counts !== "" && before.counts === after.counts && sameLabels(before, after);
  if (!said && !alike) return 0;
  return (
    (said ? 8 : 0) +
    (before.service === after.service ? 4 : 0) +
    (nameOf(before) === nameOf(after) ? 2 : 0) +
    (sameFirst(before, after) ? 1 : 0)
  );
}

function saysItWas({ formerly }: Subject, { id }: Subject): boolean {
  return formerly.includes(id);
}

function sameLabels(before: Subject, after: Subject): boolean {
  return before.groupLabels.join() === after.groupLabels.join();
}

/** The objective, or the limit. */
function sameFirst(before: Subject, after: Subject): boolean {
  return before.facts[0]?.words === after.facts[0]?.words;
}

function nameOf({ id }: Subject): string {
  return id.slice(id.indexOf("/") + 1);
}

function tieKey({ before, after }: Pair): string {
  return [before.id, after.id].sort().join(" ");
}
