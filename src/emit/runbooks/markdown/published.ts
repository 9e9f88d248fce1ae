/** Where runbooks are published: which address shows which page, and which addresses were declared by hand. */
import type { Plan, ServicePlan } from "../../../compile/plan.ts";
import type { Issue } from "../../../issue.ts";
import { runbookPath } from "../paths.ts";

export interface DeclaredUrl {
  readonly url: string;
  /** Below which the service's pages are; undefined where none is declared. */
  readonly base: string | undefined;
  readonly path: Issue["path"];
  readonly source: Issue["source"];
}

/** Paths of pages, by their address. */
export function publishedPages({ services }: Plan): Map<string, string> {
  return new Map(
    services.flatMap((plan) =>
      membersOf(plan).map(({ service, name }) => [`${plan.service.runbooks}/${name}`, runbookPath(service, name)]),
    ),
  );
}

/** Those that are not where the service's pages are by themselves. */
export function runbookUrls({ services }: Plan): DeclaredUrl[] {
  return services.flatMap((plan) =>
    membersOf(plan).flatMap(({ name, runbook, path, source }) => {
      const base = plan.service.runbooks;
      if (runbook === undefined || runbook === `${base}/${name}`) return [];
      return [{ url: runbook, base: base && `${base}/`, path: [...path, "runbook"], source }];
    }),
  );
}

function membersOf({ slos, budgets, experiments }: ServicePlan) {
  return [
    ...slos.map(({ slo }) => slo),
    ...budgets.map(({ budget }) => budget),
    ...experiments.map(({ experiment }) => experiment),
  ];
}
