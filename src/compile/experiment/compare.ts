/**
 * Two groups compared: how much worse a variant is than the baseline, in standard errors of the difference that chance
 * alone would make, over the counts of one window. Every variance has one bad and one good event more than were seen:
 * a small group without a bad event has not shown that it cannot fail.
 * Agresti and Caffo, "Simple and effective confidence intervals for proportions", The American Statistician 54 (2000).
 *
 * The comparison is looked at all the time, so its bound lies higher than for a single look, and it must hold.
 * Every step reads steps of one level, so that rulers that show results late compare what belongs together.
 */
import type { BinaryOp, Expr, Matcher, Matching, MatchOp } from "../../promql/ast.ts";
import { binary, call, isTrue, number, over, selector } from "../../promql/build.ts";
import { printSeconds } from "../../promql/duration.ts";
import { escapeRegex } from "../../promql/regex.ts";
import { experimentRecords, tileRecord, VERDICTS } from "../names.ts";
import type { RecordingRule } from "../plan.ts";
import { sliOfUnits } from "./base.ts";
import type { ExperimentMeasure } from "./measure.ts";

/** From the events of the window to the verdict. */
export function comparisonRules(measure: ExperimentMeasure): RecordingRule[] {
  const { windowSeconds, minSample } = measure.experiment;
  const { totalInWindow, badInWindow, badRatio, variance, worse, verdict } = experimentRecords;
  const record = (name: string, expr: Expr, comment?: string): RecordingRule => ({
    type: "record",
    record: name,
    expr,
    labels: measure.base.id,
    ...(comment === undefined ? {} : { comment }),
  });
  return [
    record(
      totalInWindow,
      inWindow(experimentRecords.total, measure, takingPart(measure.experiment)),
      `Events of the last ${printSeconds(windowSeconds)} in each group that takes part.`,
    ),
    record(badInWindow, inWindow(experimentRecords.bad, measure)),
    record(badRatio, ratioOf(recorded(badInWindow, measure), recorded(totalInWindow, measure))),
    record(
      variance,
      varianceOf(measure),
      `Its variance, p * (1 - p) / n, with one bad and one good event more than seen: a few good ones alone prove nothing. With under ${minSample} events, none.`,
    ),
    record(worse, worseBy(measure), "By how many standard errors a variant is worse than the baseline."),
    record(
      verdict,
      verdictOf(measure),
      `${VERDICTS.worse} worse, ${VERDICTS.better} better, ${VERDICTS.same} no difference beyond noise, ${VERDICTS.tooFew} too few events.`,
    ),
    ...costRules(measure).map(([name, expr]) => record(name, expr)),
  ];
}

/** The alert's condition: beyond noise, and by enough to matter. With too few events there is nothing to compare. */
export function isWorse(measure: ExperimentMeasure): Expr {
  const { sigma, atLeast } = measure.experiment;
  const beyond = binary(">", recorded(experimentRecords.worse, measure), number(sigma));
  return atLeast > 0 ? binary("and", beyond, binary(">", difference(measure), number(atLeast))) : beyond;
}

function inWindow(record: string, { base, compareSeconds, experiment }: ExperimentMeasure, only?: Matcher): Expr {
  const tiles = selector(tileRecord(record, compareSeconds), base.id);
  const matchers = [...tiles.matchers, ...(only ? [only] : [])];
  return call("sum_over_time", over({ ...tiles, matchers }, experiment.windowSeconds * 1000));
}

/** Those named, or all that carry the label: whatever is divided by their events is theirs. */
function takingPart({ label, baseline: control, variants: named }: ExperimentMeasure["experiment"]): Matcher {
  const value = named === undefined ? ".+" : [control, ...named].map(escapeRegex).join("|");
  return { label, op: "=~", value };
}

function ratioOf(part: Expr, whole: Expr, matching?: Matching): Expr {
  return binary("/", part, binary(">", whole, number(0)), matching);
}

/** Of p = (bad + 1) / (total + 2), p * (1 - p) / (total + 2). Only where there are enough events: what follows needs it. */
function varianceOf(measure: ExperimentMeasure): Expr {
  const total = recorded(experimentRecords.totalInWindow, measure);
  const bad = recorded(experimentRecords.badInWindow, measure);
  const enough = binary(">=", total, number(measure.experiment.minSample));
  const [oneBad, oneGood] = [binary("+", bad, number(1)), binary("+", binary("-", total, bad), number(1))];
  return binary("/", binary("*", oneBad, oneGood), binary("^", binary("+", enough, number(2)), number(3)));
}

function worseBy(measure: ExperimentMeasure): Expr {
  const variances = withBaseline("+", experimentRecords.variance, measure);
  return binary("/", difference(measure), call("sqrt", binary(">", variances, number(0))));
}

function verdictOf(measure: ExperimentMeasure): Expr {
  const { sigma } = measure.experiment;
  const found = recorded(experimentRecords.worse, measure);
  const more = (condition: Expr, by: number): Expr => (by === 1 ? condition : binary("*", number(by), condition));
  const worse = more(isTrue(">", found, number(sigma)), VERDICTS.worse - VERDICTS.same);
  const better = more(isTrue("<", found, number(-sigma)), VERDICTS.better - VERDICTS.same);
  const judged = binary("+", binary("+", number(VERDICTS.same), worse), better);
  const tooFew = binary("*", number(VERDICTS.tooFew), variants(experimentRecords.totalInWindow, measure));
  return binary("or", judged, tooFew);
}

/** Money per unit within the window. Units are counted already where they are the events of an SLI. */
function costRules(measure: ExperimentMeasure): (readonly [string, Expr])[] {
  const { cost, costInWindow, units, unitsInWindow, totalInWindow, costPerUnit } = experimentRecords;
  if (!measure.experiment.cost) return [];
  const sli = sliOfUnits(measure);
  const paid = recorded(costInWindow, measure);
  const spent = [costInWindow, inWindow(cost, measure)] as const;
  if (sli === undefined)
    return [
      spent,
      [unitsInWindow, inWindow(units, measure, takingPart(measure.experiment))],
      [costPerUnit, ratioOf(paid, recorded(unitsInWindow, measure))],
    ];
  const events = selector(totalInWindow, { ...measure.base.id, sli });
  return [spent, [costPerUnit, ratioOf(paid, events, { type: "ignoring", labels: ["sli"] })]];
}

/** How much more of its events is bad than of the baseline's. */
function difference(measure: ExperimentMeasure): Expr {
  return withBaseline("-", experimentRecords.badRatio, measure);
}

/** The same of every variant and of the baseline: many variants, and one baseline of the same SLI. */
function withBaseline(op: BinaryOp, record: string, measure: ExperimentMeasure): Expr {
  const labels = ["sli", ...measure.base.identity];
  const toBaseline: Matching = { type: "on", labels, group: "left", include: [] };
  return binary(op, variants(record, measure), ofGroups(record, "=", measure), toBaseline);
}

function recorded(record: string, { base }: ExperimentMeasure): Expr {
  return selector(record, base.id);
}

function variants(record: string, measure: ExperimentMeasure): Expr {
  return ofGroups(record, "!=", measure);
}

function ofGroups(record: string, op: MatchOp, { base, experiment }: ExperimentMeasure): Expr {
  const series = selector(record, base.id);
  return { ...series, matchers: [...series.matchers, { label: experiment.label, op, value: experiment.baseline }] };
}
