/** A month as it happens: charges in hundredths of a cent, the counters that show them, and the scrapes of those. */
import { type Random, randomFrom } from "../oracle/random.ts";
import type { Labels, Scrape } from "../oracle/world.ts";
import type { SpendScenario } from "./scenario.ts";

/** One charge. Whole hundredths of a cent, so that the ledger adds up exactly. */
export interface Charge {
  readonly timeMs: number;
  readonly model: string;
  readonly units: number;
  /** Whether any scrape could show it: a process may die before the next one. */
  readonly seen: boolean;
}

export interface Month {
  readonly series: readonly Labels[];
  readonly scrapes: readonly Scrape[];
  readonly charges: readonly Charge[];
}

export const SCRAPE_MS = 30_000;
export const DAY_MS = 86_400_000;
const UNITS_PER_DOLLAR = 10_000;

export function simulate(scenario: SpendScenario, seed: number): Month {
  const random = randomFrom(seed);
  const book = new Book();
  const charges: Charge[] = [];
  const scrapes: Scrape[] = [];
  for (let slot = 0; slot < scenario.pods; slot++) {
    const pod = new Pod(slot, scenario, random, book);
    pod.live(charges, scrapes);
  }
  scrapes.sort((a, b) => a.visibleMs - b.visibleMs);
  return { series: book.series, scrapes, charges };
}

/** Numbers for series. */
class Book {
  readonly series: Labels[] = [];
  private readonly numbers = new Map<string, number>();

  number(labels: Labels): number {
    const key = JSON.stringify(labels);
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    this.numbers.set(key, this.series.length);
    return this.series.push(labels) - 1;
  }
}

/** One place where a process runs: restarted, or replaced under a new name. */
class Pod {
  private instance: string;
  private generation = 0;
  private startedMs: number;
  private counters = new Map<string, number>();
  private pending: { timeMs: number; model: string; units: number }[] = [];
  private exposed: string[] = [];
  private readonly beginMs: number;
  private readonly slot: number;
  private readonly scenario: SpendScenario;
  private readonly random: Random;
  private readonly book: Book;

  constructor(slot: number, scenario: SpendScenario, random: Random, book: Book) {
    this.slot = slot;
    this.scenario = scenario;
    this.random = random;
    this.book = book;
    this.beginMs = Date.parse(scenario.start);
    this.instance = `pod-${slot}-0`;
    // Its first day's work is known to the rules from the start.
    this.startedMs = this.beginMs - DAY_MS;
  }

  live(charges: Charge[], scrapes: Scrape[]): void {
    const phaseMs = 1000 + Math.floor(this.random() * (SCRAPE_MS - 2000));
    const steps = (this.scenario.days * DAY_MS) / SCRAPE_MS;
    // Scraped for ten minutes before anything is spent: the rules find a counter that stands still.
    for (let step = -20; step < 0; step++) scrapes.push(this.scrape(this.beginMs + step * SCRAPE_MS + phaseMs));
    for (let step = 0; step < steps; step++) this.step(this.beginMs + step * SCRAPE_MS, phaseMs, charges, scrapes);
    // And for ten minutes after, so that the last charges are read.
    for (let step = 0; step < 20; step++)
      this.show(this.beginMs + (steps + step) * SCRAPE_MS + phaseMs, charges, scrapes);
  }

  /** What happens within half a minute, in its order. */
  private step(fromMs: number, phaseMs: number, charges: Charge[], scrapes: Scrape[]): void {
    const events: { atMs: number; happens: () => void }[] = this.chargesOf(fromMs).map((charge) => ({
      atMs: charge.timeMs,
      happens: () => this.spend(charge),
    }));
    events.push({ atMs: fromMs + phaseMs, happens: () => this.show(fromMs + phaseMs, charges, scrapes) });
    if (this.restarts() || this.replaced()) {
      const endMs = fromMs + Math.floor(this.random() * SCRAPE_MS);
      events.push({ atMs: endMs, happens: () => this.end(endMs, charges, scrapes) });
    }
    for (const event of events.sort((one, other) => one.atMs - other.atMs)) event.happens();
  }

  private spend(charge: { timeMs: number; model: string; units: number }): void {
    this.counters.set(charge.model, (this.counters.get(charge.model) ?? 0) + charge.units);
    this.pending.push(charge);
  }

  /** The process dies: what no scrape has shown, none will. */
  private end(atMs: number, charges: Charge[], scrapes: Scrape[]): void {
    charges.push(...this.pending.map((charge) => ({ ...charge, seen: false })));
    this.pending = [];
    if (this.replacing) {
      scrapes.push(this.gone(atMs + 1));
      this.generation++;
      this.instance = `pod-${this.slot}-${this.generation}`;
    }
    this.counters = new Map();
    this.startedMs = atMs;
  }

  private show(atMs: number, charges: Charge[], scrapes: Scrape[]): void {
    if (this.misses(atMs)) {
      scrapes.push(this.failed(atMs));
      return;
    }
    scrapes.push(this.scrape(atMs));
    charges.push(...this.pending.map((charge) => ({ ...charge, seen: true })));
    this.pending = [];
  }

  private misses(atMs: number): boolean {
    const { gapMinutes, missedScrapes, days } = this.scenario;
    const middle = this.beginMs + (days / 2) * DAY_MS + 43_000_000;
    return (atMs >= middle && atMs < middle + gapMinutes * 60_000) || this.random() < missedScrapes;
  }

  private replacing = false;

  private restarts(): boolean {
    this.replacing = false;
    return this.random() < (this.scenario.restartsPerDay * SCRAPE_MS) / DAY_MS;
  }

  private replaced(): boolean {
    this.replacing = this.random() < (this.scenario.rolloutsPerDay * SCRAPE_MS) / DAY_MS;
    return this.replacing;
  }

  /** One charge per model that is in use, and half minute: more by day than by night. */
  private chargesOf(fromMs: number): { timeMs: number; model: string; units: number }[] {
    const sinceMs = fromMs - this.beginMs;
    const hour = (sinceMs % DAY_MS) / 3_600_000;
    const level = 1 + 0.8 * Math.sin(((hour - 8) / 24) * 2 * Math.PI);
    const inUse = Object.entries(this.scenario.models).filter(([, day]) => sinceMs >= day * DAY_MS);
    return inUse
      .map(([model], index) => ({
        timeMs: fromMs + 1 + Math.floor(this.random() * (SCRAPE_MS - 1)),
        model,
        units: Math.floor(this.random() * level * (index === 0 ? 1500 : 300)),
      }))
      .filter(({ units }) => units > 0);
  }

  private scrape(timeMs: number): Scrape {
    return this.reading(timeMs, 1, (model) => (this.counters.get(model) ?? 0) / UNITS_PER_DOLLAR);
  }

  private failed(timeMs: number): Scrape {
    return this.reading(timeMs, 0, () => undefined);
  }

  private gone(timeMs: number): Scrape {
    return this.reading(timeMs, undefined, () => undefined);
  }

  /** What a scrape stores: readings, and the mark of an end for each series that it no longer finds. */
  private reading(timeMs: number, up: number | undefined, value: (model: string) => number | undefined): Scrape {
    const target = { job: "gateway", instance: this.instance };
    const born = up === 1 ? Math.floor(this.startedMs / 1000) : undefined;
    const models = new Set([...this.counters.keys(), ...this.exposed]);
    const samples: [Labels, number | undefined][] = [
      [{ __name__: "up", ...target }, up],
      [{ __name__: "process_start_time_seconds", ...target }, born],
      ...[...models].map((model): [Labels, number | undefined] => [
        { __name__: "ai_inference_cost_dollars_total", ...target, model },
        this.counters.has(model) ? value(model) : undefined,
      ]),
    ];
    this.exposed = up === 1 ? [...this.counters.keys()] : [];
    return {
      timeMs,
      visibleMs: timeMs + 50 + Math.floor(this.random() * 3000),
      series: samples.map(([labels]) => this.book.number(labels)),
      values: samples.map(([, reading]) => reading),
    };
  }
}
