/**
 * The generated Alertmanager configuration in a hurry: every duration of it is divided by one factor, business hours are
 * mapped to minutes of the clock, and receivers notify the sink. All else stays as it was generated.
 */
import { parse, stringify } from "yaml";
import type { AlertmanagerConfig, Route, TimeInterval } from "../../src/emit/alertmanager/config.ts";
import { parseDuration } from "../../src/promql/duration.ts";
import { HOUR_MS, MINUTE_MS } from "../../src/time/units.ts";

/** What the scenarios' receivers call; replaced by the sink's URL. */
export const SINK = "http://sink.example.com";

interface Hurry {
  /** How many seconds of a scenario are one. */
  readonly speed: number;
  readonly sinkUrl: string;
  /** When, on the clock, a moment of the scenario is. */
  readonly onClock: (moment: number) => number;
  /** The scenario's days: moments of their midnights. */
  readonly days: readonly number[];
  readonly inhibit: readonly object[];
}

export function scaledConfig(text: string, hurry: Hurry): string {
  const config = parse(text.replaceAll(SINK, hurry.sinkUrl)) as AlertmanagerConfig;
  const { time_intervals: intervals } = config;
  return stringify({
    ...config,
    route: scaledRoute(config.route, hurry.speed),
    inhibit_rules: [...hurry.inhibit, ...config.inhibit_rules],
    ...(intervals === undefined ? {} : { time_intervals: intervals.map((one) => onClock(one, hurry)) }),
  });
}

/** How Alertmanager's own times are divided, those of its flags. */
export function scaledFlags(speed: number): string[] {
  return [
    `--dispatch.maintenance-interval=${scaled("30s", speed)}`,
    `--alerts.gc-interval=${scaled("30m", speed)}`,
    `--data.retention=${scaled("120h", speed)}`,
  ];
}

export function scaled(duration: string, speed: number): string {
  // Prometheus's durations have several parts: 1m10s.
  const parts = duration.match(/\d+(ms|[smhdw])/g) ?? [];
  const all = parts.reduce((sum, part) => sum + (parseDuration(part) ?? 0), 0);
  return `${Math.max(1, Math.round(all / speed))}ms`;
}

function scaledRoute(route: Route, speed: number): Route {
  const times = ["group_wait", "group_interval", "repeat_interval"] as const;
  const faster = Object.fromEntries(times.map((name) => [name, scaled(route[name], speed)]));
  const { routes } = route;
  return { ...route, ...faster, ...(routes ? { routes: routes.map((each) => scaledRoute(each, speed)) } : {}) };
}

/** The hours of each day of the scenario, where they are on the clock. */
function onClock({ name, time_intervals }: TimeInterval, hurry: Hurry): object {
  const times = time_intervals.flatMap(({ times }) =>
    hurry.days.flatMap((midnight) =>
      times.map(({ start_time, end_time }) => ({
        start_time: clockTime(hurry.onClock(midnight + offsetMs(start_time))),
        end_time: clockTime(hurry.onClock(midnight + offsetMs(end_time))),
      })),
    ),
  );
  return { name, time_intervals: [{ times, location: "UTC" }] };
}

function offsetMs(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * HOUR_MS + minutes * MINUTE_MS;
}

function clockTime(moment: number): string {
  return new Date(moment).toISOString().slice(11, 16);
}
