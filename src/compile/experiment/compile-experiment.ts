/** One experiment to its rules: a base at the evaluation interval, and the comparison of its groups. */

import type { Experiment, Platform } from "../../model/service.ts";
import { printSeconds } from "../../promql/duration.ts";
import { printNumber } from "../../promql/number.ts";
import { printLabel } from "../../promql/print-selector.ts";
import { alerts, namedAt } from "../alert-names.ts";
import { type AlertFields, alertOf } from "../alerting-rule.ts";
import { escapeTemplate, ownMatchers, quoted, whereAnswered } from "../annotations/annotation-query.ts";
import { experimentLink } from "../annotations/dashboard-links.ts";
import { labelInTemplate } from "../annotations/label-in-template.ts";
import { fitGroups } from "../fit-groups.ts";
import { experimentLabels, experimentRecords } from "../names.ts";
import { type AlertingRule, type ExperimentPlan, type RuleGroup, sentAlerts } from "../plan.ts";
import { baseRules } from "./base.ts";
import { comparisonRules, isWorse } from "./compare.ts";
import { type ExperimentMeasurement, experimentMeasurement } from "./experiment-measurement.ts";
import { placeLabels } from "./groups.ts";
import { noDataAlert } from "./no-data.ts";
import { tileRules } from "./tiles.ts";

export function compileExperiment(experiment: Experiment, platform: Platform): ExperimentPlan {
  const measurement = experimentMeasurement(experiment, platform);
  const links = { runbook: experiment.runbook, dashboard: experimentLink(experiment, platform) };
  const fields = [worseAlert(measurement), noDataAlert(measurement)];
  const rules = fields.map((each) => experimentAlert(each, measurement, { links, platform }));
  const groups = ruleGroups(measurement, rules).flatMap((group) => fitGroups(group, platform.ruler.rulesPerGroup));
  return { experiment, measurement, groups, alerts: sentAlerts(groups), groupLabels: measurement.base.by, links };
}

function ruleGroups(measurement: ExperimentMeasurement, alerting: readonly AlertingRule[]): RuleGroup[] {
  const { experiment, intervalSeconds, compareSeconds } = measurement;
  return [
    {
      name: experiment.id,
      comment: `Every ${printSeconds(intervalSeconds)}: what happened in each group.`,
      intervalSeconds,
      rules: [...baseRules(measurement), ...tileRules(measurement)],
    },
    {
      name: `${experiment.id}:slow`,
      comment: `Every ${printSeconds(compareSeconds)}: the groups compared with the baseline, ${experiment.label} ${JSON.stringify(experiment.baseline)}.`,
      intervalSeconds: compareSeconds,
      rules: [...comparisonRules(measurement), ...alerting],
    },
  ];
}

/** `ExperimentWorse` is a ticket; another severity is in the name, since no alert name serves two of them. */
function worseAlert(measurement: ExperimentMeasurement): AlertFields {
  const { experiment } = measurement;
  const { id, label, baseline, sigma, severity, windowSeconds } = experiment;
  return {
    ...namedAt(alerts.experiment, severity),
    expr: isWorse(measurement),
    forSeconds: experiment.forSeconds,
    summary: {
      template: `${id} {{ ${labelInTemplate(label)} }}: worse on {{ $labels.sli }}${ratios(measurement)}`,
    },
    description: {
      template: `{{ $value | printf "%.1f" }} standard errors worse than the baseline over the last ${printSeconds(windowSeconds)} (threshold ${printNumber(sigma)}), so this is not noise. The baseline is ${escapeTemplate(JSON.stringify(baseline))}.`,
    },
  };
}

function experimentAlert(
  fields: AlertFields,
  { experiment }: ExperimentMeasurement,
  { links, platform }: { readonly links: ExperimentPlan["links"]; readonly platform: Platform },
): AlertingRule {
  const { owner, labels } = experiment;
  return alertOf(fields, { id: experimentLabels(experiment), owner, labels, links }, platform);
}

/** `: 2.3% bad, baseline 1.1%`. */
function ratios(measurement: ExperimentMeasurement): string {
  const { experiment, base } = measurement;
  const labels = ["sli", ...placeLabels(measurement)];
  const own = ownMatchers(base.id, [...labels, experiment.label]);
  const baseline = `${printLabel(experiment.label)}=${quoted(experiment.baseline)}, ${ownMatchers(base.id, labels)}`;
  const bad = (matchers: string): string => `${experimentRecords.badRatio}{${matchers}}`;
  const percent = "{{ first . | value | humanizePercentage }}";
  return (
    whereAnswered(bad(own), [...labels, experiment.label], `: ${percent} bad`) +
    whereAnswered(bad(baseline), labels, `, baseline ${percent}`)
  );
}
