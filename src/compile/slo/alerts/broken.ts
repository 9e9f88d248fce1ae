/** `SloBroken`: one plain alert for each way in which the measurement itself can be wrong. */

import { isCalendar } from "../../../model/period.ts";
import type { Expr, Selector } from "../../../promql/ast.ts";
import { aggregate, binary, call, chain, number, on, over, selector, subquery } from "../../../promql/build.ts";
import { printSeconds } from "../../../promql/duration.ts";
import { FALLING, falling } from "../../../sli/counting/falling.ts";
import { componentsOf } from "../../../sli/index.ts";
import type { Counts } from "../../../sli/kind.ts";
import { COMPONENT } from "../../../sli/kinds/composite.ts";
import { DAY, DAY_MS, HOUR, HOUR_MS } from "../../../time/units.ts";
import { alerts } from "../../alert-names.ts";
import { componentRatioRecord, records } from "../../names.ts";
import type { AlertingRule } from "../../plan.ts";
import { alertingRule, isAlwaysFilled, type SloAlertFields, type SloContext } from "../alert.ts";
import { forgotten } from "../error-budget/calendar-period.ts";
import { coverageSeconds } from "../metadata.ts";
import { happened } from "../windows/counted.ts";
import { outsideExclusions } from "../windows/exclusions.ts";
import { moreThanAll, type Reason, ratioOutOfRange } from "./broken-ratio.ts";

/** Each reason that applies is an alert of its own. */
export function brokenAlerts(counts: Counts, context: SloContext): AlertingRule[] {
  const { slo } = context;
  if (!slo.absence.broken) return [];
  const reasons = [
    ...moreThanAll(counts, context),
    ...ratioOutOfRange(counts, context),
    ...neverAnyData(context),
    ...componentMissing(context),
    ...labelMissing(counts, context),
    ...countersFall(counts, context),
    evaluationsMissed(context),
    ...gaps(context),
  ];
  return reasons.map((reason) => alertingRule(partsOf(reason, slo.id), context));
}

function partsOf({ reason, description, ...rest }: Reason, id: string): SloAlertFields {
  return {
    ...alerts.broken,
    severity: "ticket",
    ...rest,
    summary: `${id}: measurement broken, ${reason.replaceAll("-", " ")}`,
    description,
    labels: { reason },
  };
}

/** Nothing in the whole period: usually a misspelt metric. */
function neverAnyData(context: SloContext): Reason[] {
  const { slo, measurement } = context;
  if (isAlwaysFilled(slo, measurement)) return [];
  const none = call("absent", selector(records.budgetRemaining, measurement.base.id));
  const range = Math.max(HOUR_MS, 2000 * measurement.totalEverySeconds);
  const noTotal = call("absent_over_time", over(selector(records.total, measurement.base.id), range));
  return [
    {
      reason: "never-any-data",
      comment: "No traffic in the whole period, and no series either: usually a misspelt metric.",
      description:
        "Nothing was counted in the whole period, and the metric has no series: usually a name or a matcher is misspelt.",
      expr: outsideExclusions(binary("and", none, noTotal), slo),
      forSeconds: HOUR,
    },
  ];
}

/** Nothing of one component: most often its rules are in another ruler. */
function componentMissing({ slo, measurement }: SloContext): Reason[] {
  const components = componentsOf(slo.sli).length;
  if (components === 0) return [];
  const { id, identity } = measurement.base;
  const inPeriod = selector(componentRatioRecord(slo.windowSeconds), id);
  const lately = call("last_over_time", over(selector(records.total, id), HOUR_MS));
  const present = aggregate("count", [...identity, COMPONENT], binary("or", inPeriod, lately));
  return [
    {
      reason: "component-missing",
      comment: `Fewer than ${components} components: one has had no traffic in the whole period and has no series.`,
      description:
        "A component has counted nothing in the whole period and has no series: it is left out, as if it were healthy.",
      expr: binary("<", aggregate("count", identity, present), number(components)),
      forSeconds: HOUR,
    },
  ];
}

/** A label of groupBy that no series has: all groups are one. */
function labelMissing(counts: Counts, { slo, measurement }: SloContext): Reason[] {
  if (slo.groupBy.length === 0) return [];
  const { everySeconds = 0, apart, part } = counts;
  const badWithout = (label: string): Expr => selector(happened(slo)[part.of], { ...measurement.base.id, [label]: "" });
  const total = selector(happened(slo).total, measurement.base.id);
  const withLabel = (label: string, op: "=" | "!="): Expr => {
    const some: Selector = { ...total, matchers: [...total.matchers, { label, op, value: "" }] };
    // What is counted once in a slice is not there at every instant.
    return everySeconds <= measurement.intervalSeconds ? some : call("last_over_time", over(some, 2000 * everySeconds));
  };
  const labels = [...slo.groupBy].sort();
  const missing = labels.map((label) => binary("unless", withLabel(label, "="), withLabel(label, "!="), on()));
  const ofPart = apart ? labels.map((label) => binary("unless", badWithout(label), withLabel(label, "="), on())) : [];
  return [
    {
      reason: "group-label-missing",
      comment: `No series has the label ${labels.join(" or ")}: all traffic falls into one unnamed group.`,
      description: `The SLO is grouped by ${labels.join(", ")}, but ${apart ? "one of its metrics has no such label" : "no series has such a label"}. ${unlabelledWords(counts)}`,
      expr: chain("or", ...missing, ...ofPart),
      forSeconds: 900,
    },
  ];
}

/** What follows where a label of groups is missing. */
export function unlabelledWords({ apart, part }: Counts): string {
  if (!apart) return "All traffic is in one unnamed group, so alerts cannot name it.";
  const ofPart = part.of === "bad" ? "they belong to no group and do not page" : "they belong to no group";
  return `If the total lacks it, all traffic is in one unnamed group; if only the ${part.of} events lack it, ${ofPart}.`;
}

/** Several workers behind one endpoint, or a gauge taken for a counter: what falls counts as a restart. */
function countersFall(counts: Counts, { slo, measurement }: SloContext): Reason[] {
  const { totalSeries, counters = [] } = counts;
  if (!totalSeries || !tellsFalling(counts, slo)) return [];
  return [
    {
      ...FALLING,
      description: `${FALLING.description} Until it is corrected the SLO does not page.`,
      expr: falling(counters, totalSeries, measurement.base),
    },
  ];
}

/** The reason whose numbers mean nothing, so that no page is made of them. */
export const COUNTERS_FALL = FALLING.reason;

/** Whether there is an alert that says so. */
export function tellsFalling({ totalSeries, counters = [] }: Counts, { absence }: SloContext["slo"]): boolean {
  return totalSeries !== undefined && absence.broken && counters.length > 0;
}

/** Only once the rules are as old as the time that coverage looks back. */
function evaluationsMissed({ slo, measurement }: SloContext): Reason {
  const low = binary("<", selector(records.coverage, measurement.base.id), number(LEAST_COVERAGE));
  const before = subquery(selector(records.objective, measurement.base.id), DAY_MS, HOUR_MS);
  const running = call("last_over_time", { ...before, offsetMs: coverageSeconds(slo) * 1000 });
  return {
    reason: "evaluations-missed",
    comment: "The rules are not new, but evaluations were missed; events in the gaps were not counted.",
    description: `In the last ${printSeconds(coverageSeconds(slo))} more than 10% of rule evaluations were missed; events in those gaps were not counted.`,
    expr: binary("and", low, running),
    forSeconds: 900,
  };
}

export const LEAST_COVERAGE = 0.9;

/** A pause forgets what a calendar period has counted; only the first evaluation after it can tell. */
function gaps({ slo, measurement }: SloContext): Reason[] {
  const [longest] = slo.periods.filter(isCalendar).sort((a, b) => b.seconds - a.seconds);
  // A day is over before it could be forgotten.
  if (longest === undefined || longest.unit === "day") return [];
  return [
    {
      reason: "gap",
      comment: `Nothing was evaluated for three days: the sums of this ${longest.unit} existed before and have started over.`,
      description: `No rule was evaluated for more than three days, so the counts of this ${longest.unit} are lost: its budget counts from now on.`,
      expr: forgotten(longest, measurement),
      forSeconds: 0,
      keepFiringForSeconds: DAY,
    },
  ];
}
