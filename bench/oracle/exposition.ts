/** What a target exposes: `requests_total` by route, a counter per failure, and what Prometheus and the process add. */
import type { Process } from "./process.ts";
import type { Scenario } from "./scenario.ts";
import { type Labels, START_MS } from "./world.ts";

export const JOB = "shop";

export interface Exposition {
  /** All series so far, by their numbers. */
  readonly series: readonly Labels[];
  readonly up: (instance: string) => number;
  /** `up` and the start time of the process first, then its counters. */
  readonly of: (process: Process) => { readonly series: number[]; readonly values: number[] };
}

export function expositionOf(scenario: Scenario): Exposition {
  const series: Labels[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (name: string, instance: string, route?: string): number => {
    const key = `${name}/${instance}/${route ?? ""}`;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, series.length);
    series.push({ __name__: name, job: JOB, instance, ...(route === undefined ? {} : { route }) });
    return series.length - 1;
  };
  const up = (instance: string): number => numberOf("up", instance);
  return { series, up, of: (process) => expose(process, scenario, numberOf) };
}

type NumberOf = (name: string, instance: string, route?: string) => number;

function expose(process: Process, scenario: Scenario, numberOf: NumberOf): { series: number[]; values: number[] } {
  const { instance } = process;
  const series = [numberOf("up", instance)];
  const values = [1];
  const add = (name: string, value: number, route?: string): void => {
    series.push(numberOf(name, instance, route));
    values.push(value);
  };
  if (scenario.processStart !== false) add("process_start_time_seconds", START_MS / 1000 + process.startSecond);
  for (const [route, count] of process.total.entries()) add("requests_total", count, `r${route}`);
  process.bad.forEach((counts, failure) => {
    const { metric = "", born = "at-start" } = scenario.failures[failure] ?? {};
    counts.forEach((count, route) => {
      if (count > 0 || born === "at-start") add(metric, count, `r${route}`);
    });
  });
  return { series, values };
}
