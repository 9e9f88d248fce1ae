/** A metric that is there, over the last hours: whether it is there all the time, and whether it falls. */
import { isCounted, type Use } from "../check/metrics/uses.ts";
import { type Issue, issue } from "../issue.ts";
import type { Selector } from "../promql/ast.ts";
import { printSeconds } from "../promql/duration.ts";
import { print } from "../promql/print.ts";
import { MINUTE } from "../time/units.ts";
import type { Connection } from "./ask/no-answer.ts";
import { sampleOf } from "./ask/queries.ts";

/** Below so much of the time since it was first seen, a metric is there only sometimes. */
const MOST = 0.9;

/** Within the last day, where Prometheus itself was there: beside any target's `up`. */
export async function sometimes({ path, source }: Use, selector: Selector, to: Connection): Promise<Issue[]> {
  const metric = print(selector);
  // A service that was deployed an hour ago is no metric that comes and goes.
  const age = await sampleOf(to, `time() - min_over_time(timestamp(count(${metric}))[1d:5m])`);
  if (age === undefined) return [];
  const looks = (what: string): string => `count_over_time((count(${what}))[${Math.max(1, Math.ceil(age))}s:5m])`;
  const share = await sampleOf(to, `${looks(metric)} / ${looks("up")}`);
  if (share === undefined || share >= MOST) return [];
  return [
    issue(
      "metric-sometimes",
      path,
      `${metric} was there in ${Math.round(share * 100)}% of the last ${printSeconds(Math.round(age / MINUTE) * MINUTE)}.`,
      "Where it is created by its first event, use `bad` beside a total that is always there; otherwise check its target.",
      source,
    ),
  ];
}

/** Above so many falls by samples it does not restart: a process that does so every five minutes is scraped ten times between. */
const MOST_FALLS = 0.1;
/** Fewer are restarts, however few samples there are yet. */
const FEWEST_FALLS = 3;

/** A counter falls where its process restarts. What falls all the time is none, and its rules count next to nothing. */
export async function falling(use: Use, selector: Selector, to: Connection): Promise<Issue[]> {
  if (!isCounted(use)) return [];
  const range = `${print(selector)}[1h]`;
  const share = await sampleOf(to, `max((resets(${range}) >= ${FEWEST_FALLS}) / (count_over_time(${range}) > 5))`);
  if (share === undefined || share <= MOST_FALLS) return [];
  return [
    issue(
      "not-a-counter",
      use.path,
      `a series of ${print(selector)} fell at ${Math.round(share * 100)}% of its samples in the last hour.`,
      "It is a gauge, or a sum of delta temporality (send cumulative sums), or several workers share its endpoint (give each a port).",
      use.source,
    ),
  ];
}
