/** What a change takes away from somebody: history, an alert, a promise, whom it reached. */

import type { Pair, Pairs } from "../pair.ts";
import type { Plans } from "../plans.ts";
import type { Reader } from "../readers/reader.ts";
import type { Subject } from "../subject.ts";
import { alertBreaks } from "./alert-breaks.ts";
import { type Break, type BreakKind, breakKinds } from "./break.ts";
import { historyBreaks } from "./history-breaks.ts";
import { promiseBreaks } from "./promise-breaks.ts";
import { routeBreaks, routesGone, unroutedAudience } from "./route-breaks.ts";
import { stillRead } from "./still-read.ts";
import { unprovenBreaks } from "./unproven.ts";

export { type Break, type BreakKind, breakKinds };

/**
 * All breaks, the worst first.
 *
 * @param readers - Rules of the user's own.
 */
export function breaksOf(pairs: Pairs, plans: Plans, readers: readonly Reader[]): Break[] {
  const { added, removed, kept, renamed } = pairs;
  const all = [
    ...added.flatMap(unroutedAudience),
    ...removed.flatMap((subject) => [...goneBreaks(subject), ...routesGone(subject, plans.after)]),
    ...renamed.flatMap((pair) => [...historyBreaks(pair, true), ...pairBreaks(pair)]),
    ...kept.flatMap((pair) => [...historyBreaks(pair, false), ...pairBreaks(pair)]),
    ...stillRead(plans, readers),
    ...unprovenBreaks(pairs, plans),
  ];
  return all.sort((a, b) => breakKinds.indexOf(a.kind) - breakKinds.indexOf(b.kind) || (a.id < b.id ? -1 : 1));
}

function pairBreaks(pair: Pair): Break[] {
  return [...promiseBreaks(pair), ...alertBreaks(pair), ...routeBreaks(pair)];
}

/** Audiences go with what they were notified of, and a service is nothing without its SLOs. */
function goneBreaks({ type, id, alerts }: Subject): Break[] {
  if (type !== "slo" && type !== "budget" && type !== "experiment") return [];
  const message = `\`${id}\` is no longer measured: ${alerts.length} alerting rules and its history end.`;
  return [{ kind: "removed", type, id, message }];
}
