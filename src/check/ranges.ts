/**
 * Whether every range holds enough samples: four scrapes, so that a missed one does not empty it, and one evaluation.
 * https://prometheus.io/docs/prometheus/latest/querying/functions/#rate
 */
import type { SloPlan, TierPlan } from "../compile/plan.ts";
import type { Issue } from "../issue.ts";
import { parseDuration, printSeconds, suggestDuration } from "../promql/duration.ts";
import type { Check } from "./check.ts";
import { sloIssue, slosOf } from "./walk.ts";

const FEWEST_SCRAPES = 4;

export const ranges: Check = {
  name: "ranges",
  check: (plan) =>
    slosOf(plan).flatMap((slo) => [...slo.tiers.flatMap((tier) => checkTier(slo, tier)), ...checkExpressions(slo)]),
};

function checkTier(plan: SloPlan, tier: TierPlan): Issue[] {
  const needed = Math.max(FEWEST_SCRAPES * plan.slo.scrapeSeconds, plan.slo.evaluationSeconds);
  if (tier.shortSeconds >= needed) return [];
  const declared = plan.slo.alerting.tiers?.findIndex((each) => each.name === tier.name) ?? -1;
  return [
    sloIssue(plan, {
      code: "range-too-short",
      at: declared === -1 ? ["alerting"] : ["alerting", "tiers", declared, "short"],
      message: `the short window of \`${tier.name}\` is ${printSeconds(tier.shortSeconds)}, which holds fewer than four scrapes or no evaluation.`,
      hint: `Make it ${printSeconds(needed)} or longer.`,
    }),
  ];
}

/** Ranges that a user wrote into PromQL of their own. */
function checkExpressions(plan: SloPlan): Issue[] {
  const needed = FEWEST_SCRAPES * plan.slo.scrapeSeconds;
  return Object.entries(plan.slo.sli).flatMap(([field, value]: [string, unknown]) => {
    const short = rangesIn(promqlOf(value)).find((range) => range.seconds < needed);
    return short === undefined ? [] : [shortRange(plan, { field, text: short.text, needed })];
  });
}

function shortRange(plan: SloPlan, { field, text, needed }: { field: string; text: string; needed: number }): Issue {
  return sloIssue(plan, {
    code: "range-too-short",
    at: ["sli", field, "promql"],
    message: `the range [${text}] holds fewer than four scrapes.`,
    hint: `Write [$window], or ${printSeconds(needed)} or longer.`,
  });
}

function promqlOf(value: unknown): string {
  const text =
    typeof value === "object" && value !== null && "type" in value && value.type === "promql" && "text" in value
      ? value.text
      : "";
  return typeof text === "string" ? text : "";
}

const STRINGS = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`/g;

// A range behind a colon belongs to a subquery, which reads what was evaluated and not what was scraped.
function rangesIn(promql: string): { readonly text: string; readonly seconds: number }[] {
  const found = [...promql.replaceAll(STRINGS, '""').matchAll(/\[\s*([0-9a-z]+)\s*\]/g)].map((match) => match[1] ?? "");
  return found.map((text) => ({ text, seconds: secondsOf(text) }));
}

function secondsOf(text: string): number {
  return (parseDuration(text) ?? parseDuration(suggestDuration(text) ?? "") ?? Number.POSITIVE_INFINITY) / 1000;
}
