/**
 * Event by event: every request of every target in every second, its route, and whether it was bad.
 * Events of a second happen in the middle of it. Targets have their own chance, so one more changes none of the others.
 */

import { type Exposition, expositionOf } from "./exposition.ts";
import { newProcess, oldProcess, type Process } from "./process.ts";
import { arrivals, type Random, randomFrom } from "./random.ts";
import type { Restart, Scenario, Span } from "./scenario.ts";
import { type Gain, type Labels, type Scrape, START_MS, type World } from "./world.ts";

/** Plays a scenario. The same one gives the same world. */
export function simulate(scenario: Scenario): World {
  const exposition = expositionOf(scenario);
  const badSeconds = scenario.failures.map(() => new Map<number, number>());
  const scrapes: Scrape[] = [];
  const gains: Gain[] = [];
  for (let target = 0; target < scenario.targets; target++) {
    new Target(scenario, target, exposition, badSeconds).play(scrapes, gains);
  }
  scrapes.sort((a, b) => a.visibleMs - b.visibleMs || a.timeMs - b.timeMs);
  gains.sort((a, b) => a.timeMs - b.timeMs);
  return { scenario, series: exposition.series, scrapes, gains, badSeconds };
}

class Target {
  readonly #scenario: Scenario;
  readonly #target: number;
  readonly #exposition: Exposition;
  readonly #badSeconds: readonly Map<number, number>[];
  readonly #events: Random;
  readonly #network: Random;
  readonly #restarts: Restart[];
  #process: Process | undefined;
  readonly #name: string;
  #instance: string;
  #backAt = 0;
  #second = 0;
  #exposed: readonly number[] = [];

  constructor(scenario: Scenario, target: number, exposition: Exposition, badSeconds: readonly Map<number, number>[]) {
    this.#scenario = scenario;
    this.#target = target;
    this.#exposition = exposition;
    this.#badSeconds = badSeconds;
    this.#events = randomFrom(scenario.seed * 7919 + target * 2 + 1);
    this.#network = randomFrom(scenario.seed * 104_729 + target * 2);
    this.#restarts = (scenario.restarts ?? []).filter((restart) => restart.target === target);
    this.#restarts.sort((a, b) => a.second - b.second);
    this.#name = `${scenario.prefix ?? "target"}-${target}`;
    this.#instance = this.#name;
    this.#second = scenario.from ?? 0;
    this.#process = oldProcess(scenario, this.#instance);
  }

  play(scrapes: Scrape[], gains: Gain[]): void {
    const { everySeconds, jitterMs, takesMs, missed } = this.#scenario.scrapes;
    const phaseMs = Math.floor(this.#network() * everySeconds * 1000);
    const fromMs = (this.#scenario.from ?? 0) * 1000;
    for (let due = fromMs + phaseMs; due < this.#scenario.seconds * 1000; due += everySeconds * 1000) {
      const elapsedMs = due + Math.floor(this.#network() * jitterMs);
      const tookMs = Math.ceil(takesMs * (0.5 + this.#network()));
      const fails = this.#network() < missed;
      this.#advanceTo(elapsedMs);
      if (within(this.#scenario.blackouts, elapsedMs / 1000)) continue;
      const timeMs = START_MS + elapsedMs;
      const at = { timeMs, visibleMs: timeMs + tookMs };
      if (fails || this.#process === undefined) this.#fail(at, scrapes);
      else this.#scrape(this.#process, at, scrapes, gains);
    }
  }

  #advanceTo(elapsedMs: number): void {
    for (; this.#second * 1000 + 500 <= elapsedMs; this.#second++) {
      this.#restart();
      if (this.#process) this.#serve(this.#process);
    }
  }

  #restart(): void {
    const [next] = this.#restarts;
    if (next && next.second === this.#second) {
      this.#restarts.shift();
      this.#process = undefined;
      this.#backAt = next.second + next.downSeconds;
      if (next.renamed) this.#instance = `${this.#name}-${next.second}`;
    }
    if (!this.#process && this.#second >= this.#backAt)
      this.#process = newProcess(this.#scenario, this.#instance, this.#second);
  }

  #serve(process: Process): void {
    const { routes, failingRoutes, failures, traffic } = this.#scenario;
    const count = arrivals(traffic(this.#second, this.#target), this.#events);
    const ratios = failures.map(({ ratio }) => ratio(this.#second, this.#target));
    for (let event = 0; event < count; event++) {
      const route = routes === 1 ? 0 : Math.floor(this.#events() * routes);
      process.total[route] = (process.total[route] ?? 0) + 1;
      if (route >= failingRoutes) continue;
      for (let failure = 0; failure < ratios.length; failure++) {
        if (this.#events() < (ratios[failure] ?? 0)) this.#goBad(process, failure, route);
      }
    }
  }

  #goBad(process: Process, failure: number, route: number): void {
    const counts = process.bad[failure] as number[];
    counts[route] = (counts[route] ?? 0) + 1;
    const seconds = this.#badSeconds[failure] as Map<number, number>;
    seconds.set(this.#second, (seconds.get(this.#second) ?? 0) + 1);
  }

  /** A failed scrape ends every series of its target. */
  #fail(at: { timeMs: number; visibleMs: number }, scrapes: Scrape[]): void {
    const up = this.#exposition.up(this.#instance);
    const gone = this.#exposed.filter((series) => series !== up);
    scrapes.push({ ...at, series: [up, ...gone], values: [0, ...gone.map(() => undefined)] });
    this.#exposed = [up];
  }

  #scrape(process: Process, at: { timeMs: number; visibleMs: number }, scrapes: Scrape[], gains: Gain[]): void {
    const shown = this.#exposition.of(process);
    const broken = this.#isBroken(at.timeMs);
    const now = new Set(shown.series);
    const gone = this.#exposed.filter((series) => !now.has(series));
    const values = broken ? shown.values.map((value, index) => (index > 1 ? Number.NaN : value)) : shown.values;
    scrapes.push({ ...at, series: [...shown.series, ...gone], values: [...values, ...gone.map(() => undefined)] });
    this.#exposed = shown.series;
    if (!broken) takeGains(process, at.timeMs, gains);
  }

  #isBroken(timeMs: number): boolean {
    const second = (timeMs - START_MS) / 1000;
    const { everySeconds } = this.#scenario.scrapes;
    return (this.#scenario.nans ?? []).some(
      (nan) => nan.target === this.#target && second >= nan.second && second < nan.second + everySeconds,
    );
  }
}

function within(spans: readonly Span[] | undefined, second: number): boolean {
  return (spans ?? []).some(({ from, to }) => second >= from && second < to);
}

/** Notes what this scrape is the first to show, and that it did. */
function takeGains(process: Process, timeMs: number, gains: Gain[]): void {
  for (let route = 0; route < process.total.length; route++) {
    const total = (process.total[route] ?? 0) - (process.shownTotal[route] ?? 0);
    const bad = process.bad.map((counts, failure) => (counts[route] ?? 0) - (process.shownBad[failure]?.[route] ?? 0));
    if (process.known && total > 0) gains.push({ timeMs, route, total, bad });
    process.shownTotal[route] = process.total[route] ?? 0;
    process.shownBad.forEach((counts, failure) => {
      if (route < counts.length) counts[route] = process.bad[failure]?.[route] ?? 0;
    });
  }
  process.known = true;
}

/** Histories side by side. Truths are of one world: ask them before. */
export function merge(worlds: readonly World[]): Pick<World, "series" | "scrapes"> {
  const series: Labels[] = [];
  const scrapes: Scrape[] = [];
  for (const world of worlds) {
    const first = series.length;
    series.push(...world.series);
    for (const scrape of world.scrapes)
      scrapes.push({ ...scrape, series: scrape.series.map((number) => number + first) });
  }
  return { series, scrapes: scrapes.sort((a, b) => a.visibleMs - b.visibleMs || a.timeMs - b.timeMs) };
}
