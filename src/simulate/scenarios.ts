/** The histories that every SLO is shown: what happens, for how long, and in what words. Times in seconds. */
import type { SloPlan } from "../compile/plan.ts";
import { printSeconds } from "../promql/duration.ts";
import { exact, printNumber, printPercent } from "../promql/number.ts";
import { DAY, HOUR, MINUTE } from "../time/units.ts";
import { someStart } from "./excluded.ts";
import { type Stretch, sumOf } from "./history.ts";

export interface Scenario {
  readonly name: string;
  /** What happens, as a part of a sentence. */
  readonly words: string;
  /** Whether the rules have run before; else they are new. */
  readonly isKnown: boolean;
  /** Unix seconds of its beginning, where exclusions matter. */
  readonly origin?: number;
  readonly before: readonly Stretch[];
  readonly incident: readonly Stretch[];
}

const MONTH = 30 * DAY;

/** @param rate - Events per second as a rule; undefined where slices are counted, which do not depend on them. */
export function scenariosOf(plan: SloPlan, rate: number | undefined): Scenario[] {
  const { slo, tiers } = plan;
  const usual = rate ?? 1;
  const steady = (seconds: number, bad: number, part = 1): Stretch => ({
    seconds,
    rate: usual * part,
    bad: [bad, bad],
  });
  const { errorBudget, windowSeconds } = slo;
  const slow = Math.max(DAY, 2 * Math.max(0, ...tiers.map(({ longSeconds }) => longSeconds)));
  const creep = Math.max(HOUR, Math.round((DAY * windowSeconds) / MONTH / HOUR) * HOUR);
  const top = Math.min(1, exact(20 * errorBudget));
  const all: Omit<Scenario, "isKnown" | "before">[] = [
    scenario("full-outage", "everything fails", [steady(30 * MINUTE, 1)]),
    scenario("one-percent", "1% fails", [steady(6 * HOUR, 0.01)]),
    scenario("slow-burn", `${printPercent(1.5 * errorBudget)} fails, 1.5× the budget`, [
      steady(slow, 1.5 * errorBudget),
    ]),
    scenario(
      "flapping",
      "half of it fails, one minute in ten",
      Array.from({ length: 18 }, () => [steady(MINUTE, 0.5), steady(9 * MINUTE, 0)]).flat(),
    ),
    scenario("creep", `more and more fails, from nothing up to ${printPercent(top)}`, [
      { seconds: creep, rate: usual, bad: [0, top] },
    ]),
    scenario("deploy-spike", "30% fails after a deployment of the service", [steady(3 * MINUTE, 0.3)]),
    ...(rate === undefined ? [] : quietTimes(steady, rate)),
  ];
  const known = all.map((each) => ({ ...each, isKnown: true, before: [steady(10 * MINUTE, 0)] }));
  const fresh = scenario("new-rules", "everything fails two minutes after the rules are loaded", [
    steady(30 * MINUTE, 1),
  ]);
  const excluded = duringExclusion(plan, (seconds, bad) => steady(seconds, bad));
  return [...known, ...excluded, { ...fresh, isKnown: false, before: [steady(2 * MINUTE, 0)] }];
}

/** An outage that begins with an exclusion and outlasts it; none where nothing is excluded. */
function duringExclusion(plan: SloPlan, steady: (seconds: number, bad: number) => Stretch): Scenario[] {
  const [exclusion] = plan.slo.exclusions;
  const start = someStart(plan);
  if (exclusion === undefined || start === undefined) return [];
  const before = [steady(10 * MINUTE, 0)];
  const outage = [steady(exclusion.seconds, 1), steady(30 * MINUTE, 1)];
  const what = `everything fails from the beginning of ${exclusion.reason} (${exclusion.when}) until 30m after it`;
  return [{ ...scenario("excluded", what, outage), isKnown: true, before, origin: start - sumOf(before) }];
}

/** Where nothing or little happens. */
function quietTimes(steady: (seconds: number, bad: number, part?: number) => Stretch, rate: number) {
  const single: Stretch = { seconds: MINUTE, rate: 1 / MINUTE, bad: [1, 1] };
  return [
    scenario("idle-night", "nothing happens", [steady(8 * HOUR, 0, 0)]),
    scenario(
      "low-traffic",
      `only a hundredth of the traffic is left, ${perHour(rate / 100)} events an hour, and 10% of them fail`,
      [steady(6 * HOUR, 0.1, 0.01)],
    ),
    scenario("one-failure", "one request in an idle night, and it fails", [
      steady(4 * HOUR, 0, 0),
      single,
      steady(4 * HOUR, 0, 0),
    ]),
  ];
}

function scenario(name: string, what: string, incident: readonly Stretch[]) {
  return { name, words: `${what}, for ${printSeconds(sumOf(incident))}`, incident };
}

function perHour(rate: number): string {
  return printNumber(Number((rate * HOUR).toPrecision(2)));
}
