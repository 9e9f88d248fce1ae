/** A service in which nothing is declared: it builds nothing, and whoever reads `generated/` may not notice. */

import { isRecord } from "../read/plain-data.ts";
import type { Problem } from "../read/read.ts";

/** The warning, where the service has no SLO, no budget and no experiment; a list may have been left empty by a preset. */
export function emptyService(service: unknown): Problem[] {
  if (!isRecord(service) || !["slos", "budgets", "experiments"].every((key) => isEmpty(service[key]))) return [];
  const path = "slos" in service ? ["slos"] : [];
  const message = "the service has no SLO, budget or experiment, so nothing of it is watched.";
  const hint = "Declare one, such as `slos: [{ name, objective, sli }]`, or remove the service.";
  return [{ code: "nothing-declared", path, message, hint }];
}

function isEmpty(list: unknown): boolean {
  return list === undefined || (Array.isArray(list) && list.length === 0);
}
