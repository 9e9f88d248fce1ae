/** What is wrong with tiers, and what had to be changed of them. */
import { type Issue, issue } from "../../issue.ts";
import type { Slo } from "../../model/service.ts";
import { printSeconds } from "../../promql/duration.ts";
import { printNumber } from "../../promql/number.ts";
import type { TierPlan } from "../plan.ts";
import { type Draft, shortestWindow } from "./tier-policy.ts";

/** Tiers that would alert wrongly or never. */
export function draftIssues(draft: Draft, slo: Slo, index: number): Issue[] {
  const path = [...slo.path, "alerting", "tiers", index];
  const found: Issue[] = [];
  if (draft.burn < 1) {
    found.push(
      issue(
        "tier-below-one",
        path,
        `tier ${draft.name} burns at ${printNumber(draft.burn)}×, below 1×: it would alert while the SLO is met.`,
        "Spend a larger share of the budget, or use a shorter long window.",
        slo.source,
      ),
    );
  }
  if (draft.long >= slo.windowSeconds) {
    found.push(
      issue(
        "tier-invalid",
        path,
        `tier ${draft.name} looks back ${printSeconds(draft.long)}, no shorter than the SLO's window.`,
        `Use a long window below ${printSeconds(slo.windowSeconds)}.`,
        slo.source,
      ),
    );
  }
  if (draft.short >= draft.long) {
    found.push(
      issue(
        "tier-invalid",
        path,
        `tier ${draft.name} has a short window (${printSeconds(draft.short)}) that is not shorter than its long one.`,
        shortHint(draft, slo),
        slo.source,
      ),
    );
  }
  return found;
}

/** A twelfth of the long window is usual, where that holds enough samples. */
function shortHint({ long }: Draft, slo: Slo): string {
  const shortest = shortestWindow(slo);
  return shortest < long
    ? `Use ${printSeconds(Math.max(shortest, Math.round(long / 12)))}: about a twelfth of the long window is usual.`
    : `Use a long window above ${printSeconds(shortest)}, which the short one has at least.`;
}

/** Tiers that had to change. */
export function retunedIssues(tiers: readonly TierPlan[], slo: Slo): Issue[] {
  return tiers.flatMap((tier) =>
    tier.retuned === undefined
      ? []
      : [
          issue(
            "tier-retuned",
            [...slo.path, "alerting"],
            `tier ${tier.name} of ${slo.id} was retuned: ${tier.retuned}.`,
            "Declare `alerting.tiers` with burn rates of your own, or raise the objective.",
            slo.source,
          ),
        ],
  );
}

/** The slowest tier is 1×, or some burn that exhausts the budget never alerts. */
export function gapIssues(tiers: readonly TierPlan[], slo: Slo): Issue[] {
  const path = [...slo.path, "alerting"];
  const slowest = Math.min(...tiers.map((tier) => tier.burn));
  if (tiers.length > 0 && slowest <= 1) return [];
  const fact =
    tiers.length === 0
      ? "no tier is left: no burn alerts"
      : `the slowest tier alerts at ${printNumber(slowest)}×: a slower burn exhausts the budget unseen`;
  return [
    issue(
      "tiers-incomplete",
      path,
      `${slo.id}: ${fact}.`,
      "Keep a ticket tier with burn 1, such as 3d/6h of a 30d window.",
      slo.source,
    ),
  ];
}
