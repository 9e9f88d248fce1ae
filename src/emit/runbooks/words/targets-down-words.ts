/** What it means that a group is gone together with its targets, and the query that names them. */
import type { SloPlan } from "../../../compile/plan.ts";
import { print } from "../../../promql/print.ts";
import { codeSpan } from "../markdown/markdown.ts";
import { rawSeriesQueries } from "../queries/raw-series.ts";

interface Words {
  readonly meaning: string;
  readonly checks: readonly string[];
}

/** Of an SLO whose targets are known. */
export function targetsDownWords(plan: SloPlan): Words {
  const down = rawSeriesQueries(plan).find((query) => query.down);
  const which =
    down &&
    `Which targets fail? Run ${codeSpan(print(down.expr))}; an empty result means they are back, or are no longer scraped.`;
  return { meaning: `${GONE} ${OUTAGE}`, checks: [...(which === undefined ? [] : [which]), ...checks] };
}

const GONE = "An SLO of this service counted events of a job, and now has no data for them.";
const OUTAGE = "Treat it as an outage: the burn-rate alerts cannot see it.";

const checks = [
  "Is the service running at all? Look at its instances, its nodes, and the last deployment.",
  "Can Prometheus reach it? Look at the targets page, service discovery, network policies and credentials.",
  "If it was removed on purpose, silence this alert; it clears within an hour. If no target of the job will come back, delete the SLO.",
] as const;
