/** Alerts that no generated test makes fire, service by service. Nothing is wrong with them that is known, so nothing is refused. */
import { type Plan, type ServicePlan, watchedIn } from "../compile/plan.ts";
import { type Issue, issue } from "../issue.ts";
import type { Platform } from "../model/service.ts";
import { type ProvenService, proveService } from "../prove/service.ts";

/** One issue for each service that has such alerts. Of a plan without errors: proofs are made of nothing else. */
export function unprovenAlerts({ services, platform }: Plan): Issue[] {
  return services.flatMap((service) => ofService(service, platform));
}

function ofService(plan: ServicePlan, platform: Platform): Issue[] {
  const { notProven } = proveService(plan, platform);
  if (notProven.length === 0) return [];
  const all = [plan, ...watchedIn(plan)].flatMap(({ alerts }) => alerts);
  const message = `${notProven.length} of ${all.length} alerts fire in no generated test:\n${linesOf(notProven).join("\n")}`;
  return [issue("not-proven", [plan.service.name], message, hint, plan.service.source)];
}

const hint = "Nothing is known to be wrong with them; for one that you rely on, write a promtool test of your own.";

/** Alerts that are missing for one reason, then those they are of: `SloNoData (no-series): availability, latency`. */
function linesOf(notProven: ProvenService["notProven"]): string[] {
  return [...groupedBy(notProven, ({ why }) => why)].flatMap(([why, some]) => {
    const wheres = groupedBy([...groupedBy(some, nameOf)], ([, same]) => same.map(({ name }) => name).join(", "));
    const lines = [...wheres].map(([where, named]) => `  ${named.map(([name]) => name).join(", ")}: ${where}`);
    return [...lines, `    ${why}`];
  });
}

function nameOf({ alert, reason }: ProvenService["notProven"][number]): string {
  return reason === undefined ? alert : `${alert} (${reason})`;
}

function groupedBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}
