/**
 * The same history as OpenMetrics text with timestamps, for `promtool tsdb create-blocks-from openmetrics`.
 * That format knows no stale markers and no time of arrival: what it loses is why the replay program appends samples itself.
 */
import type { Labels, World } from "./world.ts";

export function* openMetricsOf({ series, scrapes }: World): Generator<string> {
  for (const { timeMs, series: numbers, values } of scrapes) {
    for (const [index, number] of numbers.entries()) {
      const value = values[index];
      if (value !== undefined) yield `${nameOf(series[number] ?? {})} ${value} ${timeMs / 1000}\n`;
    }
  }
  yield "# EOF\n";
}

function nameOf({ __name__, ...labels }: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return `${__name__}{${pairs.join(",")}}`;
}
