/** Series that a change takes away and somebody still reads: rules of the user's own, and what is declared. */
import type { Plan } from "../../compile/plan.ts";
import type { Selector } from "../../promql/ast.ts";
import { print } from "../../promql/print.ts";
import { selectorsIn } from "../../promql/selectors.ts";
import { shapeOf } from "../../promql/shape/shape.ts";
import type { Plans } from "../plans.ts";
import type { Reader } from "../readers/reader.ts";
import { partsOf, type SeriesIndex, seriesOf, takenBy } from "../readers/series.ts";
import { code } from "../words.ts";
import type { Break } from "./break.ts";

/** One break for each reader and selector that finds nothing any more. */
export function stillRead({ before, after }: Plans, readers: readonly Reader[]): Break[] {
  const [old, now] = [seriesOf(before), seriesOf(after)];
  if (!isAnyGone(old, now)) return [];
  const reads = [...readers.flatMap(readsOf), ...declaredReads(after, old, now)];
  const found = reads.flatMap((read) => breakOf(read, old, now));
  return [...new Map(found.map((each) => [each.message, each])).values()];
}

function isAnyGone(old: SeriesIndex, now: SeriesIndex): boolean {
  return [...old].some(([metric, series]) => {
    const left = new Set(now.get(metric)?.map(({ labels }) => JSON.stringify(labels)));
    return series.some(({ labels }) => !left.has(JSON.stringify(labels)));
  });
}

interface Read {
  readonly place: string;
  readonly selector: Selector;
}

function readsOf({ place, expr }: Reader): Read[] {
  return shapeOf(expr).selectors.map((selector) => ({ place, selector }));
}

/** What a rule reads of its own is there: only names that are gone are looked for. */
function declaredReads(plan: Plan, old: SeriesIndex, now: SeriesIndex): Read[] {
  const isGone = (selector: Selector) => old.has(selector.metric) && takenBy(selector, now).length === 0;
  return partsOf(plan).flatMap(({ of, groups }) =>
    groups.flatMap(({ rules }) =>
      rules
        .flatMap(({ expr }) => selectorsIn(expr))
        .filter(isGone)
        .map((selector) => ({ place: code(of.id), selector })),
    ),
  );
}

function breakOf({ place, selector }: Read, old: SeriesIndex, now: SeriesIndex): Break[] {
  const [gone] = takenBy(selector, old);
  if (gone === undefined || takenBy(selector, now).length > 0) return [];
  const { rangeMs: _range, offsetMs: _offset, ...instant } = selector;
  const message = `${place} reads ${code(print(instant))}, and no rule makes it any more.`;
  return [{ kind: "still-read", ...gone.of, message, remedy: "Change what it reads together with this." }];
}
