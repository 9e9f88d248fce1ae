/** What an SLI must give on an exposition whose counters all grow by the same factor: computed from the sample, not by PromQL. */
import type { Selector } from "../../src/promql/ast.ts";
import type { Sli } from "../../src/sli/index.ts";
import { bucket } from "../../src/sli/latency.ts";
import { matching, type Series } from "./exposition.ts";

/** The share of bad events over all groups; undefined where only Prometheus can tell. */
export function expectedBadShare(sli: Sli, series: readonly Series[], job: string): number | undefined {
  const sum = (selector: Selector) => matching(series, selector, job).reduce((total, { value }) => total + value, 0);
  if (sli.kind === "latency" && sli.type === "classic")
    return 1 - sum(bucket(sli)) / sum({ ...sli.histogram, metric: `${sli.histogram.metric}_count` });
  if (sli.kind !== "events" || sli.total.type !== "selector") return undefined;
  const part = sli.bad ?? sli.good;
  if (part?.type !== "selector") return undefined;
  const share = sum(part.selector) / sum(sli.total.selector);
  return sli.bad ? share : 1 - share;
}
