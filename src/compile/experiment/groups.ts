/** Series of an experiment by the group that they are of. */
import type { Experiment } from "../../model/experiment.ts";
import type { Expr, Matcher, MatchOp } from "../../promql/ast.ts";
import { selector } from "../../promql/build.ts";
import { escapeRegex } from "../../promql/regex.ts";
import type { ExperimentMeasurement } from "./experiment-measurement.ts";

/** Those of one group, or of all others. */
export function ofGroups(record: string, op: MatchOp, group: string, measurement: ExperimentMeasurement): Expr {
  return matching(record, { label: measurement.experiment.label, op, value: group }, measurement);
}

/** Those of any of these groups. */
export function ofAnyGroup(record: string, groups: readonly string[], measurement: ExperimentMeasurement): Expr {
  const [only = "", ...more] = groups;
  if (more.length === 0) return ofGroups(record, "=", only, measurement);
  return matching(record, oneOf(groups, measurement.experiment), measurement);
}

/** Whose group is one of these. */
export function oneOf(groups: readonly string[], { label }: Experiment): Matcher {
  return { label, op: "=~", value: groups.map(escapeRegex).join("|") };
}

/** What tells apart where groups are compared, each with the baseline of its own place: identity, unless its label tells groups apart. */
export function placeLabels({ base, experiment }: ExperimentMeasurement): string[] {
  return base.identity.filter((label) => label !== experiment.label);
}

function matching(record: string, matcher: Matcher, { base }: ExperimentMeasurement): Expr {
  const series = selector(record, base.id);
  return { ...series, matchers: [...series.matchers, matcher] };
}
