/** The histories that prove an SLO's short tiers: from raw series to firing alerts. */
import { isLong } from "../compile/measure.ts";
import { detectionSeconds } from "../compile/maths.ts";
import type { SloPlan, TierPlan } from "../compile/plan.ts";
import { printPercent } from "../compile/explain.ts";
import { kindOf } from "../sli/index.ts";
import type { History } from "../sli/kind.ts";
import { judge, type Judgement } from "./alert-oracle.ts";
import { baseTicks } from "./base-oracle.ts";
import { fires, neverFired, riseAndFall, silent } from "./claims.ts";
import type { Claim, Proof } from "./proof.ts";
import { rawSeries } from "./raw-series.ts";
import { lengthOf, type Phase, steps } from "./timeline.ts";

type Labels = Readonly<Record<string, string>>;

/** An SLO with the history that its kind can write. */
interface Subject {
  readonly plan: SloPlan;
  readonly history: History;
  readonly tiers: readonly TierPlan[];
  readonly groups: readonly Labels[];
}

const LEAD_SECONDS = 600;

/** Proofs of the tiers that read the base; undefined where no history can be derived from the declaration. */
export function proveShortTiers(plan: SloPlan): Proof[] | undefined {
  const history = kindOf(plan.slo.sli).history(plan.slo.sli, plan.measure.base);
  if (!history) return undefined;
  const tiers = plan.tiers.filter((tier) => !isLong(tier.longSeconds));
  const subject: Subject = { plan, history, tiers, groups: testGroups(plan, history) };
  return [
    ...fullOutage(subject),
    ...tiers.flatMap((tier) => aroundThreshold(tier, subject)),
    ...noTraffic(subject),
    ...coldStart(subject),
    ...quietNight(subject),
    ...deadTargets(subject),
  ];
}

/** Two groups where a label is free, so that two burn at once; else the one that the selector fixes. */
function testGroups({ groupLabels }: SloPlan, history: History): Labels[] {
  const fixed = history.series[0]?.labels ?? {};
  const named = (value: string): Labels => Object.fromEntries(groupLabels.map((label) => [label, fixed[label] ?? value]));
  const free = groupLabels.some((label) => fixed[label] === undefined);
  return free ? [named("a"), named("b")] : [named("a")];
}

function fullOutage(subject: Subject): Proof[] {
  const { plan, tiers, groups } = subject;
  if (tiers.length === 0) return [];
  const detection = Math.max(...tiers.map((tier) => detectionSeconds(tier.longSeconds, tier.threshold, 1) + tier.forSeconds));
  const reset = Math.max(...tiers.map((tier) => tier.shortSeconds));
  const phases = [good(LEAD_SECONDS), bad(detection + 600, 1), good(reset + 600)];
  const claims = tiers.flatMap((tier) => riseAndFall(plan, tier.name, groups, judged(tier, phases, subject)));
  return [proof("outage", "a full outage fires in time and recovery resolves it", phases, claims, subject)];
}

/** Rates of errors just below and just above, where the kind has them; else the longest harmless burst and one reading more. */
function aroundThreshold(tier: TierPlan, subject: Subject): Proof[] {
  const gradual = subject.history.type !== "gauge" || subject.plan.slo.sli.kind === "ratio";
  return gradual ? ratesAround(tier, subject) : burstsAround(tier, subject);
}

function ratesAround(tier: TierPlan, subject: Subject): Proof[] {
  const { plan, groups } = subject;
  const above = Math.min(1, 1.1 * tier.threshold);
  const below = bad(tier.longSeconds, 0.9 * tier.threshold);
  const rise = riseSeconds(judged(tier, [below, bad(0.75 * tier.longSeconds + tier.forSeconds + 600, above)], subject));
  if (rise === undefined) return [];
  const phases = [below, bad(rise - tier.longSeconds + 4 * plan.slo.scrapeSeconds, above)];
  const claims = [neverFired(plan, tier.name, floorTo(tier.longSeconds, plan)), ...riseAndFall(plan, tier.name, groups, judged(tier, phases, subject))];
  const name = `${tier.name} is silent at 0.9 of its burn and fires at ${above === 1 ? "a full outage" : "1.1"}`;
  return [proof(`around ${tier.name}`, name, phases, claims, subject)];
}

function riseSeconds({ verdicts, everySeconds }: Judgement): number | undefined {
  const rise = verdicts.indexOf("firing");
  return rise < 0 ? undefined : rise * everySeconds;
}

function burstsAround(tier: TierPlan, subject: Subject): Proof[] {
  const { plan, groups } = subject;
  const tail = tier.shortSeconds + 600;
  const burst = (readings: number): Phase[] => [good(LEAD_SECONDS), bad(readings * plan.slo.scrapeSeconds, 1), good(tail)];
  const least = firstFiringBurst(tier, burst, subject);
  if (least === undefined) return [];
  const above = burst(least);
  const below = burst(least - 1);
  const harmless = least === 1 ? [] : [
    proof(`below ${tier.name}`, `${tier.name} is silent after ${least - 1} bad readings`, below, [neverFired(plan, tier.name, floorTo(lengthOf(below), plan))], subject),
  ];
  return [
    ...harmless,
    proof(`around ${tier.name}`, `${tier.name} fires after ${least} bad readings`, above, riseAndFall(plan, tier.name, groups, judged(tier, above, subject)), subject),
  ];
}

/** The smallest burst that fires, when the one before it is clearly silent. */
function firstFiringBurst(tier: TierPlan, burst: (readings: number) => Phase[], subject: Subject): number | undefined {
  const most = Math.ceil(tier.longSeconds / subject.plan.slo.scrapeSeconds);
  for (let readings = 1; readings <= most; readings++) {
    const { verdicts } = judged(tier, burst(readings), subject);
    if (verdicts.includes("firing")) return readings;
    if (verdicts.includes("unclear")) return undefined;
  }
  return undefined;
}

function noTraffic(subject: Subject): Proof[] {
  if (subject.history.type === "gauge") return [];
  const phases = [good(LEAD_SECONDS), { ...good(1800), units: 0 }];
  return silentProof("no traffic", "no traffic is silent", phases, subject);
}

/** The missing part of a window counts as good: a blip does not become an incident because the rules are new. */
function coldStart(subject: Subject): Proof[] {
  const tolerable = Math.min(...subject.tiers.map((tier) => tier.threshold * tier.longSeconds)) / 2;
  const share = subject.history.type === "gauge" ? 1 : Math.min(0.02, Math.max(1e-5, tolerable / 180));
  const length = subject.history.type === "gauge" ? subject.plan.slo.scrapeSeconds : 180;
  return silentProof("cold start", `a blip of ${printPercent(share)} right after a cold start is silent`, [bad(length, round(share)), good(1800)], subject);
}

function quietNight(subject: Subject): Proof[] {
  const { slo } = subject.plan;
  if (subject.history.type === "gauge" || (slo.minBad === undefined && slo.minEvents === undefined)) return [];
  const quiet = (seconds: number, share: number): Phase => ({ seconds, bad: share, units: 1 });
  const phases = [quiet(1800, 0), quiet(slo.scrapeSeconds, 1), quiet(1800, 0)];
  return silentProof("quiet night", "one error in a quiet night is silent", phases, subject);
}

function silentProof(scenario: string, name: string, phases: Phase[], subject: Subject): Proof[] {
  const certain = subject.tiers.length > 0 && subject.tiers.every((tier) => judged(tier, phases, subject).verdicts.every((verdict) => verdict === "silent"));
  return certain ? [proof(scenario, name, phases, [neverFired(subject.plan, undefined, floorTo(lengthOf(phases), subject.plan))], subject)] : [];
}

/** The page of an outage holds when its targets die, and their death pages too. */
function deadTargets(subject: Subject): Proof[] {
  const { plan, groups } = subject;
  const page = subject.tiers.find((tier) => tier.severity === "page");
  if (subject.history.type === "gauge" || !page || plan.slo.noTraffic !== "ignore" || !plan.slo.absence.noData) return [];
  const burning = detectionSeconds(page.longSeconds, page.threshold, 1) + page.forSeconds + 600;
  const phases = [good(LEAD_SECONDS), bad(burning, 1), { ...good(plan.slo.absence.forSeconds + 900), alive: false }];
  const end = floorTo(lengthOf(phases), plan);
  const held = judged(page, phases, subject).verdicts.at(-1);
  const down = fires(plan, "targets-down", groups, end);
  const claims = [...(held === "firing" ? [fires(plan, page.name, groups, end)] : []), down, silent(plan, "no-data", end)];
  return [proof("dead targets", "dead targets do not resolve a page", phases, claims, subject)];
}

function judged(tier: TierPlan, phases: readonly Phase[], { plan, history }: Subject): Judgement {
  const slice = "slice" in plan.slo.sli ? plan.slo.sli.slice : 60;
  const ticks = baseTicks(history, steps(rounded(phases, plan), plan.slo.scrapeSeconds), plan.measure.base, slice);
  return judge(tier, plan.slo, plan.measure, ticks);
}

function proof(scenario: string, name: string, phases: readonly Phase[], claims: readonly Claim[], { plan, history, groups }: Subject): Proof {
  const timeline = steps(rounded(phases, plan), plan.slo.scrapeSeconds);
  const input = groups.flatMap((group) => rawSeries(history, timeline, plan, group));
  return { scenario, name: `${plan.slo.name}: ${name}`, everySeconds: plan.slo.scrapeSeconds, input: unique(input), claims };
}

/** A target that serves both groups is one target. */
function unique<T extends { readonly series: string }>(series: readonly T[]): T[] {
  return [...new Map(series.map((one) => [one.series, one])).values()];
}

/** Whole scrapes and whole evaluations, so that claims fall on instants at which rules run. */
function rounded(phases: readonly Phase[], { slo }: SloPlan): Phase[] {
  const unit = leastCommonMultiple(slo.scrapeSeconds, slo.evaluationSeconds);
  const real = phases.filter((phase) => phase.seconds > 0);
  return real.map((phase) => ({ ...phase, seconds: phase.seconds <= slo.scrapeSeconds ? slo.scrapeSeconds : Math.ceil(phase.seconds / unit) * unit }));
}

function floorTo(seconds: number, { slo }: SloPlan): number {
  return Math.floor(seconds / slo.evaluationSeconds) * slo.evaluationSeconds;
}

function leastCommonMultiple(a: number, b: number): number {
  const divisor = (x: number, y: number): number => (y === 0 ? x : divisor(y, x % y));
  return (a * b) / divisor(a, b);
}

function good(seconds: number): Phase {
  return { seconds, bad: 0 };
}

function bad(seconds: number, share: number): Phase {
  return { seconds, bad: round(share) };
}

function round(share: number): number {
  return Math.round(share * 1e6) / 1e6;
}
