/** Alerts on an SLO that nobody can judge any more: no data at all, or bad events and no total. */

import type { Expr, Selector } from "../../../promql/ast.ts";
import { aggregate, binary, call, number, on, over, selector, subquery } from "../../../promql/build.ts";
import { printSeconds } from "../../../promql/duration.ts";
import { ofTarget, onTarget } from "../../../sli/counting/target.ts";
import type { Counts } from "../../../sli/kind.ts";
import { DAY, DAY_MS, HOUR, HOUR_MS, MINUTE_MS } from "../../../time/units.ts";
import { alerts, namedAt } from "../../alert-names.ts";
import { records } from "../../names.ts";
import type { AlertingRule } from "../../plan.ts";
import { alertingRule, forGroup, isAlwaysFilled, type SloContext } from "../alert.ts";
import { jobOf } from "../job.ts";
import { happened } from "../windows/counted.ts";
import { outsideExclusions } from "../windows/exclusions.ts";
import { slowSource, totalEvents } from "../windows/windows.ts";
import { nameOf } from "./burn-texts.ts";
import { unlessUpstream } from "./upstream.ts";

/** `SloNoData`: its targets have gone, or they are there and nothing counts. Idleness is no news where no traffic is good. */
export function noDataAlerts(counts: Counts, context: SloContext): AlertingRule[] {
  const { slo, measurement } = context;
  if (!slo.absence.noData || slo.noTraffic === "good" || isAlwaysFilled(slo, measurement)) return [];
  const silence = {
    ...namedAt(alerts.noData, slo.absence.severity),
    summary: `${slo.id}: no data`,
  };
  const noSeries = alertingRule(
    {
      ...silence,
      comment: "There was traffic within the day, but for hours no group has had any data.",
      expr: unexplained(trafficWithinDay(context), context),
      description: "There was traffic in the last day, but no group has had any data for three hours.",
      forSeconds: 3 * HOUR,
      labels: { reason: "no-series", ...ofJob(context) },
    },
    context,
  );
  if (!counts.totalSeries) return [noSeries];
  const up = ofTarget("up", counts.totalSeries, measurement.base);
  const left = binary("unless", vanishedSeries(context), up, onJob(context));
  // What is pushed never had a target.
  const gone = binary("and", left, call("last_over_time", subquery(up, DAY_MS, HOUR_MS)), onJob(context));
  const noTargets = alertingRule(
    {
      ...silence,
      comment: "No data now: a job that counted had targets within the day and no longer has any.",
      expr: unexplained(group(gone, context), context),
      description: "A job of this SLO had targets and metrics within the last day; now it has none.",
      forSeconds: 1200,
      labels: { reason: "no-targets", ...ofJob(context) },
    },
    context,
  );
  return [noTargets, noSeries];
}

/** Dead targets of this job are the cause, and those of another are not. */
function ofJob({ slo, measurement: { base } }: SloContext): { readonly job?: string } {
  const job = base.identity.includes("job") ? undefined : jobOf(slo, base);
  return job === undefined ? {} : { job };
}

/** `SloOnlyErrors`: bad is counted by another metric than the total, and only bad is seen. What never pages does not page for this. */
export function onlyErrorsAlert({ part, apart }: Counts, context: SloContext): AlertingRule[] {
  const { slo, measurement, tiers } = context;
  if (!slo.absence.broken || !apart || part.of !== "bad") return [];
  const lately = (counted: Selector): Expr => call("sum_over_time", over(counted, LATELY_MS));
  const { bad, total } = happened(slo);
  const own = selector(bad, measurement.base.id);
  // What has not the labels of the groups has no total by mistake.
  const labelled = [...slo.groupBy].sort().map((label) => ({ label, op: "!=", value: "" }) as const);
  const some = binary(">=", lately({ ...own, matchers: [...own.matchers, ...labelled] }), number(slo.minBad ?? 1));
  const none = binary(">", lately(selector(total, measurement.base.id)), number(0));
  const pages = tiers.some(({ severity }) => severity === "page");
  return [
    alertingRule(
      {
        ...namedAt(alerts.onlyErrors, pages ? "page" : "ticket"),
        comment: "Bad events are counted but no events in total.",
        expr: outsideExclusions(binary("unless", some, none), slo),
        summary: { template: `${nameOf(context)}: only bad events counted` },
        description: {
          template: `In the last ${printSeconds(LATELY_MS / 1000)} bad events were counted${forGroup(context)} but no events in total, so everything that can be seen is bad.`,
        },
        ofGroup: {},
        forSeconds: 120,
      },
      context,
    ),
  ];
}

/** No data now, outside exclusions, and nobody was paged for a cause of it. */
function unexplained(before: Expr, context: SloContext): Expr {
  const silent = binary("unless", before, anyData(context), on(...idOf(context)));
  return unlessUpstream(outsideExclusions(silent, context.slo), context);
}

const LATELY_MS = 5 * MINUTE_MS;

/** One for the SLO, however many jobs. */
function group(jobs: Expr, { measurement }: SloContext): Expr {
  return aggregate("group", Object.keys(measurement.base.id), jobs);
}

function trafficWithinDay({ measurement }: SloContext): Expr {
  const day = totalEvents(DAY, slowSource(DAY, measurement), measurement);
  return binary(">", aggregate("sum", Object.keys(measurement.base.id), day), number(0));
}

/** A sample of any group: the total has one at every evaluation, or every so many seconds. */
function anyData({ measurement }: SloContext): Expr {
  const range = Math.max(600, 2 * measurement.totalEverySeconds) * 1000;
  return call("last_over_time", over(selector(records.total, measurement.base.id), range));
}

function vanishedSeries({ measurement }: SloContext): Expr {
  return binary("==", selector(records.series, measurement.base.id), number(0));
}

function onJob({ measurement }: SloContext) {
  return on(...onTarget(measurement.base).labels.filter((label) => label !== "instance"));
}

function idOf({ measurement }: SloContext): string[] {
  return Object.keys(measurement.base.id);
}
