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

/** The URL of its runbook: its own, or its name below what the service's are published at. */
export function runbookUrl(
  { name, runbook }: { readonly name: string; readonly runbook?: string | undefined },
  { service, platform }: Surroundings,
): string | undefined {
  const base = runbookBase(service, platform);
  return runbook ?? (base === undefined ? undefined : `${base}/${name}`);
}

/**
 * Where a service's runbooks are published, without a slash at the end: its own base, or a folder of its name below the
 * platform's, since services share that one and their SLOs often have the same names.
 */
export function runbookBase(
  { name, runbooks }: Pick<ServiceFields, "name" | "runbooks">,
  platform: Platform,
): string | undefined {
  const shared = platform.runbooks === undefined ? undefined : `${withoutSlashes(platform.runbooks)}/${name}`;
  return runbooks === undefined ? shared : withoutSlashes(runbooks);
}

function withoutSlashes(url: string): string {
  return url.replace(/\/+$/, "");
}
