/**
 * Tiers: which burn rates alert, over which windows, made sound: every tier can fire, none fires while the SLO is met,
 * and whatever had to change is reported.
 */

import type { TierSwitch } from "../../declare/declaration.ts";
import type { Issue } from "../../issue.ts";
import type { Severity, Slo } from "../../model/service.ts";
import { secondsOf } from "../../promql/duration.ts";
import { exact, printNumber, printPercent } from "../../promql/number.ts";
import { burnAlertName } from "../alert-names.ts";
import type { DroppedTier, TierPlan } from "../plan.ts";
import { budgetSpent, highestBurn } from "./burn-maths.ts";
import { errorBudgets, isPerGroup, tierWith } from "./objectives.ts";
import { draftIssues, gapIssues, retunedIssues } from "./tier-issues.ts";
import { type Draft, draftTiers } from "./tier-policy.ts";

export interface Tiers {
  readonly tiers: readonly TierPlan[];
  readonly dropped: readonly DroppedTier[];
  readonly issues: readonly Issue[];
}

/** The tiers of one SLO, in the order of its policy. */
export function resolveTiers(slo: Slo): Tiers {
  if (slo.alerting.enabled === false) return { tiers: [], dropped: [], issues: [] };
  const drafts = draftTiers(slo);
  const issues = drafts.flatMap((draft, index) => draftIssues(draft, slo, index));
  const sound = drafts.filter((draft) => draft.burn >= 1).map((draft) => retune(draft, slo));
  const { kept, dropped } = withoutShadowed(sound, slo);
  const tiers = kept.filter((draft) => override(slo, draft)?.enabled !== false).map((draft) => finish(draft, slo));
  return { tiers, dropped, issues: [...issues, ...retunedIssues(tiers, slo), ...gapIssues(tiers, slo)] };
}

/** An unreachable threshold comes down to one that a bad outage passes, and stays above 1×. */
function retune(draft: Draft, slo: Slo): Draft {
  if (isPerGroup(slo)) return capped(draft, slo);
  const threshold = draft.burn * slo.errorBudget;
  if (exact(threshold) < 1) return draft;
  const burn = exact(reachable(draft, slo.errorBudget) / slo.errorBudget);
  return {
    ...draft,
    burn,
    retuned: `${printNumber(draft.burn)}× can never be reached (at most ${printNumber(highestBurn(slo.errorBudget))}×); it alerts at ${printNumber(burn)}×`,
  };
}

/** With several budgets the factor stays, and no threshold passes what the largest unreachable one comes down to. */
function capped(draft: Draft, slo: Slo): Draft {
  const out = errorBudgets(slo).filter((budget) => exact(draft.burn * budget) >= 1);
  if (out.length === 0) return draft;
  const cap = exact(reachable(draft, Math.max(...out)));
  const retuned = `${printNumber(draft.burn)}× can never be reached where the error budget is ${budgetWords(out)}; it alerts there at ${printPercent(cap)} bad`;
  return { ...draft, cap, retuned };
}

/** The largest ones: with thousands of groups nobody reads all. */
const FEW = 4;

function budgetWords(budgets: readonly number[]): string {
  const distinct = [...new Set(budgets)].sort((a, b) => b - a);
  const words = distinct.slice(0, FEW).map((budget) => printPercent(budget));
  const more = distinct.length - words.length;
  return more === 0 ? words.join(" or ") : `${words.join(", ")} or one of ${more} others`;
}

function reachable({ severity }: Draft, errorBudget: number): number {
  return severity === "page" ? Math.max(0.8, (1 + errorBudget) / 2) : Math.max(0.6, (1 + 3 * errorBudget) / 4);
}

/** A tier is shadowed when another of its severity fires earlier and resolves no earlier in every case. */
function withoutShadowed(drafts: readonly Draft[], slo: Slo): { kept: Draft[]; dropped: DroppedTier[] } {
  // What shadows a tier for one budget need not for another.
  if (slo.alerting.tiers || isPerGroup(slo)) return { kept: [...drafts], dropped: [] };
  const shadowOf = (draft: Draft): Draft | undefined =>
    drafts.find((other) => other !== draft && shadows(other, draft, drafts));
  const dropped = drafts.flatMap((draft) => {
    const other = shadowOf(draft);
    return other ? [{ name: draft.name, reason: `${other.name} covers the same windows at a lower burn rate` }] : [];
  });
  return { kept: drafts.filter((draft) => !shadowOf(draft)), dropped };
}

function shadows(other: Draft, draft: Draft, all: readonly Draft[]): boolean {
  if (
    other.severity !== draft.severity ||
    other.long > draft.long ||
    other.short > draft.short ||
    other.burn > draft.burn
  )
    return false;
  const same = other.long === draft.long && other.short === draft.short && other.burn === draft.burn;
  return !same || all.indexOf(other) < all.indexOf(draft);
}

function finish(draft: Draft, slo: Slo): TierPlan {
  const changes = override(slo, draft);
  const severity = changes?.severity ?? draft.severity;
  const tier: TierPlan = {
    name: draft.name,
    severity,
    alert: burnAlertName(draft.name, severity),
    longSeconds: draft.long,
    shortSeconds: draft.short,
    burn: draft.burn,
    threshold: exact(draft.burn * slo.errorBudget),
    budgetSpent: exact(budgetSpent(draft.burn, draft.long, slo.windowSeconds)),
    forSeconds: changes?.for === undefined ? draft.forSeconds : secondsOf(changes.for),
    keepFiringForSeconds: keptSeconds(changes?.keepFiringFor ?? slo.alerting.keepFiringFor, severity, slo),
    retuned: draft.retuned,
    ...(draft.cap === undefined ? {} : { cap: draft.cap }),
  };
  return isPerGroup(slo) ? tierWith(tier, slo.errorBudget, slo) : tier;
}

/** A page is kept until `SloTargetsDown` has it: dead targets must not resolve it. */
function keptSeconds(declared: string | undefined, severity: Severity, { absence, evaluationSeconds }: Slo): number {
  if (declared !== undefined || severity !== "page") return secondsOf(declared);
  return absence.forSeconds + Math.max(120, 4 * evaluationSeconds);
}

function override(slo: Slo, draft: Draft): TierSwitch | undefined {
  return slo.alerting.overrides?.[draft.name];
}
