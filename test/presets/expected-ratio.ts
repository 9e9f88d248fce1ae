/** What an SLI must give on an exposition whose counters all grow by the same factor: computed from the sample, not by PromQL. */
import type { Selector } from "../../src/promql/ast.ts";
import type { Sli } from "../../src/sli/index.ts";
import { bucket } from "../../src/sli/kinds/latency.ts";
import { matching, type Series } from "./exposition.ts";

/** Of goodput: each miss of either threshold counts, and no more than there are requests. */
export function expectedGoodputMiss(first: Sli, perToken: Sli, series: readonly Series[], job: string): number {
  const [a, b] = [first, perToken].map((sli) => {
    if (sli.kind !== "latency") throw new Error("goodput is made of two latencies");
    const count = countOf({ ...sli.histogram, metric: `${sli.histogram.metric}_count` }, series, job);
    return { count, missed: count - countOf(bucket(sli), series, job) };
  });
  return Math.min(1, ((a?.missed ?? 0) + (b?.missed ?? 0)) / (a?.count ?? 0));
}

/** The share of bad events over all groups; undefined where only Prometheus can tell. */
export function expectedBadShare(sli: Sli, series: readonly Series[], job: string): number | undefined {
  const sum = (selector: Selector) => countOf(selector, series, job);
  if (sli.kind === "latency" && sli.type === "classic")
    return 1 - sum(bucket(sli)) / sum({ ...sli.histogram, metric: `${sli.histogram.metric}_count` });
  if (sli.kind !== "events" || sli.total?.type !== "selector") return undefined;
  const part = sli.bad ?? sli.good;
  if (part?.type !== "selector") return undefined;
  const share = sum(part.selector) / sum(sli.total.selector);
  return sli.bad ? share : 1 - share;
}

function countOf(selector: Selector, series: readonly Series[], job: string): number {
  return matching(series, selector, job).reduce((total, { value }) => total + value, 0);
}
