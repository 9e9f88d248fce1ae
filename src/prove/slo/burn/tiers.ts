/**
 * The tiers that a declaration asks for, worked out from it alone: what is proven may not say itself what is right.
 * https://sre.google/workbook/alerting-on-slos/, chapter 5.
 */

import type { SloPlan } from "../../../compile/plan.ts";
import { sliceSecondsOf } from "../../../model/budgeting.ts";
import type { Severity, Slo } from "../../../model/service.ts";
import { secondsOf } from "../../../promql/duration.ts";
import { DAY, HOUR, MINUTE } from "../../../time/units.ts";

/** When one alert has to fire. Times in seconds. */
export interface Tier {
  readonly name: string;
  readonly alert: string;
  readonly severity: Severity;
  readonly long: number;
  readonly short: number;
  /** The share of bad events that both windows must pass. */
  readonly threshold: number;
  readonly forSeconds: number;
  readonly keepSeconds: number;
}

/** For thirty days. */
const WORKBOOK = [
  { name: "page-fast", severity: "page", long: HOUR, short: 5 * MINUTE, burn: 14.4 },
  { name: "page-slow", severity: "page", long: 6 * HOUR, short: 30 * MINUTE, burn: 6 },
  { name: "ticket-fast", severity: "ticket", long: DAY, short: 2 * HOUR, burn: 3 },
  { name: "ticket-slow", severity: "ticket", long: 3 * DAY, short: 6 * HOUR, burn: 1 },
] as const;

/** The tiers of an SLO for groups with this error budget. Some of them may have been left out of its rules. */
export function tiersOf(slo: Slo, errorBudget = slo.errorBudget): Tier[] {
  if (slo.alerting.enabled === false) return [];
  const declared = slo.alerting.tiers?.map((tier) => fromDeclaration(tier, slo)) ?? fromWorkbook(slo);
  return declared.flatMap((tier) => {
    const changes = slo.alerting.overrides?.[tier.name] ?? {};
    if (changes.enabled === false || tier.burn < 1) return [];
    const severity = changes.severity ?? tier.severity;
    return {
      name: tier.name,
      alert: alertName(tier.name, severity),
      severity,
      long: tier.long,
      short: tier.short,
      threshold: reachable(tier, errorBudget, slo),
      forSeconds: changes.for === undefined ? tier.forSeconds : secondsOf(changes.for),
      keepSeconds: keepSeconds(changes.keepFiringFor ?? slo.alerting.keepFiringFor, severity, slo),
    };
  });
}

/** Whether an SLO pages at all: what never does so does not page for its measurement either. */
export function pages({ slo, alerts }: Pick<SloPlan, "slo" | "alerts">): boolean {
  const sent = new Set(alerts.map(({ alert }) => alert));
  return tiersOf(slo).some(({ severity, alert }) => severity === "page" && sent.has(alert));
}

interface Wanted {
  readonly name: string;
  readonly severity: Severity;
  readonly long: number;
  readonly short: number;
  readonly burn: number;
  readonly forSeconds: number;
}

/** Windows shrink and grow with the period; the short one holds four scrapes, two evaluations and a slice. */
function fromWorkbook(slo: Slo): Wanted[] {
  const every = slo.evaluationSeconds;
  const scaled = (wanted: number): number =>
    Math.max(1, Math.round((wanted * slo.windowSeconds) / (30 * DAY) / every)) * every;
  const leastShort = Math.ceil(Math.max(4 * slo.scrapeSeconds, 2 * every, sliceOf(slo)) / every) * every;
  return WORKBOOK.map((tier) => {
    const short = Math.max(scaled(tier.short), leastShort);
    return { ...tier, short, long: Math.max(scaled(tier.long), 2 * short), forSeconds: secondsOf(slo.alerting.for) };
  });
}

type Declared = NonNullable<Slo["alerting"]["tiers"]>[number];

/** A share of the budget, spent within the long window, is a multiple of the even pace. */
function fromDeclaration(tier: Declared, slo: Slo): Wanted {
  const long = secondsOf(tier.long);
  const burn = tier.burn ?? ((tier.budget ?? 0) * slo.windowSeconds) / long;
  const { name, severity } = tier;
  return {
    name,
    severity,
    long,
    short: secondsOf(tier.short),
    burn,
    forSeconds: secondsOf(tier.for ?? slo.alerting.for),
  };
}

/** What no outage can pass comes down to what a bad one does: of the group with the largest budget of which that is true. */
function reachable({ burn, severity }: Wanted, errorBudget: number, slo: Slo): number {
  const budgets = [slo.errorBudget, ...slo.objectives.map((group) => group.errorBudget)];
  const out = budgets.filter((budget) => burn * budget >= 1 - 1e-9);
  if (out.length === 0) return burn * errorBudget;
  const largest = Math.max(...out);
  const cap = severity === "page" ? Math.max(0.8, (1 + largest) / 2) : Math.max(0.6, (1 + 3 * largest) / 4);
  return Math.min(burn * errorBudget, cap);
}

/** A page goes on until it can be known that its targets are down. */
function keepSeconds(declared: string | undefined, severity: Severity, slo: Slo): number {
  if (declared !== undefined) return secondsOf(declared);
  return severity === "page" ? slo.absence.forSeconds + Math.max(2 * MINUTE, 4 * slo.evaluationSeconds) : 0;
}

/** `page-fast` is `SloBurnPageFast`; a name that does not begin with its severity says that too. */
function alertName(tier: string, severity: Severity): string {
  const words = tier.split("-");
  const says =
    tier === severity ||
    (words.length > 1 && words[0] === severity && !["page", "ticket", "info"].includes(words.at(-1) ?? ""));
  return ["SloBurn", ...words, ...(says ? [] : [severity])].map(capital).join("");
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** Seconds of one slice; 0 where events are counted. */
export function sliceOf(slo: Slo): number {
  return sliceSecondsOf(slo) ?? 0;
}
