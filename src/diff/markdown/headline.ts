/** A whole change in one sentence: the worst first, one thing by its name, several by their number. */
import type { Break, BreakKind } from "../breaks/breaks.ts";
import { breakKinds } from "../breaks/breaks.ts";
import type { Change, Diff } from "../diff.ts";
import type { SubjectType } from "../subject.ts";
import { code, lowerFirst, someOf, upperFirst } from "../words.ts";

/** The sentence, or nothing where nothing changed. What was declared stands between back-ticks. */
export function headline({ changes, breaks }: Diff): string {
  if (changes.length === 0) return "";
  const broken = breakKinds.flatMap((kind) =>
    brokenClause(
      kind,
      breaks.filter((each) => each.kind === kind),
      kind === "removed" ? servicesGone(changes) : "",
    ),
  );
  const known = new Set(breaks.map(placeOf));
  const others = changes.filter(
    (change) => change.kind !== "removed" && change.kind !== "renamed" && !known.has(placeOf(change)),
  );
  const tightened = others.filter(isTightened);
  const added = others.filter(({ kind }) => kind === "added");
  const rest = others.filter((change) => change.kind === "changed" && change.facts.length > 0 && !isTightened(change));
  const clauses: readonly string[] = [
    ...broken,
    ...clause(tightened, tightenedWords, "objectives are tightened"),
    ...addedClauses(added),
    ...restClause(rest),
  ];
  return clauses.length === 0 ? "Rules change, but not what they mean." : upperFirst(`${clauses.join("; ")}.`);
}

const plural: Readonly<Record<BreakKind, string>> = {
  unrouted: "audiences reach nobody",
  loosened: "objectives are loosened",
  removed: "SLOs or budgets are removed",
  demoted: "alerts become less urgent",
  "alert-gone": "alerts are gone",
  "still-read": "rules read what is gone",
  rerouted: "audiences are known elsewhere",
  raised: "limits are raised",
  renamed: "renamed and lose their history",
  recounted: "start over or count something else",
  "alert-renamed": "alerts are renamed",
  unproven: "alerts fire in no generated test",
};

/** A renamed or recounted thing is known by its first sentence alone. */
function brokenClause(kind: BreakKind, breaks: readonly Break[], beside: string): string[] {
  const [first] = breaks;
  if (first === undefined) return [];
  return [
    breaks.length === 1
      ? lowerFirst(first.message.replace(/(: .*)?\.$/s, ""))
      : `${beside}${breaks.length} ${plural[kind]}`,
  ];
}

/** `service x and `, before the number of what goes with it. */
function servicesGone(changes: readonly Change[]): string {
  const gone = changes.filter(({ type, kind }) => type === "service" && kind === "removed").map(({ id }) => code(id));
  return gone.length === 0 ? "" : `service${gone.length === 1 ? "" : "s"} ${someOf(gone)} and `;
}

function clause(changes: readonly Change[], words: (change: Change) => string, several: string): string[] {
  const [first] = changes;
  if (first === undefined) return [];
  return [changes.length === 1 ? words(first) : `${changes.length} ${several}`];
}

/** A larger number of an SLO's own objective. */
function isTightened({ type, kind, facts }: Change): boolean {
  const objective = facts.find(({ field }) => field === "objectivePercent");
  const [before, after] = [objective?.before?.value, objective?.after?.value];
  return (
    type === "slo" && kind === "changed" && typeof before === "number" && typeof after === "number" && after > before
  );
}

function tightenedWords({ id, facts }: Change): string {
  const of = (field: string) => facts.find((fact) => fact.field === field);
  const [objective, budget] = [of("objectivePercent"), of("budgetMinutes")];
  return `${code(id)} is tightened from ${objective?.before?.words} to ${objective?.after?.words}, its error budget from ${budget?.before?.words} to ${budget?.after?.words}`;
}

function addedClauses(added: readonly Change[]): string[] {
  return (["slo", "budget", "experiment", "service", "audience"] as const).flatMap((type) =>
    clause(
      added.filter((change) => change.type === type),
      addedWords,
      `${nouns[type]}s are new`,
    ),
  );
}

function addedWords({ type, id, facts }: Change): string {
  if (type !== "audience") return `${nouns[type]} ${code(id)} is new`;
  return audienceWords(id, facts[0]?.after?.words ?? "");
}

/** `<severity> <audience>`: what is new is that its alerts reach somebody, or nobody. */
function audienceWords(id: string, receivers: string): string {
  return `alerts of ${code(id)} reach ${receivers === "nobody" ? "nobody" : code(receivers)}`;
}

function restClause(rest: readonly Change[]): string[] {
  const [first] = rest;
  if (first === undefined) return [];
  return [
    rest.length === 1
      ? `${nouns[first.type]} ${code(first.id)} changes`.replace("platform `platform`", "the platform")
      : `${rest.length} other changes`,
  ];
}

export const nouns: Readonly<Record<SubjectType, string>> = {
  platform: "platform",
  audience: "audience",
  service: "service",
  slo: "SLO",
  budget: "budget",
  experiment: "experiment",
};

function placeOf({ type, id }: Pick<Change, "type" | "id">): string {
  return `${type} ${id}`;
}
