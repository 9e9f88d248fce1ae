/** Units of time. A plain name is in seconds, which declarations and plans count; `_MS` is in milliseconds, which PromQL's ranges count. */

export const MINUTE = 60;
export const HOUR = 3600;
export const DAY = 86_400;
export const WEEK = 604_800;

export const SECOND_MS = 1000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
export const WEEK_MS = 604_800_000;

/** Seconds of each unit that Prometheus writes in a duration. */
const UNITS = { y: 365 * DAY, w: WEEK, d: DAY, h: HOUR, m: MINUTE, s: 1, ms: 0.001 } as const;

/** Seconds of `15s`, `1m30s` or `1y2w`; undefined for anything else. */
export function prometheusSeconds(text: string): number | undefined {
  if (!/^(\d+(ms|[ywdhms]))+$/.test(text)) return undefined;
  const parts = [...text.matchAll(/(\d+)(ms|[ywdhms])/g)];
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * UNITS[unit as keyof typeof UNITS], 0);
}
