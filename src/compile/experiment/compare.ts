/**
 * Two groups compared: how much worse a variant is than the baseline, in standard errors of the difference that chance
 * alone would make (two-proportion z, pooled), over exact counts of one window.
 *
 * The comparison is looked at all the time, so its bound lies higher than for a single look, and it must hold.
 */
import type { Expr, Matcher, Matching } from "../../promql/ast.ts";
import { binary, call, chain, number, on, over, selector, sumBy, withLabel } from "../../promql/build.ts";
import { escapeRegex } from "../../promql/regex.ts";
import type { ExperimentMeasure } from "./measure.ts";
import { experimentRecords, VERDICTS } from "./names.ts";

type Part = "total" | "bad";

/** Events of every group within the window. */
export function eventsInWindow(measure: ExperimentMeasure): Expr {
  return binary(
    "or",
    withLabel(inWindow(measure, experimentRecords.total), "part", "total"),
    withLabel(inWindow(measure, experimentRecords.bad), "part", "bad"),
  );
}

/** Bad events as a share of all, per group. */
export function badRatio(measure: ExperimentMeasure): Expr {
  return binary("/", groups(measure, "bad"), binary(">", groups(measure, "total"), number(0)));
}

/** Standard errors by which every variant is worse than the baseline. Without any bad event there is no answer. */
export function worseBy(measure: ExperimentMeasure): Expr {
  const against = matching(measure);
  const pooled = binary(
    "/",
    binary("+", variants(measure, "bad"), baseline(measure, "bad"), against),
    binary("+", variants(measure, "total"), baseline(measure, "total"), against),
  );
  const inverse = (counted: Expr): Expr => binary("/", number(1), counted);
  const spread = binary("+", inverse(variants(measure, "total")), inverse(baseline(measure, "total")), against);
  const variance = binary("*", binary("*", pooled, binary("-", number(1), pooled)), spread);
  const difference = differenceOf(measure);
  // Drops NaN: nothing went wrong anywhere, or everything.
  return binary(">", binary("/", difference, call("sqrt", variance)), number(Number.NEGATIVE_INFINITY));
}

/** The alert's condition: beyond noise, by enough to matter, and on enough events. */
export function isWorse(measure: ExperimentMeasure): Expr {
  const { sigma, atLeast } = measure.experiment;
  const beyond = binary(">", recordedWorse(measure), number(sigma));
  const parts = [beyond, ...(atLeast > 0 ? [binary(">", differenceOf(measure), number(atLeast))] : [])];
  return chain("and", ...parts, enough(measure));
}

/** 3 worse, 2 better, 1 no difference beyond noise, 0 too few events yet. */
export function verdict(measure: ExperimentMeasure): Expr {
  const { sigma } = measure.experiment;
  const found = recordedWorse(measure);
  const says = (expr: Expr, value: number): Expr => binary("+", binary("*", expr, number(0)), number(value));
  const judged = chain(
    "or",
    says(binary(">", found, number(sigma)), VERDICTS.worse),
    says(binary("<", found, number(-sigma)), VERDICTS.better),
    says(variants(measure, "total"), VERDICTS.same),
  );
  return binary("or", binary("and", judged, enough(measure)), says(variants(measure, "total"), VERDICTS.tooFew));
}

/** Money per unit within the window, per group. */
export function costPerUnit(measure: ExperimentMeasure): Expr {
  const inAll = (record: string): Expr => sumBy(labelsOf(measure, false, true), inWindow(measure, record));
  return binary("/", inAll(experimentRecords.cost), binary(">", inAll(experimentRecords.units), number(0)));
}

function enough(measure: ExperimentMeasure): Expr {
  const least = number(measure.experiment.minSample);
  const both = binary(">=", variants(measure, "total"), least);
  return binary("and", both, binary(">=", baseline(measure, "total"), least), on(...labelsOf(measure, true, false)));
}

function differenceOf(measure: ExperimentMeasure): Expr {
  const ratio = (counted: (measure: ExperimentMeasure, part: Part) => Expr): Expr =>
    binary("/", counted(measure, "bad"), counted(measure, "total"));
  return binary("-", ratio(variants), ratio(baseline), matching(measure));
}

function recordedWorse({ base }: ExperimentMeasure): Expr {
  return selector(experimentRecords.worse, base.id);
}

/** Every group that takes part. */
function groups(measure: ExperimentMeasure, part: Part): Expr {
  return sumBy(labelsOf(measure, true, true), eventsOf(measure, part, []));
}

function variants(measure: ExperimentMeasure, part: Part): Expr {
  const { label, baseline: control } = measure.experiment;
  return sumBy(labelsOf(measure, true, true), eventsOf(measure, part, [{ label, op: "!=", value: control }]));
}

function baseline(measure: ExperimentMeasure, part: Part): Expr {
  const { label, baseline: control } = measure.experiment;
  return sumBy(labelsOf(measure, true, false), eventsOf(measure, part, [{ label, op: "=", value: control }]));
}

function eventsOf({ base }: ExperimentMeasure, part: Part, matchers: readonly Matcher[]): Expr {
  const events = selector(experimentRecords.events, { ...base.id, part });
  return { ...events, matchers: [...events.matchers, ...matchers] };
}

function matching(measure: ExperimentMeasure): Matching {
  return { type: "on", labels: labelsOf(measure, true, false), group: "left", include: [] };
}

function labelsOf({ base, experiment }: ExperimentMeasure, sli: boolean, group: boolean): string[] {
  return [...Object.keys(base.id), ...(sli ? ["sli"] : []), ...(group ? [experiment.label] : []), ...base.identity];
}

function inWindow(measure: ExperimentMeasure, record: string): Expr {
  const { base, experiment } = measure;
  const series = selector(record, base.id);
  return call(
    "sum_over_time",
    over({ ...series, matchers: [...series.matchers, takingPart(experiment)] }, experiment.windowSeconds * 1000),
  );
}

/** Those named, or all that carry the label. */
function takingPart({ label, baseline: control, variants: named }: ExperimentMeasure["experiment"]): Matcher {
  const value = named === undefined ? ".+" : [control, ...named].map(escapeRegex).join("|");
  return { label, op: "=~", value };
}
