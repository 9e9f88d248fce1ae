/** The histories that prove an SLO's short tiers: from raw series to firing alerts. */
import { printPercent } from "../compile/explain-words.ts";
import { isLong } from "../compile/measure.ts";
import type { SloPlan, TierPlan } from "../compile/plan.ts";
import { detectionBy, resetBy } from "../compile/slice-maths.ts";
import { firedThroughout, fires, neverFired, riseAndFall, silentThroughout } from "./claims.ts";
import { isExcludedAt } from "./exclusion-oracle.ts";
import { ownObjectives } from "./group-objectives.ts";
import type { Proof } from "./proof.ts";
import { bad, endOf, good, judged, LEAD_SECONDS, proof, type Subject, subjectOf } from "./subject.ts";
import { aroundThreshold } from "./thresholds.ts";
import type { Phase } from "./timeline.ts";

/** Proofs of the tiers that read the base; undefined where no history can be derived from the declaration. */
export function proveShortTiers(plan: SloPlan): Proof[] | undefined {
  const subject = subjectOf(plan);
  if (!subject) return undefined;
  return [
    ...fullOutage(subject),
    ...ownObjectives(subject),
    ...subject.tiers.filter(isQuick).flatMap((tier) => aroundThreshold(tier, subject)),
    ...noTraffic(subject),
    ...coldStart(subject),
    ...quietNight(subject),
    ...deadTargets(subject),
  ];
}

/**
 * Tiers whose thresholds are proven from what the base has recorded: those that take hours, since all SLOs share such a
 * run, and those of expressions, which have no raw series that anybody could write.
 */
export function tiersFromBase(plan: SloPlan): TierPlan[] {
  const raw = subjectOf(plan) !== undefined;
  return plan.tiers.filter((tier) => !isLong(plan.measure, tier.longSeconds) && !(raw && isQuick(tier)));
}

const DAY = 86_400;

function isQuick({ longSeconds }: TierPlan): boolean {
  return longSeconds <= 3600;
}

function fullOutage(subject: Subject): Proof[] {
  const { plan, tiers, groups } = subject;
  if (tiers.length === 0) return [];
  const detection = Math.max(...tiers.map((tier) => detectionBy(plan.slo.budgeting, tier, 1) + tier.forSeconds));
  const reset = Math.max(...tiers.map((tier) => Math.max(tier.shortSeconds, resetBy(plan.slo.budgeting, tier, 1))));
  const phases = [good(LEAD_SECONDS), bad(detection + 600, 1), good(reset + 600)];
  const claims = tiers.flatMap((tier) => riseAndFall(plan, tier.name, groups, judged(tier, phases, subject)));
  return [proof("outage", "a full outage fires in time and recovery resolves it", phases, claims, subject)];
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
  return silentProof(
    "cold start",
    `a blip of ${printPercent(share)} right after a cold start is silent`,
    [bad(length, share), good(1800)],
    subject,
  );
}

/** So quiet that one error is more than the fastest tier allows, and only the guard keeps it silent. */
function quietNight(subject: Subject): Proof[] {
  const { slo } = subject.plan;
  if (subject.history.type === "gauge" || (slo.minBad === undefined && slo.minEvents === undefined)) return [];
  const quiet: Phase = { seconds: 1800, bad: 0, units: 0.1 };
  const phases = [quiet, { seconds: slo.scrapeSeconds, bad: 1, units: 1 }, quiet];
  return silentProof("quiet night", "one error in a quiet night is silent", phases, subject);
}

function silentProof(scenario: string, name: string, phases: Phase[], subject: Subject): Proof[] {
  const certain =
    subject.tiers.length > 0 &&
    subject.tiers.every((tier) => judged(tier, phases, subject).verdicts.every((verdict) => verdict === "silent"));
  return certain
    ? [proof(scenario, name, phases, [neverFired(subject.plan, undefined, endOf(phases, subject.plan))], subject)]
    : [];
}

/** The page of an outage holds when its targets die, and their death pages too. What had recovered stays quiet. */
function deadTargets(subject: Subject): Proof[] {
  const { plan } = subject;
  const page = subject.tiers.find((tier) => tier.severity === "page");
  // In an exclusion absence is no news, and these histories do not wait for its end.
  if (isExcludedAt(DAY, plan.slo, plan.measure, DAY)) return [];
  if (subject.history.type === "gauge" || !page || plan.slo.noTraffic !== "ignore" || !plan.slo.absence.noData)
    return [];
  const burning = detectionBy(plan.slo.budgeting, page, 1) + page.forSeconds + 600;
  const outage = [good(LEAD_SECONDS), bad(burning, 1)];
  return [diesBurning(page, outage, subject), diesRecovered(page, outage, subject)];
}

function diesBurning(page: TierPlan, outage: readonly Phase[], subject: Subject): Proof {
  const { plan, groups } = subject;
  const phases = [...outage, dead(plan)];
  const end = endOf(phases, plan);
  const { verdicts, everySeconds } = judged(page, phases, subject);
  const held = (verdicts.length - 1 - verdicts.lastIndexOf("silent")) * everySeconds;
  const holds = held > 0 ? [firedThroughout(plan, page.name, groups, end, held)] : [];
  const claims = [...holds, fires(plan, "targets-down", groups, end)];
  return proof("dead targets", "dead targets do not resolve a page", phases, claims, subject);
}

function diesRecovered(page: TierPlan, outage: readonly Phase[], subject: Subject): Proof {
  const { plan } = subject;
  const recovery = Math.max(page.shortSeconds, resetBy(plan.slo.budgeting, page, 1)) + 300;
  const phases = [...outage, good(recovery), dead(plan)];
  const claim = silentThroughout(plan, page.name, endOf(phases, plan), plan.slo.absence.forSeconds + 600);
  return proof("gone after recovery", "targets that go after recovery do not page again", phases, [claim], subject);
}

function dead({ slo }: SloPlan): Phase {
  return { ...good(slo.absence.forSeconds + 900), alive: false };
}
