/** What is the same for many things, said once: one line of a platform may change every SLO. */
import type { Break } from "./breaks/breaks.ts";
import type { Change, RuleCounts } from "./diff.ts";

export interface AlikeChanges {
  /** The first of them. */
  readonly change: Change;
  readonly ids: readonly string[];
  /** Of all of them. */
  readonly rules: RuleCounts;
}

/** In the order in which the first of each comes. */
export function alike(changes: readonly Change[]): AlikeChanges[] {
  const groups = Map.groupBy(changes, (change) => keyOf(change));
  return [...groups.values()].flatMap((same) => {
    const [change] = same;
    return change === undefined ? [] : [{ change, ids: same.map(({ id }) => id), rules: sumOf(same) }];
  });
}

function sumOf(changes: readonly Change[]): RuleCounts {
  const sum = (of: (rules: RuleCounts) => number): number => changes.reduce((total, { rules }) => total + of(rules), 0);
  return {
    before: sum(({ before }) => before),
    after: sum(({ after }) => after),
    differing: sum((each) => each.differing),
  };
}

/** Advice that is the same for several in a row stands below the first of them. */
export function adviceOnce(breaks: readonly Break[]): Break[] {
  return breaks.map((each, index) => {
    if (each.remedy === undefined || each.remedy !== breaks[index - 1]?.remedy) return each;
    const { remedy: _said, ...rest } = each;
    return rest;
  });
}

/** `8 of 31 rules differ`; of what has none, that. Those of a service are none of its SLOs'. */
export function rulesWords({ before, after, differing }: RuleCounts, type?: Change["type"]): string {
  const all = Math.max(before, after);
  const whose = type === "service" ? "its own " : "";
  return all === 0 ? "no rules" : `${differing} of ${whose}${all} rules differ`;
}

function keyOf({ type, kind, id, facts }: Change): string {
  return JSON.stringify([type, kind, facts, kind === "changed" ? "" : id]);
}
