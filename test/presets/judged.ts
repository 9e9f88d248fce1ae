/** What the rules of a preset say of a history: its shares of bad events and its pages. */

import type { Plan } from "../../src/compile/plan.ts";
import type { ServiceParts } from "../../src/index.ts";
import type { Samples } from "../sli/history.ts";
import { planOfAll } from "../sli/history.ts";

/** The rules of these SLOs of a preset. */
export function rulesOf({ slos }: ServiceParts, names: readonly string[]): Plan {
  return planOfAll(slos.filter(({ name }) => names.includes(name)));
}

/** What is expected of the share of bad events of one SLO over `window`, over all groups that have one. */
export function badShare(at: string, slo: string, share: number | undefined, window = "5m"): [string, string, Samples] {
  const samples: Samples = share === undefined ? {} : { "{}": share };
  return [at, `max(slo:error_ratio:rate${window}{slo="${slo}"})`, samples];
}

/** Which SLOs are expected to page. */
export function pages(at: string, ...slos: readonly string[]): [string, string, Samples] {
  const samples = Object.fromEntries(slos.map((slo) => [`{slo="${slo}"}`, 1]));
  return [at, 'group by (slo) (ALERTS{alertstate="firing", severity="page"})', samples];
}
