/** Everything that the runbook of an experiment says, as values for its template. */

import { alerts, namedAt } from "../../compile/alert-names.ts";
import { experimentLabels, experimentRecords } from "../../compile/names.ts";
import type { ExperimentPlan, Plan } from "../../compile/plan.ts";
import { explainExperiment, noDataWords, worseWords } from "../../explain/experiment.ts";
import type { Severity } from "../../model/service.ts";
import { selector } from "../../promql/build.ts";
import { printNumber } from "../../promql/number.ts";
import { type LiveQuery, liveQuery } from "./queries/live-query.ts";
import { silenceOf } from "./silence.ts";

/** The template's input: declared text is raw here and escaped by the template's helpers. */
export interface ExperimentRunbook {
  readonly service: string;
  readonly name: string;
  readonly id: string;
  readonly description: string | undefined;
  readonly kind: string;
  readonly owner: string;
  /** Names and what they are: who is compared, and what is bad. */
  readonly facts: readonly (readonly string[])[];
  readonly alert: string;
  readonly severity: Severity;
  readonly noData: string;
  /** When either fires. */
  readonly isWorse: string;
  readonly lacksData: string;
  readonly label: string;
  readonly sigma: string;
  readonly dashboard: string | undefined;
  readonly look: readonly LiveQuery[];
  /** A command. */
  readonly silence: string;
}

export function experimentRunbookOf(plan: Plan, experimentPlan: ExperimentPlan): ExperimentRunbook {
  const { experiment, links } = experimentPlan;
  const [facts, measured] = explainExperiment(experimentPlan).sections;
  return {
    service: experiment.service,
    name: experiment.name,
    id: experiment.id,
    description: experiment.description,
    kind: "experiment",
    owner: experiment.owner,
    facts: [...(facts?.rows ?? []), ...(measured?.rows ?? []).map(([name = "", bad = ""]) => [`bad for ${name}`, bad])],
    alert: namedAt(alerts.experiment, experiment.severity).name,
    severity: experiment.severity,
    noData: alerts.experimentNoData.name,
    isWorse: worseWords(experiment),
    lacksData: noDataWords(experiment),
    label: experiment.label,
    sigma: printNumber(experiment.sigma),
    dashboard: links.dashboard,
    look: queriesOf(plan, experimentPlan),
    silence: silenceOf(experimentLabels(experiment), experimentPlan, plan),
  };
}

function queriesOf({ platform }: Plan, { experiment }: ExperimentPlan): LiveQuery[] {
  const series = (title: string, record: string): LiveQuery =>
    liveQuery(title, selector(record, experimentLabels(experiment)), platform);
  return [
    series(
      "Verdict (3 = worse, 2 = better, 1 = no difference beyond noise, 0 = too few events)",
      experimentRecords.verdict,
    ),
    series("Difference in standard errors", experimentRecords.worse),
    series("Share of bad events by group", experimentRecords.badRatio),
    ...(experiment.cost ? [series("Unit cost by group", experimentRecords.costPerUnit)] : []),
  ];
}
