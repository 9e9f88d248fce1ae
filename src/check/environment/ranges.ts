/**
 * Whether every range holds enough samples: four scrapes, so that a missed one does not empty it, and of what is recorded
 * two evaluations, or one slice.
 * https://prometheus.io/docs/prometheus/latest/querying/functions/#rate
 */
import type { ExperimentPlan, Plan, SloPlan, TierPlan } from "../../compile/plan.ts";
import { shortestWindow } from "../../compile/tiers/tier-policy.ts";
import { type Issue, issue } from "../../issue.ts";
import { parseDuration, printSeconds, suggestDuration } from "../../promql/duration.ts";
import type { Check } from "../check.ts";
import { type Use, usesOf } from "../metrics/uses.ts";
import { sloIssue, slosOf } from "../walk.ts";

const FEWEST_SCRAPES = 4;

export const ranges: Check = {
  name: "ranges",
  check: (plan) => [
    ...slosOf(plan).flatMap((slo) => slo.tiers.flatMap((tier) => checkTier(slo, tier))),
    ...usesOf(plan).flatMap(checkExpression),
    ...experimentsOf(plan).flatMap(checkComparison),
  ],
};

function checkTier(plan: SloPlan, tier: TierPlan): Issue[] {
  const needed = shortestWindow(plan.slo);
  if (tier.shortSeconds >= needed) return [];
  const declared = plan.slo.alerting.tiers?.findIndex((each) => each.name === tier.name) ?? -1;
  return [
    sloIssue(plan, {
      code: "range-too-short",
      at: declared === -1 ? ["alerting"] : ["alerting", "tiers", declared, "short"],
      message: `the short window of \`${tier.name}\` is ${printSeconds(tier.shortSeconds)}, which holds fewer than four scrapes or two evaluations, or not every slice.`,
      hint: `Make it ${printSeconds(needed)} or longer.`,
    }),
  ];
}

/** Ranges that a user wrote into PromQL of their own. */
function checkExpression({ metric, path, source, scrapeSeconds }: Use): Issue[] {
  if (metric.type !== "promql") return [];
  const needed = FEWEST_SCRAPES * scrapeSeconds;
  const short = rangesIn(metric.text).find((range) => range.seconds < needed);
  if (short === undefined) return [];
  const message = `the range [${short.text}] holds fewer than four scrapes.`;
  const hint = `Write [$window], or ${printSeconds(needed)} or longer.`;
  return [issue("range-too-short", [...path, "promql"], message, hint, source)];
}

function experimentsOf({ services }: Plan): ExperimentPlan[] {
  return services.flatMap(({ experiments }) => experiments);
}

/** What happens between two comparisons, and in no window, would never be counted. */
function checkComparison({ experiment, measurement }: ExperimentPlan): Issue[] {
  const { windowSeconds, path, source } = experiment;
  const needed = Math.max(FEWEST_SCRAPES * experiment.scrapeSeconds, measurement.compareSeconds);
  if (windowSeconds >= needed) return [];
  const message = `groups are compared over ${printSeconds(windowSeconds)}, and every ${printSeconds(needed)}: what happens between would not count.`;
  const hint = `Make the window ${printSeconds(needed)} or longer; a day is usual.`;
  return [issue("range-too-short", [...path, "window"], message, hint, source)];
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
