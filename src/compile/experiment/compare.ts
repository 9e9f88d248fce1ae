/**
 * Two groups compared: how much worse a variant is than the baseline, in standard errors of the difference that chance
 * alone would make, over the counts of one window. Every variance has one bad and one good event more than were seen:
 * a small group without a bad event has not shown that it cannot fail.
 * Agresti and Caffo, "Simple and effective confidence intervals for proportions", The American Statistician 54 (2000).
 *
 * The comparison is looked at all the time, so its bound lies higher than for a single look, and it must hold.
 * Every step reads steps of one level, so that rulers that show results late compare what belongs together.
 */
import type { BinaryOp, Expr, Matcher, Matching } from "../../promql/ast.ts";
import { binary, call, isTrue, number, over, selector } from "../../promql/build.ts";
import { printSeconds } from "../../promql/duration.ts";
import { experimentRecords, tileRecord, VERDICTS } from "../names.ts";
import type { RecordingRule } from "../plan.ts";
import { sliOfUnits } from "./base.ts";
import type { ExperimentMeasurement } from "./experiment-measurement.ts";
import { ofGroups, oneOf, placeLabels } from "./groups.ts";

/** From the events of the window to the verdict. */
export function comparisonRules(measurement: ExperimentMeasurement): RecordingRule[] {
  const { windowSeconds, minSample } = measurement.experiment;
  const { totalInWindow, badInWindow, badRatio, variance, worse, verdict } = experimentRecords;
  const record = (name: string, expr: Expr, comment?: string): RecordingRule => ({
    type: "record",
    record: name,
    expr,
    labels: measurement.base.id,
    ...(comment === undefined ? {} : { comment }),
  });
  return [
    record(
      totalInWindow,
      inWindow(experimentRecords.total, measurement, takingPart(measurement.experiment)),
      `Events of the last ${printSeconds(windowSeconds)} in each group that takes part.`,
    ),
    record(badInWindow, inWindow(experimentRecords.bad, measurement)),
    record(badRatio, ratioOf(recorded(badInWindow, measurement), recorded(totalInWindow, measurement))),
    record(
      variance,
      varianceOf(measurement),
      `Its variance, p * (1 - p) / n, with one bad and one good event more than seen: a few good ones alone prove nothing. With under ${minSample} events, none.`,
    ),
    record(worse, worseBy(measurement), "By how many standard errors a variant is worse than the baseline."),
    record(
      verdict,
      verdictOf(measurement),
      `${VERDICTS.worse} worse, ${VERDICTS.better} better, ${VERDICTS.same} no difference beyond noise, ${VERDICTS.tooFew} too few events.`,
    ),
    ...costRules(measurement).map(([name, expr]) => record(name, expr)),
  ];
}

/** The alert's condition: beyond noise, and by enough to matter. With too few events there is nothing to compare. */
export function isWorse(measurement: ExperimentMeasurement): Expr {
  const { sigma, atLeast } = measurement.experiment;
  const beyond = binary(">", recorded(experimentRecords.worse, measurement), number(sigma));
  return atLeast > 0 ? binary("and", beyond, binary(">", difference(measurement), number(atLeast))) : beyond;
}

function inWindow(record: string, { base, compareSeconds, experiment }: ExperimentMeasurement, only?: Matcher): Expr {
  const tiles = selector(tileRecord(record, compareSeconds), base.id);
  const matchers = [...tiles.matchers, ...(only ? [only] : [])];
  return call("sum_over_time", over({ ...tiles, matchers }, experiment.windowSeconds * 1000));
}

/** Those named, or all that carry the label: whatever is divided by their events is theirs. */
function takingPart(experiment: ExperimentMeasurement["experiment"]): Matcher {
  const { label, baseline, variants } = experiment;
  return variants === undefined ? { label, op: "=~", value: ".+" } : oneOf([baseline, ...variants], experiment);
}

function ratioOf(part: Expr, whole: Expr, matching?: Matching): Expr {
  return binary("/", part, binary(">", whole, number(0)), matching);
}

/** Of p = (bad + 1) / (total + 2), p * (1 - p) / (total + 2). Only where there are enough events: what follows needs it. */
function varianceOf(measurement: ExperimentMeasurement): Expr {
  const total = recorded(experimentRecords.totalInWindow, measurement);
  const bad = recorded(experimentRecords.badInWindow, measurement);
  const enough = binary(">=", total, number(measurement.experiment.minSample));
  const [oneBad, oneGood] = [binary("+", bad, number(1)), binary("+", binary("-", total, bad), number(1))];
  return binary("/", binary("*", oneBad, oneGood), binary("^", binary("+", enough, number(2)), number(3)));
}

function worseBy(measurement: ExperimentMeasurement): Expr {
  const variances = withBaseline("+", experimentRecords.variance, measurement);
  return binary("/", difference(measurement), call("sqrt", binary(">", variances, number(0))));
}

function verdictOf(measurement: ExperimentMeasurement): Expr {
  const { sigma } = measurement.experiment;
  const found = recorded(experimentRecords.worse, measurement);
  const more = (condition: Expr, by: number): Expr => (by === 1 ? condition : binary("*", number(by), condition));
  const worse = more(isTrue(">", found, number(sigma)), VERDICTS.worse - VERDICTS.same);
  const better = more(isTrue("<", found, number(-sigma)), VERDICTS.better - VERDICTS.same);
  const judged = binary("+", binary("+", number(VERDICTS.same), worse), better);
  const tooFew = binary("*", number(VERDICTS.tooFew), variants(experimentRecords.totalInWindow, measurement));
  return binary("or", judged, tooFew);
}

/** Money per unit within the window. Units are counted already where they are the events of an SLI. */
function costRules(measurement: ExperimentMeasurement): (readonly [string, Expr])[] {
  const { cost, costInWindow, units, unitsInWindow, totalInWindow, costPerUnit } = experimentRecords;
  if (!measurement.experiment.cost) return [];
  const sli = sliOfUnits(measurement);
  const paid = recorded(costInWindow, measurement);
  const spent = [costInWindow, inWindow(cost, measurement)] as const;
  if (sli === undefined)
    return [
      spent,
      [unitsInWindow, inWindow(units, measurement, takingPart(measurement.experiment))],
      [costPerUnit, ratioOf(paid, recorded(unitsInWindow, measurement))],
    ];
  const events = selector(totalInWindow, { ...measurement.base.id, sli });
  return [spent, [costPerUnit, ratioOf(paid, events, { type: "ignoring", labels: ["sli"] })]];
}

/** How much more of its events is bad than of the baseline's. */
function difference(measurement: ExperimentMeasurement): Expr {
  return withBaseline("-", experimentRecords.badRatio, measurement);
}

/** The same of every variant and of the baseline: many variants, and one baseline of the same SLI. */
function withBaseline(op: BinaryOp, record: string, measurement: ExperimentMeasurement): Expr {
  const labels = ["sli", ...placeLabels(measurement)];
  const toBaseline: Matching = { type: "on", labels, group: "left", include: [] };
  return binary(
    op,
    variants(record, measurement),
    ofGroups(record, "=", measurement.experiment.baseline, measurement),
    toBaseline,
  );
}

function recorded(record: string, { base }: ExperimentMeasurement): Expr {
  return selector(record, base.id);
}

function variants(record: string, measurement: ExperimentMeasurement): Expr {
  return ofGroups(record, "!=", measurement.experiment.baseline, measurement);
}
