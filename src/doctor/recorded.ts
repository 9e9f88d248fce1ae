/** Counters that a rule of the server makes by adding up others: names do not always tell. */
import { recordedSum } from "../check/metrics/recorded-sums.ts";
import { isCounted, type Use } from "../check/metrics/uses.ts";
import type { Plan } from "../compile/plan.ts";
import { type Issue, issue } from "../issue.ts";
import type { Selector } from "../promql/ast.ts";
import { shapeOf } from "../promql/shape/shape.ts";
import type { EvaluatedGroup } from "./loaded-groups.ts";

interface Read {
  readonly use: Use;
  readonly selector: Selector;
}

/** What the platform calls a counter is none of them. */
export function examineRecorded(
  reads: readonly Read[],
  { platform }: Plan,
  groups: readonly EvaluatedGroup[],
): Issue[] {
  const sums = sumsIn(groups);
  return reads.flatMap(({ use, selector: { metric } }) => {
    const query = sums.get(metric);
    if (query === undefined || !isCounted(use) || Object.hasOwn(platform.metricTypes, metric)) return [];
    const { code, message, hint } = recordedSum(metric, `, made by \`${query}\``);
    return [issue(code, use.path, message, hint, use.source)];
  });
}

function sumsIn(groups: readonly EvaluatedGroup[]): ReadonlyMap<string, string> {
  const recorded = groups.flatMap(({ rules }) => rules.filter(({ type }) => type === "recording"));
  return new Map(recorded.filter(({ query }) => addsUpTargets(query)).map(({ name, query }) => [name, query]));
}

/** Whether values of several targets are added up as they stand. */
function addsUpTargets(query: string): boolean {
  const { readings, labels, dropped } = shapeOf(query);
  const isOfTarget = (label: string): boolean => label === "instance" || label === "pod";
  const joinsTargets = labels[0] ? !labels[0].some(isOfTarget) : dropped.some(isOfTarget);
  return /^[\s(]*sum\b/.test(query) && joinsTargets && readings.every(({ type }) => type === "instant");
}
