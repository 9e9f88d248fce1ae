/** Which labels tell groups and places apart. */
import { placeLabels } from "../../compile/experiment/groups.ts";
import type { ExperimentPlan } from "../../compile/plan.ts";
import type { Labels } from "../raw-series.ts";

/** Where it happens; and elsewhere, where clusters are distinguished, nobody differs. */
export function placesOf({ measurement }: ExperimentPlan): readonly [here: Labels, elsewhere?: Labels] {
  const identity = placeLabels(measurement);
  const at = (value: string): Labels => Object.fromEntries(identity.map((label) => [label, value]));
  return identity.length === 0 ? [{}] : [at("here"), at("elsewhere")];
}

/** The labels that tell a group apart. No label is another than an empty one. */
export function groupLabels(name: string, { experiment }: ExperimentPlan): Labels {
  return name === "" ? {} : { [experiment.label]: name };
}
