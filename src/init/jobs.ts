/** Which metrics there are, by the job that exposes them. */
import type { Connection } from "../doctor/ask/no-answer.ts";
import { vectorOf } from "../doctor/ask/queries.ts";
import { print } from "../promql/print.ts";

/** Names by job. A series without the label has the job `""`. */
export type Jobs = ReadonlyMap<string, ReadonlySet<string>>;

/** Asked for a few names at a time: proxies limit the length of a URL. */
export async function jobsOf(metrics: readonly string[], to: Connection): Promise<Jobs> {
  const jobs = new Map<string, Set<string>>();
  for (let first = 0; first < metrics.length; first += AT_ONCE)
    for (const { labels } of await seriesOf(metrics.slice(first, first + AT_ONCE), to)) {
      const { job = "", __name__: name = "" } = labels;
      jobs.set(job, (jobs.get(job) ?? new Set()).add(name));
    }
  return jobs;
}

const AT_ONCE = 25;

function seriesOf(metrics: readonly string[], to: Connection) {
  const pattern = metrics.map((name) => name.replaceAll(".", "\\.")).join("|");
  const named = {
    node: "selector" as const,
    metric: "",
    matchers: [{ label: "__name__", op: "=~" as const, value: pattern }],
  };
  return vectorOf(to, `count by (job, __name__) (${print(named)})`);
}
