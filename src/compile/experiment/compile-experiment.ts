/** One experiment to its rules: a base at the evaluation interval, and the comparison of its groups. */
import type { Experiment, Platform } from "../../model/service.ts";
import type { Expr } from "../../promql/ast.ts";
import { printSeconds } from "../../promql/duration.ts";
import { printNumber } from "../../promql/number.ts";
import { experimentDashboardUid, pascal } from "../naming.ts";
import {
  type AlertingRule,
  type ExperimentPlan,
  type RecordingRule,
  type Rule,
  type RuleGroup,
  sentAlerts,
} from "../plan.ts";
import { eventsNow, paidNow } from "./base.ts";
import { badRatio, costPerUnit, eventsInWindow, isWorse, verdict, worseBy } from "./compare.ts";
import { type ExperimentMeasure, experimentMeasure } from "./measure.ts";
import { experimentLabels, experimentRecords } from "./names.ts";

export function compileExperiment(experiment: Experiment, platform: Platform): ExperimentPlan {
  const measure = experimentMeasure(experiment, platform);
  const links = { runbook: experiment.runbook, dashboard: dashboardUrl(platform) };
  const alert = worseAlert(measure, platform, links);
  const groups: RuleGroup[] = [
    { name: experiment.id, intervalSeconds: measure.intervalSeconds, rules: fastRules(measure) },
    {
      name: `${experiment.id}:long`,
      intervalSeconds: measure.compareSeconds,
      rules: [...slowRules(measure), alert],
    },
  ];
  return { experiment, measure, groups, alerts: sentAlerts(groups), groupLabels: measure.base.by, links };
}

/** Total first: bad is filled from the total that the same evaluation has just written. */
function fastRules(measure: ExperimentMeasure): Rule[] {
  const { experiment } = measure;
  const { cost } = experiment;
  const paid = cost
    ? [
        record(experiment, experimentRecords.cost, paidNow(measure, cost.metric)),
        record(experiment, experimentRecords.units, paidNow(measure, cost.per)),
      ]
    : [];
  return [
    record(experiment, experimentRecords.total, eventsNow(measure, "total")),
    record(experiment, experimentRecords.bad, eventsNow(measure, "bad")),
    ...paid,
  ];
}

function slowRules(measure: ExperimentMeasure): Rule[] {
  const { experiment } = measure;
  return [
    record(experiment, experimentRecords.events, eventsInWindow(measure)),
    record(experiment, experimentRecords.badRatio, badRatio(measure)),
    record(experiment, experimentRecords.worse, worseBy(measure)),
    record(experiment, experimentRecords.verdict, verdict(measure)),
    ...(experiment.cost ? [record(experiment, experimentRecords.costPerUnit, costPerUnit(measure))] : []),
  ];
}

/** `ExperimentWorse` is a ticket; another severity is in the name, since no alert name serves two of them. */
function worseAlert(measure: ExperimentMeasure, platform: Platform, links: ExperimentPlan["links"]): AlertingRule {
  const { experiment } = measure;
  const { label, baseline, sigma, severity, windowSeconds } = experiment;
  const ids = { ...experimentLabels(experiment), tier: "experiment", severity: platform.severities[severity] };
  return {
    type: "alert",
    alert: `ExperimentWorse${severity === "ticket" ? "" : pascal(severity)}`,
    severity,
    expr: isWorse(measure),
    forSeconds: experiment.forSeconds,
    keepFiringForSeconds: 0,
    labels: { ...experiment.labels, ...ids, owner: experiment.owner },
    annotations: {
      summary: {
        template: `${experiment.id}: ${label} "{{ $labels.${label} }}" is worse at {{ $labels.sli }} than the baseline.`,
      },
      description: {
        template: `By {{ $value | humanize }} standard errors over the last ${printSeconds(windowSeconds)}, more than ${printNumber(sigma)}: no noise. The baseline is ${JSON.stringify(baseline).replaceAll("{{", '{{ "{{" }}')}.`,
      },
      ...(links.runbook === undefined ? {} : { runbook_url: links.runbook }),
      ...(links.dashboard === undefined ? {} : { dashboard_url: links.dashboard }),
    },
  };
}

function record(experiment: Experiment, name: string, expr: Expr): RecordingRule {
  return { type: "record", record: name, expr, labels: experimentLabels(experiment) };
}

function dashboardUrl({ dashboards }: Platform): string | undefined {
  return dashboards === undefined ? undefined : `${dashboards.replace(/\/+$/, "")}/d/${experimentDashboardUid}`;
}
