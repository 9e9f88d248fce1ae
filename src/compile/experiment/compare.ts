/**
 * Two groups compared: how much worse a variant is than the baseline, in standard errors of the difference that chance
 * alone would make (two-proportion z, pooled), over the counts of one window.
 *
 * The comparison is looked at all the time, so its bound lies higher than for a single look, and it must hold.
 * Every step reads steps of one level, so that rulers that show results late compare what belongs together.
 */
import type { BinaryOp, Expr, Matcher, Matching, MatchOp } from "../../promql/ast.ts";
import { binary, call, isTrue, number, over, selector } from "../../promql/build.ts";
import { printSeconds } from "../../promql/duration.ts";
import { escapeRegex } from "../../promql/regex.ts";
import { tileRecord } from "../naming.ts";
import type { RecordingRule } from "../plan.ts";
import { sliOfUnits } from "./base.ts";
import type { ExperimentMeasure } from "./measure.ts";
import { experimentRecords, VERDICTS } from "./names.ts";

/** From the events of the window to the verdict. */
export function comparisonRules(measure: ExperimentMeasure): RecordingRule[] {
  const { windowSeconds, minSample } = measure.experiment;
  const { totalInWindow, badInWindow, badRatio, pooledRatio, comparable, worse, verdict } = experimentRecords;
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
      inWindow(experimentRecords.total, measure),
      `Events of the last ${printSeconds(windowSeconds)} in each group that takes part.`,
    ),
    record(badInWindow, inWindow(experimentRecords.bad, measure)),
    record(badRatio, ratioOf(recorded(badInWindow, measure), recorded(totalInWindow, measure))),
    record(
      pooledRatio,
      pooled(measure),
      `The share that would be bad in both, were a variant no different. With under ${minSample} events in either, no answer.`,
    ),
    record(
      comparable,
      comparableEvents(measure),
      "How many events carry the comparison: variances add up, of each group 1 / events.",
    ),
    record(
      worse,
      worseBy(measure),
      "By how many standard errors a variant is worse than the baseline (two proportions); 0: nothing is bad, or all.",
    ),
    record(
      verdict,
      verdictOf(measure),
      `${VERDICTS.worse} worse, ${VERDICTS.better} better, ${VERDICTS.same} no difference beyond noise, ${VERDICTS.tooFew} too few events.`,
    ),
    ...(measure.experiment.cost ? [record(experimentRecords.costPerUnit, costPerUnit(measure))] : []),
  ];
}

/** The alert's condition: beyond noise, and by enough to matter. With too few events there is nothing to compare. */
export function isWorse(measure: ExperimentMeasure): Expr {
  const { sigma, atLeast } = measure.experiment;
  const beyond = binary(">", recorded(experimentRecords.worse, measure), number(sigma));
  return atLeast > 0 ? binary("and", beyond, binary(">", difference(measure), number(atLeast))) : beyond;
}

function inWindow(
  record: string,
  { base, compareSeconds, experiment }: ExperimentMeasure,
  labels: Readonly<Record<string, string>> = {},
): Expr {
  const tiles = selector(tileRecord(record, compareSeconds), { ...base.id, ...labels });
  const matchers = [...tiles.matchers, takingPart(experiment)];
  return call("sum_over_time", over({ ...tiles, matchers }, experiment.windowSeconds * 1000));
}

/** Those named, or all that carry the label. */
function takingPart({ label, baseline: control, variants: named }: ExperimentMeasure["experiment"]): Matcher {
  const value = named === undefined ? ".+" : [control, ...named].map(escapeRegex).join("|");
  return { label, op: "=~", value };
}

/** Units are counted already where they are the events of an SLI. */
function unitsInWindow(measure: ExperimentMeasure): readonly [Expr, Matching?] {
  const counted = sliOfUnits(measure);
  if (counted === undefined) return [inWindow(experimentRecords.units, measure)];
  return [inWindow(experimentRecords.total, measure, { sli: counted }), { type: "ignoring", labels: ["sli"] }];
}

function ratioOf(part: Expr, whole: Expr): Expr {
  return binary("/", part, binary(">", whole, number(0)));
}

/** Only where both groups have enough events: what follows needs it. */
function pooled(measure: ExperimentMeasure): Expr {
  const { totalInWindow, badInWindow } = experimentRecords;
  const enough = (events: Expr): Expr => binary(">=", events, number(measure.experiment.minSample));
  const bad = withBaseline("+", (group) => group(badInWindow), measure);
  return binary(
    "/",
    bad,
    withBaseline("+", (group) => enough(group(totalInWindow)), measure),
  );
}

/** Without any event in a group, 0. */
function comparableEvents(measure: ExperimentMeasure): Expr {
  const inverse = (events: Expr): Expr => binary("/", number(1), events);
  return inverse(withBaseline("+", (group) => inverse(group(experimentRecords.totalInWindow)), measure));
}

function worseBy(measure: ExperimentMeasure): Expr {
  const share = recorded(experimentRecords.pooledRatio, measure);
  const events = recorded(experimentRecords.comparable, measure);
  const variance = binary("/", binary("*", share, binary("-", number(1), share)), events);
  const standardError = binary(">", call("sqrt", variance), number(0));
  return binary("or", binary("/", difference(measure), standardError), binary("*", number(0), share));
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

/** Money per unit within the window. */
function costPerUnit(measure: ExperimentMeasure): Expr {
  const [units, matching] = unitsInWindow(measure);
  return binary("/", inWindow(experimentRecords.cost, measure), binary(">", units, number(0)), matching);
}

/** How much more of its events is bad than of the baseline's. */
function difference(measure: ExperimentMeasure): Expr {
  return withBaseline("-", (group) => group(experimentRecords.badRatio), measure);
}

/** The same of every variant and of the baseline: many variants, and one baseline of the same SLI. */
function withBaseline(op: BinaryOp, each: (group: (record: string) => Expr) => Expr, measure: ExperimentMeasure): Expr {
  const labels = ["sli", ...measure.base.identity];
  const toBaseline: Matching = { type: "on", labels, group: "left", include: [] };
  const baseline = each((record) => ofGroups(record, "=", measure));
  return binary(
    op,
    each((record) => variants(record, measure)),
    baseline,
    toBaseline,
  );
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
