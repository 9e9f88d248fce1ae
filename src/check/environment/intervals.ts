/** Whether samples follow each other closely enough: Prometheus forgets an instant value after five minutes. */
import type { ServicePlan, SloPlan } from "../../compile/plan.ts";
import { type Issue, issue } from "../../issue.ts";
import { printSeconds } from "../../promql/duration.ts";
import type { Check } from "../check.ts";
import { sloIssue, slosOf } from "../walk.ts";

/** The lookback of five minutes, less a minute for a late scrape or evaluation. */
const LONGEST_SECONDS = 240;

export const intervals: Check = {
  name: "intervals",
  check: (plan) => [
    ...slosOf(plan).flatMap((slo) => [...checkEvaluation(slo), ...checkScrape(slo)]),
    ...plan.services.flatMap(checkService),
  ],
};

/** Budgets and experiments have the intervals of their service. */
function checkService({ service, budgets, experiments }: ServicePlan): Issue[] {
  const [first] = [...budgets.map(({ budget }) => budget), ...experiments.map(({ experiment }) => experiment)];
  if (!first) return [];
  const slow = [
    ["evaluationInterval", "rules are evaluated", first.evaluationSeconds] as const,
    ["scrapeInterval", "targets are scraped", first.scrapeSeconds] as const,
  ].filter(([, , seconds]) => seconds > LONGEST_SECONDS);
  return slow.map(([field, what, seconds]) => {
    const { message, hint } = words(field, what, seconds);
    return issue("evaluation-too-slow", [service.name, field], message, hint, service.source);
  });
}

function checkEvaluation(plan: SloPlan): Issue[] {
  return plan.slo.evaluationSeconds > LONGEST_SECONDS
    ? [tooSlow(plan, "evaluationInterval", "rules are evaluated", plan.slo.evaluationSeconds)]
    : [];
}

function checkScrape(plan: SloPlan): Issue[] {
  return plan.slo.scrapeSeconds > LONGEST_SECONDS
    ? [tooSlow(plan, "scrapeInterval", "targets are scraped", plan.slo.scrapeSeconds)]
    : [];
}

function tooSlow(plan: SloPlan, field: string, what: string, seconds: number): Issue {
  return sloIssue(plan, { code: "evaluation-too-slow", at: [field], ...words(field, what, seconds) });
}

function words(field: string, what: string, seconds: number): { readonly message: string; readonly hint: string } {
  return {
    message: `${what} every ${printSeconds(seconds)}, and Prometheus forgets a value after 5m: there would be gaps between them.`,
    hint: `Set ${field} to 4m or less, here or in the platform.`,
  };
}
