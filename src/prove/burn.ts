/** Every tier of an SLO fires in a history of its own, when its error ratio asks for it and no earlier. */
import type { SloPlan } from "../compile/plan.ts";
import type { Platform } from "../model/service.ts";
import { printSeconds } from "../promql/duration.ts";
import { exact, printNumber } from "../promql/number.ts";
import { type Expected, expectedOf, fires, firesWith, notYet, silent } from "./alerts.ts";
import { type Candidate, candidates } from "./incidents.ts";
import { judge } from "./oracle.ts";
import { MOST_EVALUATIONS, type NotProven, type Proof, type Proven } from "./proof.ts";
import { countsOf, type Subject, seriesOf, watchOf } from "./subject.ts";
import { type Tier, tiersOf } from "./tiers.ts";
import { lengthOf, type Phase } from "./timeline.ts";

export function proveBurn(subject: Subject, plan: SloPlan, platform: Platform): Proven {
  const sent = new Set(plan.alerts.map(({ alert }) => alert));
  const tiers = tiersOf(subject.slo).filter(({ alert }) => sent.has(alert));
  const proven = tiers.map((tier) => proveTier(tier, tiers, subject, platform));
  return {
    proofs: proven.flatMap((each) => ("claims" in each ? [each] : [])),
    notProven: proven.flatMap((each) => ("why" in each ? [each] : [])),
  };
}

function proveTier(tier: Tier, tiers: readonly Tier[], subject: Subject, platform: Platform): Proof | NotProven {
  for (const candidate of candidates(tier, masksOf(tier, tiers), subject)) {
    const played = play(candidate, tier, tiers, subject);
    if (played) return proofOf(played, tier, subject, platform);
  }
  const { alert, name } = tier;
  return { alert, tier: name, why: `no history of at most ${MOST_EVALUATIONS} evaluations makes it fire alone` };
}

/** What holds an alert back while it fires: a page is told once, and a ticket not at all while there is a page. */
function masksOf(tier: Tier, tiers: readonly Tier[]): Tier[] {
  return tiers.filter((other) => other.severity === "page" && (tier.severity !== "page" || other.short < tier.short));
}

/** A history in which the tier is seen to rise, and to fall where it does. Times in evaluations. */
interface Played {
  readonly candidate: Candidate;
  readonly phases: readonly Phase[];
  readonly until: number;
  readonly before: number;
  readonly risen: number;
  readonly fallen?: { readonly last: number; readonly over: number };
}

function play(candidate: Candidate, tier: Tier, tiers: readonly Tier[], subject: Subject): Played | undefined {
  const { every } = subject.pace;
  const longest = [...candidate.before, ...candidate.during(MOST_EVALUATIONS * every)];
  const rise = riseOf(longest, tier, subject);
  if (!rise) return undefined;
  const lasts = (rise.risen + 4) * every - lengthOf(candidate.before);
  const phases = [...candidate.before, ...candidate.during(lasts), ...candidate.after];
  const fallen = candidate.after.length > 0 ? fallOf(phases, tier, subject) : undefined;
  if (candidate.after.length > 0 && !fallen) return undefined;
  const until = fallen ? fallen.over : rise.risen;
  const played = { candidate, phases, until, ...rise, ...(fallen ? { fallen } : {}) };
  return masksOf(tier, tiers).some((mask) => mayFire(mask, phases, until, subject)) ? undefined : played;
}

/** The last evaluation at which nothing can have fired yet, and the first at which it must. */
function riseOf(phases: readonly Phase[], tier: Tier, subject: Subject): Pick<Played, "before" | "risen"> | undefined {
  const { must, may } = verdictsOf(tier, phases, subject);
  const [risen, first] = [must.indexOf(true), may.indexOf(true)];
  return risen < 0 || first < 1 ? undefined : { before: first - 1, risen };
}

function fallOf(phases: readonly Phase[], tier: Tier, subject: Subject): Played["fallen"] {
  const { must, may } = verdictsOf(tier, phases, subject);
  const [last, over] = [must.lastIndexOf(true), may.lastIndexOf(true) + 1];
  return over < 1 || over >= may.length ? undefined : { last, over };
}

function mayFire(tier: Tier, phases: readonly Phase[], until: number, subject: Subject): boolean {
  return verdictsOf(tier, phases, subject)
    .may.slice(0, until + 1)
    .includes(true);
}

function verdictsOf(tier: Tier, phases: readonly Phase[], subject: Subject) {
  const until = MOST_EVALUATIONS * subject.pace.every;
  return judge(tier, countsOf(phases, until, subject), watchOf(subject, isSlow(tier)));
}

/** Pages read what was just counted, up to six hours of it; the rest may wait for two tiles. */
function isSlow({ severity, long }: Tier): boolean {
  return severity !== "page" || long > 6 * 3600;
}

function proofOf(played: Played, tier: Tier, subject: Subject, platform: Platform): Proof {
  const { slo, pace, groups } = subject;
  const { phases, before, risen, fallen, until } = played;
  const expected = expectedTier(tier, subject, platform);
  const at = (evaluation: number): number => evaluation * pace.every;
  return {
    scenario: tier.name,
    subject: slo.name,
    story: storyOf(played, tier, subject),
    everySeconds: pace.scrape,
    untilSeconds: at(until),
    series: (untilSeconds) => seriesOf(phases, untilSeconds, subject),
    claims: [
      notYet(expected, at(before)),
      firesWith(expected, groups, at(risen)),
      ...(fallen ? [fires(expected, groups.length, at(fallen.last)), silent(expected, at(fallen.over))] : []),
    ],
    proves: [{ alert: tier.alert, tier: tier.name }],
  };
}

function expectedTier(tier: Tier, { slo }: Subject, platform: Platform): Expected {
  const own = { alert: tier.alert, tier: tier.name, severity: tier.severity };
  const windows = { long: printSeconds(tier.long), short: printSeconds(tier.short) };
  return expectedOf(slo, platform, own, { ...slo.alerting.overrides?.[tier.name]?.labels, ...windows });
}

function storyOf({ candidate, risen, fallen, phases }: Played, tier: Tier, { pace }: Subject): string {
  const began = lengthOf(candidate.before);
  const fired = `${tier.name} fires ${printSeconds(risen * pace.every - began)} after ${candidate.words} begin`;
  if (!fallen) return fired;
  const ended = lengthOf(phases.slice(0, phases.length - candidate.after.length));
  return `${fired}, and ends ${printSeconds(fallen.over * pace.every - ended)} after that is over`;
}

/** `1.3 %`. */
export function percent(share: number): string {
  return `${printNumber(exact(Math.round(share * 1e5) / 1e3))} %`;
}
