/** The oracle of experiments: textbook figures, and what they mean for whoever is notified. */
import { describe, expect, test } from "vitest";
import { alertsAt, type Pair, sigmasBetween, verdictOf } from "../../../src/prove/experiment/oracle.ts";

const bounds = { windowSeconds: 3600, minSample: 500, sigma: 4, atLeast: 0, forSeconds: 480 };
const pair = (bad: number, total = 6000, usual = 120): Pair => ({
  variant: { total, bad },
  baseline: { total: 6000, bad: usual },
});
const notified = (change: Partial<typeof bounds>, until: number): number[] =>
  alertsAt({ ...bounds, ...change }, [{ fromSeconds: 240, ...pair(240) }], 60, until).flatMap((fires, index) =>
    fires ? [index * 60] : [],
  );

describe("the oracle of experiments", () => {
  // 2% against 4%: 0.02 / sqrt((241 · 5761 + 121 · 5881) / 6002³).
  test("knows the textbook's figure", () => expect(sigmasBetween(pair(240))).toBeCloseTo(6.4175, 4));

  // Nine of 500 against none is chance once in 500 times, 18 once in 250 thousand.
  test("takes no group without a bad event for one that cannot fail", () => {
    const against = (bad: number) => sigmasBetween({ variant: { total: 500, bad }, baseline: { total: 500, bad: 0 } });
    expect([against(9) < 3, against(17) < 4, against(18) > 4]).toEqual([true, true, true]);
  });

  test("says worse, better, no different and too few", () =>
    expect([pair(240), pair(30), pair(125), pair(240, 499)].map((each) => verdictOf(bounds, each))).toEqual([
      "worse",
      "better",
      "same",
      "tooFew",
    ]));

  test("sees no difference where nothing went wrong", () => expect(verdictOf(bounds, pair(0, 6000, 0))).toBe("same"));

  test("waits for as long as the experiment says, and forgets what has left the window", () => {
    expect(notified({}, 840)).toEqual([720, 780, 840]);
    expect(notified({ windowSeconds: 600 }, 3600)).toEqual([720, 780]);
  });

  test("tells nobody of what does not matter", () => expect(notified({ atLeast: 0.02001 }, 840)).toEqual([]));
});
