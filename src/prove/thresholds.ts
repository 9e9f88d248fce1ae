/** Proofs just below and just above a tier's threshold. */
import type { TierPlan } from "../compile/plan.ts";
import { resetBy } from "../compile/slice-maths.ts";
import type { Judgement } from "./alert-oracle.ts";
import { neverFired, riseAndFall } from "./claims.ts";
import type { Proof } from "./proof.ts";
import { bad, endOf, floorTo, good, judged, LEAD_SECONDS, proof, type Subject } from "./subject.ts";
import type { Phase } from "./timeline.ts";

/** Rates of errors just below and just above, where the kind has them; else the longest harmless burst and one reading more. */
export function aroundThreshold(tier: TierPlan, subject: Subject): Proof[] {
  return isGradual(subject) ? ratesAround(tier, subject) : burstsAround(tier, subject);
}

/** Whether some rate of errors is half as bad as another. A slice is good or bad as a whole. */
function isGradual({ history, plan }: Subject): boolean {
  if (plan.slo.budgeting.kind === "timeSlices") return false;
  return history.type !== "gauge" || plan.slo.sli.kind === "ratio";
}

function ratesAround(tier: TierPlan, subject: Subject): Proof[] {
  const { plan, groups } = subject;
  const above = Math.min(1, 1.1 * tier.threshold);
  const below = bad(tier.longSeconds, 0.9 * tier.threshold);
  const rise = riseSeconds(judged(tier, [below, bad(0.75 * tier.longSeconds + tier.forSeconds + 600, above)], subject));
  if (rise === undefined) return [];
  const phases = [below, bad(rise - tier.longSeconds + 4 * plan.slo.scrapeSeconds, above)];
  const claims = [
    neverFired(plan, tier.name, floorTo(tier.longSeconds, plan)),
    ...riseAndFall(plan, tier.name, groups, judged(tier, phases, subject)),
  ];
  const name = `${tier.name} is silent at 0.9 of its burn and fires at ${above === 1 ? "a full outage" : "1.1"}`;
  return [proof(`around ${tier.name}`, name, phases, claims, subject)];
}

function riseSeconds({ verdicts, everySeconds }: Judgement): number | undefined {
  const rise = verdicts.indexOf("firing");
  return rise < 0 ? undefined : rise * everySeconds;
}

function burstsAround(tier: TierPlan, subject: Subject): Proof[] {
  const { plan, groups } = subject;
  const tail = Math.max(tier.shortSeconds, resetBy(plan.slo.budgeting, tier, 1)) + 600;
  const burst = (readings: number): Phase[] => [
    good(LEAD_SECONDS),
    bad(readings * plan.slo.scrapeSeconds, 1),
    good(tail),
  ];
  const least = firstFiringBurst(tier, burst, subject);
  if (least === undefined) return [];
  const above = burst(least);
  const below = burst(least - 1);
  const harmless =
    least === 1
      ? []
      : [
          proof(
            `below ${tier.name}`,
            `${tier.name} is silent after ${least - 1} bad readings`,
            below,
            [neverFired(plan, tier.name, endOf(below, plan))],
            subject,
          ),
        ];
  return [
    ...harmless,
    proof(
      `around ${tier.name}`,
      `${tier.name} fires after ${least} bad readings`,
      above,
      riseAndFall(plan, tier.name, groups, judged(tier, above, subject)),
      subject,
    ),
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
