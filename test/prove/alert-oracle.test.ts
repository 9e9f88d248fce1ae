/** The oracle of the generated tests: when a tier must fire, by arithmetic that owes nothing to PromQL. */
import { describe, expect, test } from "vitest";
import { detectionSeconds, resetSeconds } from "../../src/compile/maths.ts";
import type { SloPlan, TierPlan } from "../../src/compile/plan.ts";
import type { SloDeclaration } from "../../src/model/declaration.ts";
import { judge, type Verdict } from "../../src/prove/alert-oracle.ts";
import { planOf } from "../sli/history.ts";

const sli = { kind: "events", total: "a_total", bad: "b_total" } as const;

/** `[seconds, share of bad events]`; `undefined` is no sample. */
type Phase = readonly [seconds: number, bad: number | undefined];

/** The times at which a tier's verdict changes, in seconds, with the verdict. */
function changes(
  change: Partial<SloDeclaration>,
  tierName: string,
  phases: readonly Phase[],
  units = 1000,
): (readonly [number, Verdict])[] {
  const plan = planOf({ sli, ...change }).services[0]?.slos[0] as SloPlan;
  const tier = plan.tiers.find(({ name }) => name === tierName) as TierPlan;
  const shares = phases.flatMap(([seconds, bad]) => Array<number | undefined>(seconds / 30).fill(bad));
  const ticks = {
    total: shares.map((share) => (share === undefined ? undefined : units)),
    bad: shares.map((share) => (share === undefined ? undefined : share * units)),
  };
  const { verdicts, everySeconds } = judge(tier, plan.slo, plan.measure, [ticks]);
  return verdicts.flatMap((verdict, index) =>
    index > 0 && verdict === verdicts[index - 1] ? [] : [[index * everySeconds, verdict] as const],
  );
}

const HOUR = 3600;

describe("a tier", () => {
  test("fires when the formula says, to the evaluation, and resolves then", () => {
    const found = changes({}, "page-fast", [
      [2 * HOUR, 0],
      [HOUR, 0.05],
      [HOUR, 0],
    ]);
    const fires = 2 * HOUR + detectionSeconds(HOUR, 0.0144, 0.05);
    const resolves = 3 * HOUR + resetSeconds(300, 0.0144, 0.05);
    expect(found.map(([, verdict]) => verdict)).toEqual(["silent", "firing", "silent"]);
    expect(Math.abs((found[1]?.[0] ?? 0) - fires)).toBeLessThanOrEqual(30);
    expect(Math.abs((found[2]?.[0] ?? 0) - resolves)).toBeLessThanOrEqual(30);
  });

  test("is silent exactly at its threshold, or unclear", () => {
    expect(changes({}, "page-fast", [[4 * HOUR, 0.0144]]).map(([, verdict]) => verdict)).not.toContain("firing");
  });

  test("is silent without events", () => {
    expect(
      changes({}, "page-fast", [
        [HOUR, undefined],
        [HOUR, undefined],
      ]),
    ).toEqual([[0, "silent"]]);
  });

  test("counts what it has not seen as good", () => {
    expect(
      changes({}, "page-fast", [
        [60, 0.5],
        [HOUR, 0],
      ]),
    ).toEqual([[0, "silent"]]);
  });

  test("waits for as long as it is told", () => {
    const at = (alerting: object): number =>
      changes({ alerting }, "page-fast", [
        [2 * HOUR, 0],
        [HOUR, 0.5],
      ]).find(([, verdict]) => verdict === "firing")?.[0] ?? 0;
    expect(at({ for: "3m" }) - at({})).toBe(180);
    expect(at({ for: "100s" }) - at({})).toBe(120);
  });

  // `keep_firing_for` begins at the first evaluation that gives no sample.
  test("fires on for as long as it is told", () => {
    const end = (alerting: object): number =>
      changes({ alerting }, "page-fast", [
        [2 * HOUR, 0],
        [HOUR, 0.5],
        [HOUR, 0],
      ]).at(-1)?.[0] ?? 0;
    expect(end({ keepFiringFor: "5m" }) - end({})).toBe(300);
  });

  test("is unclear, and not silent, where `for` begins at a tie", () => {
    const verdicts = changes({ alerting: { for: "1m" }, minBad: 2000 }, "page-fast", [
      [2 * HOUR, 0],
      [HOUR, 0.5],
    ]);
    expect(verdicts.map(([, verdict]) => verdict)).toEqual(["silent", "unclear", "firing"]);
  });

  test.each([
    [{ minEvents: 200_000 }, "silent"],
    [{ minEvents: 60_000 }, "firing"],
    [{ minBad: 70_000 }, "silent"],
    [{ minBad: 100 }, "firing"],
  ] as const)("guarded by %j is %s", (guards, verdict) => {
    expect(
      changes(guards, "page-fast", [
        [2 * HOUR, 0],
        [HOUR, 0.5],
      ]).at(-1)?.[1],
    ).toBe(verdict);
  });

  test("that pages holds when its group vanishes while it fires, a ticket does not", () => {
    const tiers: SloDeclaration["alerting"] = {
      tiers: [
        { name: "p", severity: "page", long: "1h", short: "5m", burn: 10 },
        { name: "t", severity: "ticket", long: "1h", short: "5m", burn: 1 },
      ],
    };
    const end = (tier: string): number =>
      changes({ alerting: tiers }, tier, [
        [HOUR, 0],
        [1800, 1],
        [3 * HOUR, undefined],
      ]).at(-1)?.[0] ?? 0;
    expect(end("t") - 5400).toBeLessThanOrEqual(300);
    expect(end("p") - 5400).toBeGreaterThan(1800);
  });

  test("that had recovered does not page again when its group vanishes", () => {
    const found = changes({}, "page-fast", [
      [HOUR, 0],
      [600, 1],
      [600, 0],
      [HOUR, undefined],
    ]);
    expect(found.map(([, verdict]) => verdict)).toEqual(["silent", "firing", "silent"]);
  });
});

describe("a tier that reads tiles", () => {
  test("is evaluated every tile and fires a tile later at most", () => {
    const found = changes({}, "ticket-slow", [
      [10 * 24 * HOUR, 0],
      [12 * HOUR, 0.05],
      [24 * HOUR, 0],
    ]);
    expect(found.map(([, verdict]) => verdict)).toEqual(["silent", "firing", "silent"]);
    const fires = 10 * 24 * HOUR + detectionSeconds(72 * HOUR, 0.001, 0.05);
    expect((found[1]?.[0] ?? 0) % 240).toBe(0);
    expect(Math.abs((found[1]?.[0] ?? 0) - fires)).toBeLessThanOrEqual(270);
  });
});
