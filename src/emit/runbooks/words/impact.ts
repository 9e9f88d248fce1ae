/** What users feel while an SLO burns; of a composite, by the component that burns. */
import type { Plan } from "../../../compile/plan.ts";
import type { Slo } from "../../../model/service.ts";
import { componentsOf, isComposite, kindOf } from "../../../sli/index.ts";
import type { Symptom } from "./first-checks.ts";
import { knownHarm } from "./known-harm.ts";

export interface ComponentImpact {
  readonly id: string;
  readonly impact: string;
}

export function impactOf({ sli }: Slo): string {
  if (isComposite(sli)) return COMPOSITE;
  const words = kindOf(sli).words(sli);
  return knownHarm(words)?.impact ?? impactWords[words.symptom];
}

/** A component that is declared elsewhere is described in its own runbook. */
export function componentImpacts({ services }: Plan, { sli }: Slo): ComponentImpact[] {
  const all = services.flatMap((service) => service.slos.map(({ slo }) => slo));
  return componentsOf(sli).flatMap(({ slo: id }) => {
    const component = all.find((slo) => slo.id === id);
    return component === undefined ? [] : [{ id, impact: impactOf(component) }];
  });
}

const COMPOSITE = "What users feel depends on the component that burns.";

const impactWords: Readonly<Record<Symptom, string>> = {
  errors: "Users get errors instead of answers. Most of them retry, which makes an overload worse.",
  latency: "Users wait, and some give up: their clients time out, retry, and add to the load.",
  saturation: "Capacity is running out. Users may not notice yet; errors and latency come next.",
  availability: "Users cannot reach it.",
  staleness: "What users see is out of date: requests succeed but return stale data.",
  throughput: "Less gets done than was promised: work waits or is lost.",
  quality: "Users get answers, but worse ones. Nothing else will alert on this.",
};
