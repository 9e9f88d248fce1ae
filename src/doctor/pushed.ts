/** Series that nothing is scraped for: pushed to a Pushgateway, by OTLP or by remote write. Rules see dead targets by `up`. */
import type { SloPlan } from "../compile/plan.ts";
import { type Issue, issue } from "../issue.ts";
import type { Selector } from "../promql/ast.ts";
import { print } from "../promql/print.ts";
import type { Connection } from "./ask/no-answer.ts";
import { vectorOf } from "./ask/queries.ts";

/**
 * Not where a time without data counts as bad: that alerts by itself.
 *
 * @param counter - What counts the total.
 */
export async function examineUp({ slo }: SloPlan, counter: Selector, to: Connection): Promise<Issue[]> {
  if (!slo.absence.noData || slo.noTraffic === "bad") return [];
  const pushed = await vectorOf(to, `count by (job) (${print(counter)}) unless on (job) count by (job) (up)`);
  if (pushed.length === 0) return [];
  const jobs = pushed.map(({ labels }) => `job=${JSON.stringify(labels.job ?? "")}`).sort();
  return [
    issue(
      "up-missing",
      [...slo.path, "sli"],
      `${print(counter)} has series of ${jobs.join(", ")}, and no \`up\` has: nothing is scraped there, so no alert will say that its targets are down.`,
      "See docs/sli-kinds.md, Pushed metrics. Where it is scraped, give `up` the same job.",
      slo.source,
    ),
  ];
}
