/** The alert that says that an SLO is not measured correctly, and by its `reason` label how. */
import type { Expr } from "../promql/ast.ts";
import { aggregate, binary, call, chain, number, on, over, selector, subquery, withLabel } from "../promql/build.ts";
import { DAY_MS, HOUR_MS } from "../promql/duration.ts";
import type { Breakage } from "../sli/kind.ts";
import { type AlertContext, alertingRule } from "./alert.ts";
import { errorRatioRecord, idLabels, records } from "./naming.ts";
import type { AlertingRule } from "./plan.ts";
import { coverageSeconds } from "./recording-rules.ts";

const WEEK_MS = 7 * DAY_MS;
const LEAST_COVERAGE = 0.95;
/** Long enough that one odd scrape is no ticket. */
const FOR_SECONDS = 900;

/** One alert for all reasons: those of the kind, and those that any SLO can have. */
export function brokenAlert(context: AlertContext): AlertingRule[] {
  if (!context.slo.absence.broken) return [];
  const reasons = [
    ...context.counts.broken,
    ...groupLabelMissing(context),
    neverAnyData(context),
    evaluationsMissed(context),
  ];
  const parts = {
    name: "SloBroken",
    tier: "broken",
    severity: "ticket" as const,
    expr: chain("or", ...reasons.map(named)),
    summary: `${context.slo.id} is not measured correctly.`,
    description: {
      template: "The measurement cannot be trusted: {{ $labels.reason }}. The runbook says what each reason means.",
    },
    forSeconds: FOR_SECONDS,
  };
  return [alertingRule(parts, context)];
}

function named({ reason, expr }: Breakage): Expr {
  return withLabel(expr, "reason", reason);
}

const LOOK_MS = 600_000;

/**
 * Something was counted within the hour, and no group of that hour has a label of `groupBy`, nor had one of the day at
 * any look: all is one group. A composite is made of groups that its components have recorded.
 */
function groupLabelMissing({ slo, measure: { base } }: AlertContext): Breakage[] {
  if (slo.sli.kind === "composite") return [];
  const total = selector(records.total, base.id);
  const counted = binary(">", call("sum_over_time", over(total, HOUR_MS)), number(0));
  return [...slo.groupBy].sort().map((label) => {
    const labelled = { ...total, matchers: [...total.matchers, { label, op: "!=" as const, value: "" }] };
    const inHour = call("last_over_time", over(labelled, HOUR_MS));
    const inDay = call("last_over_time", subquery(labelled, DAY_MS, LOOK_MS));
    const seen = binary("or", inHour, inDay);
    return { reason: "group-label-missing", expr: binary("unless", aggregate("group", [], counted), seen, on()) };
  });
}

/** An hour after the rules were loaded there is still no total: most often a misspelt metric. */
function neverAnyData({ slo, measure }: AlertContext): Breakage {
  // Looks an hour apart miss what is counted for some minutes, and not what an hour remembers.
  const remembered = measure.recordsHour ? [selector(errorRatioRecord(3600), measure.base.id)] : [];
  const counted = chain("or", selector(records.total, measure.base.id), ...remembered);
  const absent = call("absent_over_time", subquery(counted, WEEK_MS, HOUR_MS));
  const running = { ...selector(records.objective, idLabels(slo)), offsetMs: HOUR_MS };
  return { reason: "never-any-data", expr: binary("and", absent, running, on()) };
}

/** Only once the rules are as old as the time that coverage looks back. */
function evaluationsMissed({ slo }: AlertContext): Breakage {
  const low = binary("<", selector(records.coverage, idLabels(slo)), number(LEAST_COVERAGE));
  const running = { ...selector(records.objective, idLabels(slo)), offsetMs: coverageSeconds(slo) * 1000 };
  return { reason: "evaluations-missed", expr: binary("and", low, running) };
}
