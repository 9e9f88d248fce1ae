/** Counters of which one counts all and another a part of it, as different metrics: there may be more of the part, or only the part. */
import type { CounterSeries, History } from "../../../sli/kind.ts";

export interface TotalAndPart {
  readonly total: CounterSeries;
  readonly part: CounterSeries;
  /** What all parts add for one unit. */
  readonly perUnit: number;
}

/** Undefined where what is counted is not counted twice. */
export function totalAndPart(history: History): TotalAndPart | undefined {
  if (history.type !== "counters") return undefined;
  const isTotal = ({ perGood, perBad }: CounterSeries): boolean => perGood > 0 && perBad > 0;
  const [total, parts] = [history.series.find(isTotal), history.series.filter((series) => !isTotal(series))];
  const [part] = parts;
  if (!total || !part) return undefined;
  return { total, part, perUnit: parts.reduce((sum, { perGood, perBad }) => sum + perGood + perBad, 0) };
}
