/** Everything that a runbook says, as values for its template. */

import type { Plan, ServicePlan, SloPlan } from "../../compile/plan.ts";
import { hasTargets } from "../../compile/service/targets-down.ts";
import { budgetMinutes } from "../../compile/tiers/burn-maths.ts";
import { groupWords } from "../../compile/tiers/objectives.ts";
import { excludedSeconds } from "../../explain/guards.ts";
import { printTime } from "../../explain/words.ts";
import { sliceSecondsOf } from "../../model/budgeting.ts";
import { periodPhrase, recoveryWords } from "../../model/period.ts";
import type { Exclusion, Slo } from "../../model/service.ts";
import { printSeconds } from "../../promql/duration.ts";
import { printNumber } from "../../promql/number.ts";
import { MINUTE } from "../../time/units.ts";
import { allBad, budgetWords, furtherBudgets, objectiveWords } from "./figures.ts";
import { type FirstScreen, firstScreenOf } from "./first-screen.ts";
import type { LiveQuery } from "./queries/live-query.ts";
import { rawQueries, recordedQueries } from "./queries/query-list.ts";
import { type BurnAlertWords, burnAlerts, type OtherAlertWords, otherAlerts } from "./words/alert-words.ts";
import { type ComponentImpact, componentImpacts, impactOf } from "./words/impact.ts";
import { type PolicyWords, policyWords } from "./words/policy-words.ts";
import { type WhatHelps, whatHelps } from "./words/what-helps.ts";

/** The template's input: declared text is raw here and escaped by the template's helpers. */
export interface Runbook extends FirstScreen, WhatHelps {
  readonly service: string;
  readonly slo: string;
  readonly kind: string;
  readonly owner: string;
  readonly description: string | undefined;
  readonly objective: string;
  readonly window: string;
  /** When what was spent comes back. */
  readonly recovery: string;
  readonly furtherBudgets: readonly string[];
  readonly budget: string;
  readonly good: string;
  readonly bad: string;
  readonly unit: string;
  readonly groups: string | undefined;
  /** How long a slice is, where slices are counted. */
  readonly slice: string | undefined;
  /** Of single groups, where they have their own. */
  readonly objectives: readonly { readonly group: string; readonly objective: string; readonly budget: string }[];
  readonly exclusions: readonly { readonly reason: string; readonly when: string; readonly taken: string }[];
  readonly noTraffic: string;
  readonly guards: readonly string[];
  readonly impact: string;
  /** Of a composite: what it means when one of these burns. */
  readonly componentImpacts: readonly ComponentImpact[];
  /** After a time: what happens in it. */
  readonly allBad: string;
  readonly incident: string;
  readonly dashboard: string | undefined;
  readonly runbook: string | undefined;
  readonly reviewBy: string | undefined;
  readonly policy: PolicyWords | undefined;
  readonly burnAlerts: readonly BurnAlertWords[];
  readonly otherAlerts: readonly OtherAlertWords[];
  readonly dropped: readonly { readonly name: string; readonly reason: string }[];
  readonly queries: readonly LiveQuery[];
  readonly rawQueries: readonly LiveQuery[];
}

/** What the runbook of one SLO says. */
export function runbookOf(plan: Plan, service: ServicePlan, sloPlan: SloPlan): Runbook {
  const { slo, words, groupLabels, links, dropped } = sloPlan;
  return {
    service: slo.service,
    slo: slo.name,
    kind: slo.sli.kind,
    owner: slo.owner,
    description: slo.description,
    objective: objectiveWords(sloPlan),
    window: periodPhrase(slo.periods[0]),
    recovery: recoveryWords(slo.periods[0]),
    furtherBudgets: furtherBudgets(sloPlan),
    budget: budgetWords(sloPlan),
    good: words.good,
    bad: words.bad,
    unit: words.unit,
    groups: groupLabels.length === 0 ? undefined : groupLabels.join(" / "),
    slice: sliceWords(slo),
    objectives: objectivesOf(slo),
    exclusions: exclusionsOf(slo),
    noTraffic: noTrafficWords[slo.noTraffic],
    guards: guardWords(sloPlan),
    impact: impactOf(slo),
    componentImpacts: componentImpacts(plan, slo),
    allBad: allBad(slo),
    incident: printTime(budgetMinutes(slo.errorBudget, slo.windowSeconds) * MINUTE * INCIDENT_SHARE),
    dashboard: links.dashboard,
    runbook: links.runbook,
    reviewBy: slo.reviewBy,
    policy: slo.policy && policyWords(slo.policy),
    burnAlerts: burnAlerts(plan, sloPlan),
    otherAlerts: otherAlerts(sloPlan, hasTargets(sloPlan) ? service.alerts : []),
    dropped,
    ...whatHelps(plan, service, sloPlan),
    queries: recordedQueries(plan, sloPlan),
    rawQueries: rawQueries(plan, sloPlan),
    ...firstScreenOf(plan, service, sloPlan),
  };
}

function sliceWords(slo: Slo): string | undefined {
  const seconds = sliceSecondsOf(slo);
  return seconds === undefined ? undefined : printSeconds(seconds);
}

function objectivesOf(slo: Slo): Runbook["objectives"] {
  return slo.objectives.map((each) => ({
    group: groupWords(each),
    objective: `${printNumber(each.objectivePercent)}%`,
    budget: printTime(budgetMinutes(each.errorBudget, slo.windowSeconds) * MINUTE),
  }));
}

function exclusionsOf({ exclusions, windowSeconds }: Slo): Runbook["exclusions"] {
  return exclusions.map((exclusion) => ({
    reason: exclusion.reason,
    when: exclusion.when,
    taken: takenWords(exclusion, windowSeconds),
  }));
}

/** An incident that spends more of the budget deserves a postmortem: https://sre.google/workbook/error-budget-policy/ */
const INCIDENT_SHARE = 0.2;

const noTrafficWords = {
  ignore: "Time without data counts as nothing: it neither spends the budget nor restores it.",
  bad: "Time without data counts as bad.",
  good: "Time without data counts as good.",
} as const;

/** "120 minutes, 514 of every 30d". */
function takenWords(exclusion: Exclusion, windowSeconds: number): string {
  const each = `${printNumber(exclusion.seconds / 60)} minutes`;
  if (exclusion.occurrences.type === "fixed") return each;
  const all = Math.round(excludedSeconds(exclusion, windowSeconds) / 60);
  return `${each} each time, about ${all} of ${printSeconds(windowSeconds)}`;
}

function guardWords({ slo, words }: SloPlan): string[] {
  const events = slo.minEvents === undefined ? [] : [`at least ${slo.minEvents} ${words.unit}`];
  const bad = slo.minBad === undefined ? [] : [`at least ${slo.minBad} bad ${words.unit}`];
  return [...events, ...bad];
}
