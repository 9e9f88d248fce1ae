/** Changes that are the same for many things, told once: one line of a platform may change every SLO. */
import type { Change } from "./diff.ts";

export interface AlikeChanges {
  /** The first of them. */
  readonly change: Change;
  readonly ids: readonly string[];
}

/** In the order in which the first of each comes. */
export function alike(changes: readonly Change[]): AlikeChanges[] {
  const groups = Map.groupBy(changes, (change) => keyOf(change));
  return [...groups.values()].flatMap((same) => {
    const [change] = same;
    return change === undefined ? [] : [{ change, ids: same.map(({ id }) => id) }];
  });
}

function keyOf({ type, kind, id, facts, rules }: Change): string {
  return JSON.stringify([type, kind, facts, rules, kind === "changed" ? "" : id]);
}
