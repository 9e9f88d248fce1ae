/** Times as a Prometheus writes them. */

const UNITS = { y: 31_536_000, w: 604_800, d: 86_400, h: 3600, m: 60, s: 1, ms: 0.001 } as const;

/** Seconds of `15s`, `1m30s` or `1y2w`; of `15d or 512GB` the time alone. Undefined where there is none. */
export function secondsOf(text = ""): number | undefined {
  const parts = [...(text.split(" ", 1)[0] ?? "").matchAll(/(\d+)(ms|[ywdhms])/g)];
  if (parts.length === 0) return undefined;
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * UNITS[unit as keyof typeof UNITS], 0);
}
