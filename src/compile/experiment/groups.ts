/** Series of an experiment by the group that they are of. */
import type { Expr, Matcher, MatchOp } from "../../promql/ast.ts";
import { selector } from "../../promql/build.ts";
import { escapeRegex } from "../../promql/regex.ts";
import type { ExperimentMeasurement } from "./experiment-measurement.ts";

/** Those of one group, or of all others. */
export function ofGroups(
  record: string,
  op: MatchOp,
  group: string,
  { base, experiment }: ExperimentMeasurement,
): Expr {
  const series = selector(record, base.id);
  return { ...series, matchers: [...series.matchers, { label: experiment.label, op, value: group }] };
}

/** Those of any of these groups. */
export function ofAnyGroup(
  record: string,
  groups: readonly string[],
  { base, experiment }: ExperimentMeasurement,
): Expr {
  const [first = "", ...more] = groups;
  const series = selector(record, base.id);
  const matcher: Matcher =
    more.length === 0
      ? { label: experiment.label, op: "=", value: first }
      : { label: experiment.label, op: "=~", value: groups.map(escapeRegex).join("|") };
  return { ...series, matchers: [...series.matchers, matcher] };
}

/** What tells apart where groups are compared, each with the baseline of its own place: identity, unless its label tells groups apart. */
export function placeLabels({ base, experiment }: ExperimentMeasurement): string[] {
  return base.identity.filter((label) => label !== experiment.label);
}
