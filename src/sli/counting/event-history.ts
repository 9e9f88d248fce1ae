/** Events as raw series, for the generated tests: what one good event and one bad one add to each counter. */
import type { CounterSeries, History } from "../kind.ts";
import type { Counted, ParsedMetric } from "../metric.ts";
import { sameMetric, sampleLabels } from "../sample-labels.ts";
import { isSame, metricsOf } from "./sums.ts";

/** @param isBad - Whether the part counts what is bad. */
export function eventHistory(whole: Counted, part: Counted, isBad: boolean): History | undefined {
  const series = whole.type === "sum" || part.type === "sum" ? sumHistory(whole, part) : plainHistory(whole, part);
  if (!series) return undefined;
  const later = whole.type === "sum" || part.type === "sum" ? { later: true as const } : {};
  return { type: "counters", series: isBad ? series : series.map(swap), ...later };
}

function plainHistory(total: ParsedMetric, part: ParsedMetric): CounterSeries[] | undefined {
  if (total.type !== "selector" || part.type !== "selector") return undefined;
  return sameMetric(total.selector, part.selector)
    ? partOfTotal(total.selector.metric, total.selector.matchers, part.selector.matchers)
    : besideTotal(total.selector, part.selector);
}

/** Every counter takes its share: bad events are counted by the parts alone where those are among the total. */
function sumHistory(whole: Counted, part: Counted): CounterSeries[] | undefined {
  const [wholes, parts] = [metricsOf(whole), metricsOf(part)];
  const others = wholes.filter((each) => !parts.some((own) => isSame(own, each)));
  const isAmong = others.length + parts.length === wholes.length;
  const good = others.map((each) => shareOf(each, 1 / others.length, isAmong ? 0 : 1 / others.length));
  const bad = parts.map((each) => shareOf(each, 0, 1 / parts.length));
  const series = [...good, ...bad];
  const isOwn = new Set(series.map((each) => each?.metric)).size === series.length && others.length > 0;
  return isOwn && series.every((each) => each !== undefined) ? series : undefined;
}

function shareOf(metric: ParsedMetric, perGood: number, perBad: number): CounterSeries | undefined {
  const labels = metric.type === "selector" ? sampleLabels(metric.selector.matchers) : undefined;
  return metric.type === "selector" && labels ? { metric: metric.selector.metric, labels, perGood, perBad } : undefined;
}

type Matchers = Parameters<typeof sampleLabels>[0];
type Part = { readonly metric: string; readonly matchers: Matchers };

/** One metric: a series inside the part, and one that is only in the total. */
function partOfTotal(metric: string, total: Matchers, part: Matchers): CounterSeries[] | undefined {
  const inside = sampleLabels([...total, ...part]);
  const outside = sampleLabels(total, part);
  if (!inside || !outside) return undefined;
  return [
    { metric, labels: outside, perGood: 1, perBad: 0 },
    { metric, labels: inside, perGood: 0, perBad: 1 },
  ];
}

/** Another metric, of the same target where the matchers allow it: births are seen beside series of their own target. */
function besideTotal(total: Part, part: Part): CounterSeries[] | undefined {
  const all = sampleLabels([...total.matchers, ...ofTarget(part)]) ?? sampleLabels(total.matchers);
  const some = sampleLabels([...part.matchers, ...ofTarget(total)]) ?? sampleLabels(part.matchers);
  if (!all || !some) return undefined;
  return [
    { metric: total.metric, labels: all, perGood: 1, perBad: 1 },
    { metric: part.metric, labels: some, perGood: 0, perBad: 1 },
  ];
}

function ofTarget({ matchers }: Part): Matchers {
  return matchers.filter(({ label }) => label === "job" || label === "instance");
}

function swap(series: CounterSeries): CounterSeries {
  return { ...series, perGood: series.perBad, perBad: series.perGood };
}
