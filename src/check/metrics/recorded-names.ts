/**
 * What a recording rule has made of counters, by the name that it gave: `level:metric:operations`.
 * https://prometheus.io/docs/practices/rules/
 */

/** The operations are rates, shares or means. */
const RATED =
  /:(?:.*[_:])?(i?rate|burnrate|rps|qps|increase|delta|ratio|percent|avg|mean|p\d\d+|quantile)(\d+[smhdw])?(?:[_:].*)?$/;

/** The operation that left no counter, and the range that it was over; undefined where the name tells none. */
export function ratedBy(name: string): { readonly operation: string; readonly range: string | undefined } | undefined {
  const [, operation, range] = RATED.exec(name) ?? [];
  return operation === undefined ? undefined : { operation, range };
}

/** Whether it is a rate per second. */
export function isRecordedRate(name: string): boolean {
  return /^(i?rate|rps|qps)$/.test(ratedBy(name)?.operation ?? "");
}

/**
 * Whether counters of several targets were added up as they stand. What is left of each target is none: its counters
 * fall when it restarts, and not when another goes.
 */
export function isRecordedSum(name: string): boolean {
  const [level = "", metric = "", ...operations] = name.split(":");
  if (ratedBy(name) !== undefined || /(^|_)(instance|pod)(_|$)/.test(level)) return false;
  if (operations.length === 0) return SHARED_LEVEL.test(level) && COUNTER.test(metric);
  return /(^|_)sum$/.test(operations.at(-1) ?? "") || COUNTER.test(metric);
}

/** Exporters write colons too: a name with a single one is a rule's where it begins with what targets have in common. */
const SHARED_LEVEL = /^(job|cluster|namespace|region|zone)(_|$)/;
const COUNTER = /_(total|count|sum|bucket)$/;
