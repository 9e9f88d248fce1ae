/** What stands before the fold of an SLO's runbook: how urgent, what to look at, where, what changed last, and what to silence. */

import { idLabels } from "../../compile/names.ts";
import type { Plan, ServicePlan, SloPlan } from "../../compile/plan.ts";
import { hasTargets } from "../../compile/service/targets-down.ts";
import type { Severity } from "../../model/service.ts";
import { call, number, selector } from "../../promql/build.ts";
import { printSeconds } from "../../promql/duration.ts";
import { isComposite } from "../../sli/index.ts";
import { type LiveQuery, liveQuery } from "./queries/live-query.ts";
import { rawSeriesQueries } from "./queries/raw-series.ts";
import { burnOf, fastestWindow } from "./queries/recorded.ts";
import { silenceOf } from "./silence.ts";
import { burnAlerts } from "./words/alert-words.ts";

export interface FirstScreen {
  /** The burn-rate alerts, the most urgent first. */
  readonly urgent: readonly UrgentAlert[];
  readonly otherNames: readonly NamedAlert[];
  readonly look: readonly LiveQuery[];
  readonly where: readonly LiveQuery[];
  readonly newest: readonly LiveQuery[];
  /** A command. */
  readonly silence: string;
}

interface NamedAlert {
  readonly alert: string;
  readonly severity: string;
}

interface UrgentAlert extends NamedAlert {
  /** How long a full budget lasts at its threshold, at most. */
  readonly exhaustion: string;
  readonly action: string;
}

/** More tiers than these are named below the table. */
const ROWS = 5;

export function firstScreenOf(plan: Plan, service: ServicePlan, sloPlan: SloPlan): FirstScreen {
  const urgent = urgentAlerts(plan, sloPlan);
  const shown = new Set(urgent.map(({ alert }) => alert));
  return {
    urgent,
    otherNames: alertNames(service, sloPlan).filter(({ alert }) => !shown.has(alert)),
    look: lookAt(plan, sloPlan),
    where: whereOf(plan, sloPlan),
    newest: rawLinks(plan, sloPlan, "newest", "Recently started targets").slice(0, 1),
    silence: silenceOf(idLabels(sloPlan.slo), sloPlan, plan),
  };
}

function urgentAlerts(plan: Plan, sloPlan: SloPlan): UrgentAlert[] {
  return burnAlerts(plan, sloPlan)
    .map(({ alert, severity, exhaustion }) => ({ alert, severity, exhaustion, action: actions[severity] }))
    .slice(0, ROWS);
}

const actions: Readonly<Record<Severity, string>> = {
  page: "Act now, until the burn stops.",
  ticket: "Look at it in working hours.",
  info: "For your information.",
};

/** One per name, as sections have it. */
function alertNames(service: ServicePlan, sloPlan: SloPlan): NamedAlert[] {
  const all = [...sloPlan.alerts, ...(hasTargets(sloPlan) ? service.alerts : [])];
  return [...new Map(all.map(({ alert, severity }) => [alert, { alert, severity }])).values()];
}

/** Recorded series: all of them are there while a burn-rate alert fires. */
function lookAt({ platform }: Plan, sloPlan: SloPlan): LiveQuery[] {
  const { queries, slo } = sloPlan;
  const window = fastestWindow(sloPlan);
  const bad = isComposite(slo.sli) ? "Bad share of each component" : `Bad ${sloPlan.words.unit} per second`;
  return [
    liveQuery(`Burn rate, ${printSeconds(window)}`, burnOf(sloPlan, window), platform),
    liveQuery(bad, queries.badRate, platform),
    liveQuery("Budget left", queries.budgetRemaining, platform),
    liveQuery("Firing alerts", selector("ALERTS", idLabels(slo)), platform),
  ];
}

/** The groups that burn fastest, then the instances. */
function whereOf(plan: Plan, sloPlan: SloPlan): LiveQuery[] {
  const { groupLabels } = sloPlan;
  const top = call("topk", number(10), burnOf(sloPlan, fastestWindow(sloPlan)));
  const groups = groupLabels.length === 0 ? [] : [liveQuery(`Worst ${groupLabels.join(" / ")}`, top, plan.platform)];
  return [...groups, ...rawLinks(plan, sloPlan, "where", "Worst instances").slice(0, 1)];
}

function rawLinks({ platform }: Plan, sloPlan: SloPlan, kind: "where" | "newest", title: string): LiveQuery[] {
  return rawSeriesQueries(sloPlan)
    .filter((query) => query[kind])
    .map(({ expr }) => liveQuery(title, expr, platform));
}
