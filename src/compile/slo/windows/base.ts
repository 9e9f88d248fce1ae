/** The base of an SLO: what happened since the last evaluation, and in which jobs. */
import type { Expr } from "../../../promql/ast.ts";
import { aggregate, binary, call, number, offset, over, selector } from "../../../promql/build.ts";
import type { ComponentCounts, Counts } from "../../../sli/kind.ts";
import { HOUR_MS } from "../../../time/units.ts";
import { records } from "../../names.ts";
import type { RecordingRule } from "../../plan.ts";
import { isAlwaysFilled, type SloContext } from "../alert.ts";
import { happened } from "./counted.ts";

/** Total first, then bad or good: each is summed by the windows. */
export function baseRules(counts: Counts, { slo, measurement }: SloContext): RecordingRule[] {
  const labels = measurement.base.id;
  const every = counts.everySeconds === undefined ? {} : { everySeconds: counts.everySeconds };
  const { part, total, comments, before = [], components } = counts;
  if (components) return components.flatMap((each, index) => componentRules(each, index === 0, counts, labels));
  return [
    ...before.map(({ record, expr, comment, labels: own }) => ({
      type: "record" as const,
      record,
      expr,
      labels: { ...labels, ...own },
      ...(comment === undefined ? {} : { comment }),
    })),
    { type: "record", record: happened(slo).total, expr: total, labels, ...every, comment: comments.total },
    {
      type: "record",
      record: happened(slo)[part.of],
      expr: part.expr,
      labels,
      ...every,
      ...(comments.part === undefined ? {} : { comment: comments.part }),
    },
  ];
}

function componentRules(
  component: ComponentCounts,
  isFirst: boolean,
  { comments }: Counts,
  id: Readonly<Record<string, string>>,
): RecordingRule[] {
  const labels = { ...id, ...component.labels };
  return [
    {
      type: "record",
      record: records.total,
      expr: component.total,
      labels,
      ...(isFirst ? { comment: comments.total } : {}),
    },
    { type: "record", record: records.bad, expr: component.bad, labels },
  ];
}

/**
 * Which jobs the events come from: whether their targets are down is asked of these. A job that is gone stays, as 0. Where
 * a time without data counts, nothing is ever silent, and nobody asks.
 */
export function seriesRule(
  { totalSeries, allTotalSeries = totalSeries }: Counts,
  { slo, measurement }: SloContext,
): RecordingRule[] {
  if (!allTotalSeries || !slo.absence.noData || isAlwaysFilled(slo, measurement)) return [];
  const { base } = measurement;
  const now = aggregate("count", jobLabels(base.identity), offset(allTotalSeries, base.settleMs));
  return [
    {
      type: "record",
      record: records.series,
      expr: binary("or", now, knownBefore(base.id, base.identity)),
      labels: base.id,
      comment: "Number of series counted, per job. 0: the job had some, and has none now.",
    },
  ];
}

const REMEMBERED_MS = HOUR_MS;

function knownBefore(id: Readonly<Record<string, string>>, identity: readonly string[]): Expr {
  const before = call("last_over_time", over(selector(records.series, id), REMEMBERED_MS));
  return binary("*", number(0), aggregate("sum", jobLabels(identity), before));
}

function jobLabels(identity: readonly string[]): string[] {
  return [...new Set(["job", ...identity])].sort();
}
