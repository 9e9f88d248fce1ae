/** What the overview asks: of everything that is promised, by the ids in its labels. */

import { alerts } from "../../../compile/alert-names.ts";
import { experimentRecords, records, spendRecords } from "../../../compile/names.ts";
import type { Platform } from "../../../model/service.ts";
import { URGENCY } from "../panels/palette.ts";
import { mostUrgent } from "../panels/urgency.ts";
import { badShareOf, burnOf, LATELY, ratioLastHour } from "../slo/burn-queries.ts";

type Words = Platform["severities"];

/** The services, and the teams, chosen above. */
const CHOSEN = 'slo_service=~"$service"';
const OWNED = `${CHOSEN}, owner=~"$owner"`;

/** 1 for every SLO whose rules are evaluated. */
const known = ofOwner(`group by (slo_service, slo) (${records.objective}{${CHOSEN}})`);

/** 1 for every SLO of which something was counted lately. */
const seen = `group by (slo_service, slo) (last_over_time(${records.total}{${CHOSEN}}[${LATELY}]))`;

const budgetLeft = `min by (slo_service, slo) (${records.budgetRemaining}{${CHOSEN}})`;

/** Of every SLO; of its groups, the one that is worst. */
export const slos = {
  known,
  withoutData: `${known} unless ${seen}`,
  owner: `max by (slo_service, slo, owner) (${records.info}{${OWNED}})`,
  objective: ofOwner(`max by (slo_service, slo) (${records.objective}{${CHOSEN}})`),
  sli: ofOwner(`1 - max by (slo_service, slo) (\n${badShareOf(CHOSEN)}\n)`),
  budgetLeft: ofOwner(budgetLeft),
  burn: ofOwner(`max by (slo_service, slo) (\n${burnOf(ratioLastHour(CHOSEN), CHOSEN)}\n)`),
  groups: ofOwner(`count by (slo_service, slo) (${records.budgetRemaining}{${CHOSEN}})`),
} as const;

/** The most urgent alert of every SLO: of its own, or of targets of its jobs. */
export function sloStates(words: Words): string {
  const urgent = (urgency: number, matchers: string): string[] => [
    `${urgency} * max by (slo_service, slo) (ALERTS{${CHOSEN}, slo!="", ${matchers}})`,
    `${urgency} * group by (slo_service, slo) (${downOf(matchers)})`,
  ];
  return ofOwner(mostUrgent(words, urgent, [`${URGENCY.quiet} * ${seen}`, `${URGENCY.unknown} * ${known}`]));
}

/** SLOs of the jobs whose targets are down. */
function downOf(matchers: string): string {
  return `${records.series}{${CHOSEN}} and on (slo_service, job) ALERTS{tier="${alerts.targetsDown.tier}", ${matchers}}`;
}

/** Of every budget; of its limits, the one that is worst. */
export const budgets = {
  owner: `max by (slo_service, budget, owner, per) (${spendRecords.info}{${OWNED}})`,
  used: ofBudgetOwner(`max by (slo_service, budget) (${spendRecords.used}{${CHOSEN}})`),
  forecast: ofBudgetOwner(`max by (slo_service, budget) (${spendRecords.forecast}{${CHOSEN}})`),
} as const;

export function budgetStates(words: Words): string {
  const urgent = (urgency: number, matchers: string): string[] => [
    `${urgency} * max by (slo_service, budget) (ALERTS{${CHOSEN}, budget!="", ${matchers}})`,
  ];
  const info = `group by (slo_service, budget) (${spendRecords.info}{${CHOSEN}})`;
  const spent = `last_over_time({__name__=~"budget:spend_[^:]+:increase", ${CHOSEN}}[${LATELY}])`;
  const quiet = `${URGENCY.quiet} * group by (slo_service, budget) (${spent})`;
  return ofBudgetOwner(mostUrgent(words, urgent, [quiet, `${URGENCY.unknown} * ${info}`]));
}

/** Of every experiment; of its variants, the one that is worst. */
export const experiments = {
  verdict: `max by (slo_service, experiment) (${experimentRecords.verdict}{${CHOSEN}})`,
  worse: `max by (slo_service, experiment) (${experimentRecords.worse}{${CHOSEN}})`,
} as const;

export function experimentStates(words: Words): string {
  const urgent = (urgency: number, matchers: string): string[] => [
    `${urgency} * max by (slo_service, experiment) (ALERTS{${CHOSEN}, experiment!="", ${matchers}})`,
  ];
  const quiet = `${URGENCY.quiet} * max by (slo_service, experiment) (${experimentRecords.verdict}{${CHOSEN}})`;
  return mostUrgent(words, urgent, [quiet]);
}

/** What has begun and may be reported, with all its labels. */
export const activeAlerts = `ALERTS{${OWNED}, severity!="none"}`;

/** How many alerts of a severity fire. Not even 0 where no rules are evaluated. */
export function firing(severity: string): string {
  const rules = `{__name__=~"${records.objective}|${spendRecords.info}|${experimentRecords.total}", ${CHOSEN}}`;
  return `count(ALERTS{${OWNED}, alertstate="firing", severity="${severity}"}) or 0 * count(${rules})`;
}

/** How many SLOs there are of a kind. Not even 0 where no rules are evaluated. */
export function countOf(some: string): string {
  return `count(\n${some}\n) or 0 * count(${known})`;
}

function ofOwner(expr: string): string {
  return `(${expr}) and on (slo_service, slo) ${records.info}{${OWNED}}`;
}

function ofBudgetOwner(expr: string): string {
  return `(${expr}) and on (slo_service, budget) ${spendRecords.info}{${OWNED}}`;
}
