/** The series that a plan's rules make: recorded ones, and those of its alerts. */
import type { Plan, Rule, RuleGroup } from "../../compile/plan.ts";
import type { Matcher, Selector } from "../../promql/ast.ts";
import { allows } from "../../promql/overlap.ts";
import type { Subject } from "../subject.ts";

/** A series, as far as its rule shows; labels of groups come with its expression. */
export interface Series {
  readonly metric: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Whose it is. */
  readonly of: Pick<Subject, "type" | "id">;
}

/** By metric. */
export type SeriesIndex = ReadonlyMap<string, readonly Series[]>;

export function seriesOf(plan: Plan): SeriesIndex {
  const all = partsOf(plan).flatMap(({ of, groups }) =>
    groups.flatMap(({ rules }) => rules.flatMap((rule) => madeBy(rule).map((each) => ({ ...each, of })))),
  );
  return Map.groupBy(all, ({ metric }) => metric);
}

export interface Part {
  readonly of: Series["of"];
  readonly groups: readonly RuleGroup[];
}

/** Everything that has rules. */
export function partsOf({ services }: Plan): Part[] {
  return services.flatMap(({ service, groups, slos, budgets, experiments }): Part[] => [
    { of: { type: "service", id: service.name }, groups },
    ...slos.map(({ slo, groups: own }) => ({ of: { type: "slo" as const, id: slo.id }, groups: own })),
    ...budgets.map(({ budget, groups: own }) => ({ of: { type: "budget" as const, id: budget.id }, groups: own })),
    ...experiments.map(({ experiment, groups: own }) => ({
      of: { type: "experiment" as const, id: experiment.id },
      groups: own,
    })),
  ]);
}

/** Series that a selector may take. What no rule says of a label, it may be. */
export function takenBy({ metric, matchers }: Selector, index: SeriesIndex): Series[] {
  const named = metric === "" ? [...index.values()].flat() : (index.get(metric) ?? []);
  return named.filter((series) => matchers.every((matcher) => mayTake(matcher, series)));
}

function mayTake(matcher: Matcher, { metric, labels }: Series): boolean {
  const value = matcher.label === "__name__" ? metric : labels[matcher.label];
  return value === undefined || allows(matcher, value);
}

/** Prometheus writes two series for each alert that is pending or fires. */
function madeBy(rule: Rule): Omit<Series, "of">[] {
  if (rule.type === "record") return [{ metric: rule.record, labels: rule.labels }];
  const labels = { ...rule.labels, alertname: rule.alert };
  return [
    { metric: "ALERTS", labels },
    { metric: "ALERTS_FOR_STATE", labels },
  ];
}
