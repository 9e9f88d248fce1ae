/** The oracle itself: the same history every time, and a truth that counters confirm. */
import { describe, expect, test } from "vitest";
import { mustFire, spansWhere, WORKBOOK_TIERS } from "../../bench/oracle/alerts.ts";
import { during, HOUR, type Scenario, wholeScrapes } from "../../bench/oracle/scenario.ts";
import { simulate } from "../../bench/oracle/simulate.ts";
import { truthOf } from "../../bench/oracle/truth.ts";
import { type Labels, type Scrape, START_MS, type World } from "../../bench/oracle/world.ts";

const outage = { from: 1800, to: 2400 };
const scenario: Scenario = {
  name: "an hour",
  seed: 7,
  seconds: HOUR,
  targets: 3,
  routes: 2,
  failingRoutes: 1,
  traffic: () => 2,
  failures: [{ metric: "errors_total", born: "when-first-bad", ratio: during(outage, 0.5, 0) }],
  scrapes: wholeScrapes,
};
const END_MS = START_MS + HOUR * 1000;

describe("a simulated history", () => {
  test("is the same every time, and another with another seed", () => {
    expect(simulate(scenario).scrapes).toEqual(simulate(scenario).scrapes);
    expect(simulate({ ...scenario, seed: 8 }).gains).not.toEqual(simulate(scenario).gains);
  });

  test("has in its truth what its counters gained", () => {
    const world = simulate(scenario);
    const truth = truthOf(world, { settleMs: 0 });
    expect(truth.total(END_MS, HOUR * 1000)).toBe(gained(world, "requests_total"));
    expect(truth.bad(END_MS, HOUR * 1000)).toBe(gained(world, "errors_total"));
    expect(truth.bad(END_MS, HOUR * 1000)).toBeGreaterThan(100);
  });

  test("loses to a restart only what nobody scraped", () => {
    const restarts = [{ target: 0, second: 1000, downSeconds: 30, renamed: false }];
    const truth = truthOf(simulate({ ...scenario, restarts }), { settleMs: 0 });
    const whole = truthOf(simulate(scenario), { settleMs: 0 }).total(END_MS, HOUR * 1000);
    const lost = whole - truth.total(END_MS, HOUR * 1000);
    expect(lost).toBeGreaterThan(0);
    // Two requests per second, 30s between scrapes and 30s without a process, with luck both ways.
    expect(lost).toBeLessThan(240);
  });

  test("gives a missed scrape's events to the next", () => {
    const missing = simulate({ ...scenario, scrapes: { ...wholeScrapes, missed: 0.2 } });
    const truth = truthOf(missing, { settleMs: 0 });
    expect(missing.scrapes.some(({ values }) => values.includes(undefined))).toBe(true);
    expect(truth.total(END_MS, HOUR * 1000)).toBe(gained(missing, "requests_total"));
  });

  test("exposes late-born error series only once something was bad", () => {
    const { series, scrapes } = simulate(scenario);
    const isErrors = (number: number): boolean => series[number]?.__name__ === "errors_total";
    const firstBad = scrapes.find((scrape) => scrape.series.some(isErrors));
    expect(firstBad?.timeMs).toBeGreaterThan(START_MS + outage.from * 1000);
  });
});

describe("the truth of an alert", () => {
  test("begins after the failure, and ends when the short window is clean again", () => {
    const truth = truthOf(simulate(scenario), { settleMs: 0 });
    const instants = Array.from({ length: 120 }, (_, index) => START_MS + index * 30_000);
    const [pageFast] = WORKBOOK_TIERS;
    const spans = spansWhere(instants, (t) => pageFast !== undefined && mustFire(truth, pageFast, 0.001, t));
    expect(spans).toHaveLength(1);
    const { from = 0, to = 0 } = spans[0] ?? {};
    expect(from - START_MS).toBeGreaterThan(outage.from * 1000);
    expect(from - START_MS).toBeLessThan((outage.from + 240) * 1000);
    expect(to - START_MS).toBeLessThanOrEqual((outage.to + 360) * 1000);
  });
});

/** What the counters of a metric gained, read from the samples alone: nothing restarts in these histories. */
function gained({ series, scrapes }: World, metric: string): number {
  return series.reduce(
    (sum, labels, number) => (labels.__name__ === metric ? sum + gain(labels, number, scrapes) : sum),
    0,
  );
}

/** A series of errors is born at zero; the others are older than the history. */
function gain({ __name__ }: Labels, number: number, scrapes: readonly Scrape[]): number {
  const values = scrapes.flatMap((scrape) => scrape.values[scrape.series.indexOf(number)] ?? []);
  return (values.at(-1) ?? 0) - (__name__ === "errors_total" ? 0 : (values[0] ?? 0));
}
