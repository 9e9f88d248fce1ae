/** What the simulation says fires is what fires in promtool, with the same rules over the same history. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Duration, events, latency, probe, type SloDeclaration, type TierDeclaration } from "../../src/index.ts";
import { historyOf, type Stretch } from "../../src/simulate/history.ts";
import { recordedOf, wholeSliceSeconds } from "../../src/simulate/recorded.ts";
import { firingsOf } from "../../src/simulate/ruler.ts";
import { watchedOf } from "../../src/simulate/watched.ts";
import { planOf } from "../diff/planned.ts";
import { describeWithEngine } from "../support/engines.ts";
import { objections, type Said } from "./promtool.ts";

interface Played {
  readonly slo: Partial<SloDeclaration>;
  readonly stretches: readonly Stretch[];
}

describeWithEngine("promtool", "the simulation", () => {
  test("says when a full outage pages and when that ends", async () => {
    const outage = [quiet(7200), { seconds: 1800, rate: 100, bad: [1, 1] } as const, quiet(7200)];
    const { plan, said } = simulated([{ slo: {}, stretches: outage }]);
    expect(said[0]?.firings.map((spans) => spans.length)).toEqual([1, 0, 0, 0]);
    expect(await objections(plan, said)).toBe("");
  });

  test("says when a probe that fails pages", async () => {
    const stretches = [quiet(3600), { seconds: 900, rate: 1, bad: [1, 1] } as const, quiet(3600)];
    const { plan, said } = simulated([{ slo: { objective: 99, sli: probe({ metric: "probe_success" }) }, stretches }]);
    expect(said[0]?.firings[0]).toHaveLength(1);
    expect(await objections(plan, said)).toBe("");
  });

  test("agrees on any policy and any history", async () => {
    const some = fc.array(played, { minLength: 3, maxLength: 3 });
    const fired: number[] = [];
    await fc.assert(
      fc.asyncProperty(some, async (all) => {
        const { plan, said } = simulated(all);
        fired.push(...said.map(({ firings }) => firings.flat().length));
        expect(await objections(plan, said)).toBe("");
      }),
      { numRuns: Number(process.env.FIREBREAK_RUNS ?? 4), endOnFailure: true },
    );
    // Agreement on silence alone would say nothing.
    expect(Math.max(...fired)).toBeGreaterThan(0);
  });
});

function quiet(seconds: number): Stretch {
  return { seconds, rate: 100, bad: [0, 0] };
}

const windows = fc.constantFrom<readonly [Duration, Duration]>(
  ["20m", "2m"],
  ["30m", "5m"],
  ["1h", "5m"],
  ["2h", "30m"],
  ["3h", "40m"],
  ["6h", "30m"],
);

const holds = fc.constantFrom<Duration | undefined>(undefined, undefined, "1m", "4m");

// Crooked numbers: nothing is expected of what only rounding decides.
const tier = fc
  .record({
    windows,
    severity: fc.constantFrom("page", "ticket"),
    burn: fc.constantFrom(1.013, 2.017, 6.031, 14.437),
    held: holds,
  })
  .map(({ windows: [long, short], severity, burn, held }, index = 0) => ({
    ...{ name: `tier-${index}`, severity, long, short, burn },
    ...(held === undefined ? {} : { for: held }),
  }));

const tiers = fc
  .array(tier, { minLength: 1, maxLength: 3 })
  .map((some) => some.map((each, index) => ({ ...each, name: `tier-${"abc"[index]}` }) as TierDeclaration));

const alerting = fc.record(
  { tiers, keepFiringFor: fc.constantFrom<Duration>("2m", "10m"), threshold: fc.constantFrom("static", "traffic") },
  { requiredKeys: ["tiers"] },
);

const kinds = ["events", "latency", "native", "sliced", "probe"] as const;
type Kind = (typeof kinds)[number];

const slo = fc
  .record(
    {
      objective: fc.constantFrom(99.9, 99, 95),
      window: fc.constantFrom<Duration>("30d", "7d", "1d"),
      alerting,
      minBad: fc.constantFrom(1, 5, 40),
      minEvents: fc.constantFrom(10, 20_000),
      kind: fc.constantFrom(...kinds),
    },
    { requiredKeys: ["objective", "window", "alerting", "kind"] },
  )
  // Thresholds know the traffic of events alone.
  .filter(({ kind, alerting: { threshold } }) => threshold !== "traffic" || !["sliced", "probe"].includes(kind));

const share = fc.constantFrom(0, 0, 0.0007, 0.003, 0.02, 0.11, 0.43, 1);

const stretch = fc
  .record({
    seconds: fc.integer({ min: 1, max: 180 }).map((scrapes) => scrapes * 30),
    rate: fc.constantFrom(0, 0.01, 1, 37, 200),
    from: share,
    to: share,
  })
  .map(({ from, to, ...rest }): Stretch => ({ ...rest, bad: [from, to] }));

const played: fc.Arbitrary<Played> = fc
  .tuple(slo, fc.array(stretch, { minLength: 2, maxLength: 8 }))
  .map(([{ kind, ...rest }, stretches]) => ({
    slo: { ...rest, ...measuredBy(kind) } as Partial<SloDeclaration>,
    // A gauge has a reading whatever happens.
    stretches: kind === "probe" ? stretches.map((each) => ({ ...each, rate: Math.max(1, each.rate) })) : stretches,
  }));

/** Metrics are named when it is known which of several SLOs it is. */
function measuredBy(kind: Kind): Partial<SloDeclaration> {
  if (kind === "probe") return { sli: probe({ metric: "NAME_up" }) };
  if (kind === "latency") return { sli: latency({ histogram: "NAME_seconds", threshold: "1s" }) };
  if (kind === "native") return { sli: latency({ histogram: "NAME_seconds", threshold: "1s", type: "native" }) };
  return kind === "sliced" ? { budgeting: { kind: "timeSlices", slice: "1m", target: 95 } } : {};
}

function simulated(all: readonly Played[]) {
  const slos = all.map(({ slo: own }, index): SloDeclaration => {
    const name = `slo-${index}`;
    const sli = own.sli ?? events({ total: "NAME_total", bad: "NAME_bad_total" });
    const named = JSON.parse(JSON.stringify(sli).replaceAll("NAME", `m${index}`)) as SloDeclaration["sli"];
    return { objective: 99.9, ...own, name, sli: named };
  });
  const buckets = Object.fromEntries(slos.map((_slo, index) => [`m${index}_seconds`, [0.5, 1, 2]]));
  const plan = planOf({ name: "shop", owner: "web", runbooks: "https://runbooks.example.com", slos }, { buckets });
  const said = plan.services
    .flatMap((service) => service.slos)
    .map((planned): Said => {
      const stretches = all[Number(planned.slo.name.slice(4))]?.stretches ?? [];
      const history = historyOf(stretches, planned.slo.scrapeSeconds, wholeSliceSeconds(planned));
      // promtool evaluates every group at every evaluation.
      const watched = watchedOf(planned, planned.slo.evaluationSeconds);
      return { slo: planned, history, firings: firingsOf(watched, recordedOf(history, planned)) };
    });
  return { plan, said };
}
