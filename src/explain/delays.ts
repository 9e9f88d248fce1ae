/** How long it takes from the first bad event to an alert, and to a page. */
import { ownersPageWait } from "../compile/group-wait.ts";
import { type Plan, pageTiers, type SloPlan, type TierPlan } from "../compile/plan.ts";
import { isFast } from "../compile/slo/placing.ts";
import { isCountedLater } from "../compile/slo/windows/counted.ts";
import { detectionBy, detectionInSlices, resetBy, resetInSlices } from "../compile/tiers/slice-maths.ts";
import { secondsUntilEnough } from "../compile/tiers/volume-maths.ts";
import { eventSlices, sliceSecondsOf } from "../model/budgeting.ts";
import type { Slo } from "../model/service.ts";
import { componentsOf, isComposite, kindOf, ownSliceSeconds } from "../sli/index.ts";
import type { Composite } from "../sli/kinds/composite.ts";

/** Seconds within which the first page of a full outage is sent, from the first bad event; undefined where nothing pages. */
export function pagesWithinSeconds(plan: Plan, sloPlan: SloPlan): number | undefined {
  const first = firstPageSeconds(plan, sloPlan);
  return first === undefined ? undefined : first + ownersPageWait(plan, sloPlan.slo.owner);
}

/** The same until the alert fires, which may be held back. */
export function firstPageSeconds(plan: Plan, sloPlan: SloPlan): number | undefined {
  const pages = pageTiers(sloPlan)
    .map((tier) => detection(sloPlan.slo, tier, 1) + pipelineSeconds(plan, sloPlan, tier))
    .filter(Number.isFinite);
  return pages.length === 0 ? undefined : Math.min(...pages);
}

/** How long a tier takes, in seconds. */
export interface TierTimes {
  /** Until the windows are above the threshold; Infinity where they never are. */
  readonly detectSeconds: number;
  /** What comes on top of it, at most. */
  readonly pipelineSeconds: number;
  /** From the last bad event until the alert ends: the short window, then `keep_firing_for`. 0 where it never fires. */
  readonly endSeconds: number;
}

/** The times of a steady incident: what runbooks, `explain` and reviews say of it. */
export function tierTimes(plan: Plan, sloPlan: SloPlan, tier: TierPlan, errorRatio: number): TierTimes {
  const detectSeconds = detection(sloPlan.slo, tier, errorRatio);
  const endSeconds = Number.isFinite(detectSeconds)
    ? reset(sloPlan.slo, tier, errorRatio) + tier.keepFiringForSeconds
    : 0;
  return { detectSeconds, pipelineSeconds: pipelineSeconds(plan, sloPlan, tier), endSeconds };
}

/** From the last bad event until the alert ends, at most: a recovery is seen as late as a failure, and no `for` holds it back. */
export function endsWithinSeconds({ pipelineSeconds, endSeconds }: TierTimes, { forSeconds }: TierPlan): number {
  return endSeconds + pipelineSeconds - forSeconds;
}

/** Where the traffic is declared, a tier also waits for `minEvents` and `minBad`. Of slices a window has a known number. */
function detection(slo: Slo, tier: TierPlan, errorRatio: number): number {
  if (slicesLack(slo, tier)) return Number.POSITIVE_INFINITY;
  const { budgeting, minBad, minEvents, eventsPerDay } = slo;
  if (slo.sli.kind === "composite") return detectionOfComponents(slo, slo.sli, tier, errorRatio);
  const slice = ownSliceSeconds(slo.sli);
  if (slice !== undefined) return detectionInSlices(tier, errorRatio, slice, minBad);
  const burns = detectionBy(budgeting, tier, errorRatio, minBad);
  if (eventsPerDay === undefined || eventSlices(slo)) return burns;
  return Math.max(burns, secondsUntilEnough({ eventsPerDay, minEvents, minBad, ...tier }, errorRatio));
}

function slicesLack(slo: Slo, { longSeconds }: TierPlan): boolean {
  const slice = sliceSecondsOf(slo);
  const { minEvents = 0, minBad = 0 } = slo;
  return slice !== undefined && longSeconds / slice < Math.max(minEvents, minBad);
}

/** At worst by those components alone that count events, whose share of a mean is their weights'; or when a slice shows it. */
function detectionOfComponents(slo: Slo, { as, of }: Composite, tier: TierPlan, errorRatio: number): number {
  const slices = slo.componentSlices ?? [];
  const isMean = as === "weighted";
  const weights = of.map(({ weight = 1 }) => weight);
  const counting = weights.filter((_, place) => !slices[place]);
  const share = isMean ? sum(counting) / sum(weights) : Math.min(1, counting.length);
  const byEvents = detectionBy(slo.budgeting, { ...tier, threshold: tier.threshold / share }, errorRatio);
  const slice = isMean ? Math.max(...slices) : Math.min(...slices);
  return slice === 0 ? byEvents : Math.min(byEvents, detectionInSlices(tier, errorRatio, slice));
}

function sum(values: readonly number[]): number {
  return values.reduce((all, each) => all + each, 0);
}

function reset(slo: Slo, tier: TierPlan, errorRatio: number): number {
  const slice = lastSlice(slo);
  return slice === undefined ? resetBy(slo.budgeting, tier, errorRatio) : resetInSlices(tier, errorRatio, slice);
}

function lastSlice({ sli, componentSlices = [] }: Slo): number | undefined {
  return sli.kind === "composite" ? Math.max(...componentSlices) || undefined : ownSliceSeconds(sli);
}

/**
 * Seconds from the first bad event to the alert, at worst: a scrape, the settle time, the evaluations, the tiles and the
 * tier's `for` on top of what the long window needs.
 */
export function pipelineSeconds(plan: Plan, sloPlan: SloPlan, tier: TierPlan): number {
  const { slo } = sloPlan;
  const own = slo.scrapeSeconds + plan.platform.settleSeconds + slo.evaluationSeconds + recordedLater(sloPlan);
  return own + tileDelay(sloPlan, tier) + componentDelay(plan, slo) + tier.forSeconds;
}

/** How much later than its readings an SLO records what counts. */
function recordedLater({ slo, measurement }: SloPlan): number {
  // What happened is read an evaluation later, where slices of it count, or nothing in an exclusion.
  const laterDelay = isCountedLater(slo) ? slo.evaluationSeconds : 0;
  // Several counters are counted each by itself, and added up an evaluation later; so are counters made of histograms.
  const madeBefore = kindOf(slo.sli).counts(slo.sli, measurement.base).before ? slo.evaluationSeconds : 0;
  return laterDelay + madeBefore;
}

/** A composite reads what its components recorded an evaluation ago. */
function componentDelay({ services }: Plan, { sli, evaluationSeconds }: Slo): number {
  if (!isComposite(sli)) return 0;
  const ids = componentsOf(sli).map(({ slo }) => slo);
  const components = services.flatMap(({ slos }) => slos).filter(({ slo }) => ids.includes(slo.id));
  return 2 * evaluationSeconds + Math.max(0, ...components.map(recordedLater));
}

/** A tile is written when it is over and an evaluation old, and read by the next evaluation of a group as slow as it is long. */
function tileDelay(sloPlan: SloPlan, tier: TierPlan): number {
  const { slo, measurement } = sloPlan;
  // Asked for every SLO of a build, whose rules may not be kept.
  if (isFast(tier, measurement)) return 0;
  const own = sloPlan.groups.find((group) =>
    group.rules.some((rule) => rule.type === "alert" && rule.alert === tier.alert),
  );
  const tile = own?.intervalSeconds ?? slo.evaluationSeconds;
  return tile > slo.evaluationSeconds ? slo.evaluationSeconds + 2 * tile : 0;
}
