/** How far back one reading of an SLI goes, beyond what a counter needs. */
import { readsBack } from "../promql/shape/reads-back.ts";
import { type Base, rateWindowMs, withWindow } from "./counting/base.ts";
import { ownSliceSeconds, type Sli } from "./index.ts";
import { isMetric, type ParsedMetric } from "./metric.ts";

/** In seconds before the evaluation. */
export interface SliReading {
  /** The newest that any reading is made of. */
  readonly newest: number;
  /** The oldest that a reading is made of, settling apart. */
  readonly reach: number;
}

/** Of slices, of rates, and of what expressions say. */
export function readingOf(sli: Sli, base: Base): SliReading {
  const rate = sli.kind === "throughput" ? rateWindowMs(base) / 1000 : 0;
  const read = metricsIn(sli).map((metric) => readingOfMetric(metric, base));
  return {
    newest: read.length === 0 ? 0 : Math.min(...read.map(({ newest }) => newest)),
    reach: Math.max(rate, ownSliceSeconds(sli) ?? 0, ...read.map(({ reach }) => reach)),
  };
}

/** A count of a period is of the time around its sample: exporters date it by its begin or by its end. */
function readingOfMetric(metric: ParsedMetric, base: Base): SliReading {
  if (metric.type === "selector") return { newest: 0, reach: 0 };
  const { periodSeconds = 0 } = metric;
  const windowMs = rateWindowMs(base);
  const read = readsBack(withWindow(metric.text, windowMs).text);
  return {
    newest: Math.max(0, read.newest - periodSeconds),
    reach: Math.max(windowMs / 1000, read.oldest + periodSeconds),
  };
}

function metricsIn(value: unknown): ParsedMetric[] {
  if (isMetric(value)) return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(metricsIn) : [];
}
