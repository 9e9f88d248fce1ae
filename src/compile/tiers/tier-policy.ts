/** Where tiers come from: the default policy, scaled to the SLO's window, or the declaration. */

import type { TierDeclaration } from "../../declare/declaration.ts";
import { sliceSecondsOf } from "../../model/budgeting.ts";
import type { Severity, Slo } from "../../model/service.ts";
import { secondsOf } from "../../promql/duration.ts";
import { exact } from "../../promql/number.ts";
import { DAY, HOUR } from "../../time/units.ts";
import { burnRate } from "./burn-maths.ts";

/** A tier in the making: seconds, and the burn as the policy wants it. */
export interface Draft {
  readonly name: string;
  readonly severity: Severity;
  readonly long: number;
  readonly short: number;
  readonly burn: number;
  readonly forSeconds: number;
  readonly retuned?: string;
  /** No threshold of any group is above it. */
  readonly cap?: number;
}

/** The tiers as declared, or as the default policy has them. */
export function draftTiers(slo: Slo): Draft[] {
  return slo.alerting.tiers?.map((tier) => customDraft(tier, slo)) ?? defaultDrafts(slo);
}

/** https://sre.google/workbook/alerting-on-slos/, chapter 5, for a window of 30 days. */
const POLICY = [
  { name: "page-fast", severity: "page", long: HOUR, short: 300, burn: 14.4 },
  { name: "page-slow", severity: "page", long: 21_600, short: 1800, burn: 6 },
  { name: "ticket-fast", severity: "ticket", long: DAY, short: 2 * HOUR, burn: 3 },
  { name: "ticket-slow", severity: "ticket", long: 259_200, short: 21_600, burn: 1 },
] as const;

const POLICY_WINDOW = 30 * DAY;

/** The factors stay and the windows scale with the period, so that a tier spends the same share of any budget. */
function defaultDrafts(slo: Slo): Draft[] {
  const scale = slo.windowSeconds / POLICY_WINDOW;
  return POLICY.map((tier) => {
    const short = Math.max(snap(tier.short * scale, slo), snapUp(shortestWindow(slo), slo));
    const long = Math.max(snap(tier.long * scale, slo), 2 * short);
    return { ...tier, long, short, forSeconds: secondsOf(slo.alerting.for) };
  });
}

/**
 * Four scrapes, two evaluations and a slice: where results are visible only afterwards, a window of one evaluation is
 * always empty, and a shorter one than a slice, of its own or of a component, is between two of them. In seconds.
 */
export function shortestWindow(slo: Slo): number {
  const { scrapeSeconds, evaluationSeconds, componentSlices = [] } = slo;
  return Math.max(4 * scrapeSeconds, 2 * evaluationSeconds, sliceSecondsOf(slo) ?? 0, ...componentSlices);
}

function snap(wanted: number, slo: Slo): number {
  return Math.max(1, Math.round(wanted / slo.evaluationSeconds)) * slo.evaluationSeconds;
}

function snapUp(wanted: number, slo: Slo): number {
  return Math.ceil(wanted / slo.evaluationSeconds) * slo.evaluationSeconds;
}

function customDraft(tier: TierDeclaration, slo: Slo): Draft {
  const long = secondsOf(tier.long);
  const burn = exact(tier.burn ?? burnRate(tier.budget ?? 0, long, slo.windowSeconds));
  return {
    name: tier.name,
    severity: tier.severity,
    long,
    short: secondsOf(tier.short),
    burn,
    forSeconds: secondsOf(tier.for ?? slo.alerting.for),
  };
}
