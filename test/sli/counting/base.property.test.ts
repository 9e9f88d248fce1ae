/** Law of the base: over any history of scrapes, restarts and births, what was visible is counted once. */
import fc from "fast-check";
import { test } from "vitest";
import { describeWithEngine } from "../../support/engines.ts";
import { counted, expectHistories, type History, planOf } from "../history.ts";

/** Values are written every 5s, so that scrapes may be early or late. */
const SECONDS = 5;
const SCRAPES = 60;

interface Scrape {
  /** In steps of 5s: at most one early or late. */
  readonly jitter: number;
  readonly missed: boolean;
  readonly growth: number;
  readonly restarts: boolean;
}

const scrape: fc.Arbitrary<Scrape> = fc.record({
  jitter: fc.integer({ min: -1, max: 1 }),
  missed: fc.integer({ min: 0, max: 4 }).map((dice) => dice === 0),
  growth: fc.oneof(fc.constant(0), fc.nat(50)),
  restarts: fc.integer({ min: 0, max: 19 }).map((dice) => dice === 0),
});

/** The first scrape is not missed, and never more than four in a row. */
const history = fc
  .record({
    scrapes: fc.array(scrape, { minLength: SCRAPES, maxLength: SCRAPES }),
    start: fc.nat(1e6),
    bornLate: fc.integer({ min: 2, max: SCRAPES - 2 }),
  })
  .map(({ scrapes, ...rest }) => ({
    ...rest,
    scrapes: scrapes.map((one, index) => ({ ...one, missed: one.missed && index % 5 !== 0 })),
  }));

/** Readings at their steps of 5s. */
function readings(scrapes: readonly Scrape[], start: number): Map<number, number> {
  let value = start;
  const found = new Map<number, number>();
  scrapes.forEach(({ jitter, missed, growth, restarts }, index) => {
    value = restarts ? growth : value + growth;
    if (!missed) found.set(index * 6 + (index === 0 ? 0 : jitter), value);
  });
  return found;
}

/** The differences of what was read; after a reset, what was read. */
function visible(values: Iterable<number>): number {
  let [sum, before] = [0, undefined as number | undefined];
  for (const value of values) {
    if (before !== undefined) sum += value >= before ? value - before : value;
    before = value;
  }
  return sum;
}

function text(values: ReadonlyMap<number, number>): string {
  return Array.from({ length: SCRAPES * 6 + 60 }, (_, step) => values.get(step) ?? "_").join(" ");
}

function historyOf({
  scrapes,
  start,
  bornLate,
}: {
  scrapes: readonly Scrape[];
  start: number;
  bornLate: number;
}): History {
  const requests = readings(scrapes, start);
  const errors = new Map(
    [
      ...readings(
        scrapes.map((one, index) => ({ ...one, growth: index < bornLate ? 0 : one.growth })),
        0,
      ),
    ].filter(([step]) => step >= bornLate * 6 - 1),
  );
  const [firstErrors = 0] = errors.values();
  const up = Array.from({ length: SCRAPES * 6 + 60 }, (_, step) => (requests.has(step) ? 1 : "_")).join(" ");
  return {
    every: `${SECONDS}s`,
    series: {
      'up{job="j",instance="i"}': up,
      'requests_total{job="j",instance="i"}': text(requests),
      'errors_total{job="j",instance="i"}': text(errors),
    },
    expectations: [
      ["34m30s", counted("total"), { "{}": visible(requests.values()) }],
      ["34m30s", counted("bad"), { "{}": visible(errors.values()) + firstErrors }],
    ],
  };
}

describeWithEngine("promtool", "any history", () => {
  test("of jittered and missed scrapes, restarts and late births is counted exactly", () => {
    const histories = fc.sample(history, { numRuns: 25, seed: 42 }).map(historyOf);
    return expectHistories(
      planOf({ sli: { kind: "events", total: "requests_total", bad: "errors_total" } }),
      histories,
    );
  });
});
