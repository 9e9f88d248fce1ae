/** What surrounds an SLO, a budget or an experiment while it is read. */
import type { Source } from "../../issue.ts";
import type { Platform } from "../../model/service.ts";
import type { ServiceFields } from "./service-schema.ts";

export interface Surroundings {
  readonly platform: Platform;
  readonly service: ServiceFields;
  /** Where it is declared. */
  readonly path: readonly (string | number)[];
  readonly source: Source | undefined;
}

/** The URL of its runbook: its own, or that of the service or the platform with its name. */
export function runbookUrl(
  { name, runbook }: { readonly name: string; readonly runbook?: string | undefined },
  { service, platform }: Surroundings,
): string | undefined {
  const base = service.runbooks ?? platform.runbooks;
  return runbook ?? (base === undefined ? undefined : `${base.replace(/\/+$/, "")}/${name}`);
}
