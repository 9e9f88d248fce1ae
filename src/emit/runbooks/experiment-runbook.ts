/** Everything that the runbook of an experiment says, as values for its template. */

import { experimentLabels, experimentRecords } from "../../compile/experiment/names.ts";
import type { ExperimentPlan } from "../../compile/plan.ts";
import { explainExperiment } from "../../explain/experiment.ts";
import { selector } from "../../promql/build.ts";
import { printSeconds } from "../../promql/duration.ts";
import { printNumber } from "../../promql/number.ts";
import { print } from "../../promql/print.ts";

/** The template's input: declared text is raw here and escaped by the template's helpers. */
export interface ExperimentRunbook {
  readonly service: string;
  readonly name: string;
  readonly id: string;
  readonly description: string | undefined;
  readonly facts: readonly (readonly string[])[];
  readonly alert: string;
  readonly held: string;
  readonly sigma: string;
  readonly dashboard: string | undefined;
  readonly runbook: string | undefined;
  readonly queries: readonly { readonly what: string; readonly query: string }[];
}

export function experimentRunbookOf(plan: ExperimentPlan): ExperimentRunbook {
  const { experiment, links, alerts } = plan;
  const [facts, measured] = explainExperiment(plan).sections;
  return {
    service: experiment.service,
    name: experiment.name,
    id: experiment.id,
    description: experiment.description,
    facts: [...(facts?.rows ?? []), ...(measured?.rows ?? []).map(([name = "", bad = ""]) => [`bad for ${name}`, bad])],
    alert: alerts[0]?.alert ?? "",
    held: `for ${printSeconds(experiment.forSeconds)}`,
    sigma: printNumber(experiment.sigma),
    dashboard: links.dashboard,
    runbook: links.runbook,
    queries: queriesOf(plan),
  };
}

function queriesOf({ experiment }: ExperimentPlan): ExperimentRunbook["queries"] {
  const series = (record: string): string => print(selector(record, experimentLabels(experiment)));
  return [
    {
      what: "3 is worse, 2 better, 1 no difference beyond noise, 0 too few events",
      query: series(experimentRecords.verdict),
    },
    { what: "By how many standard errors", query: series(experimentRecords.worse) },
    { what: "Share of bad events, by group", query: series(experimentRecords.badRatio) },
    ...(experiment.cost ? [{ what: "What one costs, by group", query: series(experimentRecords.costPerUnit) }] : []),
  ];
}
