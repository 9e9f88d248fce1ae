/**
 * Tiers: which burn rates alert, over which windows. The default policy is scaled to the SLO's window and made sound:
 * every tier can fire, none fires while the SLO is met, and whatever had to change is reported.
 */
import { type Issue, issue } from "../issue.ts";
import type { TierDeclaration, TierSwitch } from "../model/declaration.ts";
import type { Severity, Slo } from "../model/service.ts";
import { parseDuration, printSeconds } from "../promql/duration.ts";
import { exact, printNumber } from "../promql/number.ts";
import { budgetSpent, burnRate, highestBurn } from "./maths.ts";
import { burnAlertName } from "./naming.ts";
import type { DroppedTier, TierPlan } from "./plan.ts";

/** https://sre.google/workbook/alerting-on-slos/, chapter 5, for a window of 30 days. */
const POLICY = [
  { name: "page-fast", severity: "page", long: 3600, short: 300, burn: 14.4 },
  { name: "page-slow", severity: "page", long: 21_600, short: 1800, burn: 6 },
  { name: "ticket-fast", severity: "ticket", long: 86_400, short: 7200, burn: 3 },
  { name: "ticket-slow", severity: "ticket", long: 259_200, short: 21_600, burn: 1 },
] as const;

const POLICY_WINDOW = 30 * 86_400;

export interface Tiers {
  readonly tiers: readonly TierPlan[];
  readonly dropped: readonly DroppedTier[];
  readonly issues: readonly Issue[];
}

/** The tiers of one SLO, in the order of its policy. */
export function resolveTiers(slo: Slo): Tiers {
  if (slo.alerting.enabled === false) return { tiers: [], dropped: [], issues: [] };
  const drafts = slo.alerting.tiers?.map((tier) => customDraft(tier, slo)) ?? defaultDrafts(slo);
  const issues = drafts.flatMap((draft, index) => draftIssues(draft, slo, index));
  const sound = drafts.filter((draft) => draft.burn >= 1).map((draft) => retune(draft, slo));
  const { kept, dropped } = withoutShadowed(sound, slo);
  const tiers = kept.filter((draft) => override(slo, draft)?.enabled !== false).map((draft) => finish(draft, slo));
  return { tiers, dropped, issues: [...issues, ...retunedIssues(tiers, slo), ...gapIssues(tiers, slo)] };
}

/** A tier in the making: seconds, and the burn as the policy wants it. */
interface Draft {
  readonly name: string;
  readonly severity: Severity;
  readonly long: number;
  readonly short: number;
  readonly burn: number;
  readonly forSeconds: number;
  readonly retuned?: string;
}

/** The factors stay and the windows scale with the period, so that a tier spends the same share of any budget. */
function defaultDrafts(slo: Slo): Draft[] {
  const scale = slo.windowSeconds / POLICY_WINDOW;
  return POLICY.map((tier) => {
    const short = Math.max(snap(tier.short * scale, slo), snapUp(4 * slo.scrapeSeconds, slo));
    const long = Math.max(snap(tier.long * scale, slo), 2 * short);
    return { ...tier, long, short, forSeconds: seconds(slo.alerting.for) };
  });
}

function snap(wanted: number, slo: Slo): number {
  return Math.max(1, Math.round(wanted / slo.evaluationSeconds)) * slo.evaluationSeconds;
}

function snapUp(wanted: number, slo: Slo): number {
  return Math.ceil(wanted / slo.evaluationSeconds) * slo.evaluationSeconds;
}

function customDraft(tier: TierDeclaration, slo: Slo): Draft {
  const long = seconds(tier.long);
  const burn = exact(tier.burn ?? burnRate(tier.budget ?? 0, long, slo.windowSeconds));
  return { name: tier.name, severity: tier.severity, long, short: seconds(tier.short), burn, forSeconds: seconds(tier.for ?? slo.alerting.for) };
}

function seconds(text: string | undefined): number {
  return text === undefined ? 0 : (parseDuration(text) ?? 0) / 1000;
}

function draftIssues(draft: Draft, slo: Slo, index: number): Issue[] {
  const path = [...slo.path, "alerting", "tiers", index];
  const found: Issue[] = [];
  if (draft.burn < 1) {
    found.push(issue("tier-below-one", path, `tier ${draft.name} burns at ${printNumber(draft.burn)}×, below 1×: it would alert while the SLO is met.`,
      "Spend a larger share of the budget, or use a shorter long window.", slo.source));
  }
  if (draft.long >= slo.windowSeconds) {
    found.push(issue("tier-invalid", path, `tier ${draft.name} looks back ${printSeconds(draft.long)}, no shorter than the SLO's window.`,
      `Use a long window below ${printSeconds(slo.windowSeconds)}.`, slo.source));
  }
  if (draft.short >= draft.long) {
    found.push(issue("tier-invalid", path, `tier ${draft.name} has a short window (${printSeconds(draft.short)}) that is not shorter than its long one.`,
      `Use about a twelfth of the long window: ${printSeconds(Math.max(1, Math.round(draft.long / 12)))}.`, slo.source));
  }
  return found;
}

/** An unreachable threshold comes down to one that a bad outage passes, and stays above 1×. */
function retune(draft: Draft, slo: Slo): Draft {
  const threshold = draft.burn * slo.errorBudget;
  if (exact(threshold) < 1) return draft;
  const reachable = draft.severity === "page" ? Math.max(0.8, (1 + slo.errorBudget) / 2) : Math.max(0.6, (1 + 3 * slo.errorBudget) / 4);
  const burn = exact(reachable / slo.errorBudget);
  return { ...draft, burn, retuned: `${printNumber(draft.burn)}× can never be reached (at most ${printNumber(highestBurn(slo.errorBudget))}×); it alerts at ${printNumber(burn)}×` };
}

/** A tier is shadowed when another of its severity fires earlier and resolves no earlier in every case. */
function withoutShadowed(drafts: readonly Draft[], slo: Slo): { kept: Draft[]; dropped: DroppedTier[] } {
  if (slo.alerting.tiers) return { kept: [...drafts], dropped: [] };
  const shadowOf = (draft: Draft): Draft | undefined => drafts.find((other) => other !== draft && shadows(other, draft, drafts));
  const dropped = drafts.flatMap((draft) => {
    const other = shadowOf(draft);
    return other ? [{ name: draft.name, reason: `${other.name} covers the same windows at a lower burn rate` }] : [];
  });
  return { kept: drafts.filter((draft) => !shadowOf(draft)), dropped };
}

function shadows(other: Draft, draft: Draft, all: readonly Draft[]): boolean {
  if (other.severity !== draft.severity || other.long > draft.long || other.short > draft.short || other.burn > draft.burn) return false;
  const same = other.long === draft.long && other.short === draft.short && other.burn === draft.burn;
  return !same || all.indexOf(other) < all.indexOf(draft);
}

function finish(draft: Draft, slo: Slo): TierPlan {
  const changes = override(slo, draft);
  const severity = changes?.severity ?? draft.severity;
  return {
    name: draft.name,
    severity,
    alert: burnAlertName(draft.name, severity),
    longSeconds: draft.long,
    shortSeconds: draft.short,
    burn: draft.burn,
    threshold: exact(draft.burn * slo.errorBudget),
    budgetSpent: exact(budgetSpent(draft.burn, draft.long, slo.windowSeconds)),
    forSeconds: changes?.for === undefined ? draft.forSeconds : seconds(changes.for),
    keepFiringForSeconds: seconds(changes?.keepFiringFor ?? slo.alerting.keepFiringFor),
    retuned: draft.retuned,
  };
}

function override(slo: Slo, draft: Draft): TierSwitch | undefined {
  return slo.alerting.overrides?.[draft.name];
}

function retunedIssues(tiers: readonly TierPlan[], slo: Slo): Issue[] {
  return tiers.flatMap((tier) =>
    tier.retuned === undefined ? [] : [issue("tier-retuned", [...slo.path, "alerting"], `tier ${tier.name} of ${slo.id} was retuned: ${tier.retuned}.`,
      "Declare `alerting.tiers` with burn rates of your own, or raise the objective.", slo.source)]);
}

/** The slowest tier is 1×, or some burn that exhausts the budget never alerts. */
function gapIssues(tiers: readonly TierPlan[], slo: Slo): Issue[] {
  const path = [...slo.path, "alerting"];
  const slowest = Math.min(...tiers.map((tier) => tier.burn));
  if (tiers.length > 0 && slowest <= 1) return [];
  const fact = tiers.length === 0 ? "no tier is left: no burn alerts" : `the slowest tier alerts at ${printNumber(slowest)}×: a slower burn exhausts the budget unseen`;
  return [issue("tiers-incomplete", path, `${slo.id}: ${fact}.`, "Keep a ticket tier with burn 1, such as 3d/6h of a 30d window.", slo.source)];
}
