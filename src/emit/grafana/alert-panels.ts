/** Alerts of an SLO: how urgent it is now, and which alert was active when. */

import { severities } from "../../compile/audience.ts";
import { idLabels } from "../../compile/naming.ts";
import type { SentAlert } from "../../compile/plan.ts";
import type { Expr } from "../../promql/ast.ts";
import { aggregate, binary, call, chain, number, selector } from "../../promql/build.ts";
import { chosenOrNone } from "./groups.ts";
import type { PanelBody } from "./model.ts";
import { BAD, CAREFUL, GOOD, NEUTRAL, steps, URGENCY, urgencyMapping, WORSE } from "./palette.ts";
import { stat, stateTimeline } from "./panels.ts";
import { type SloView, worstOf } from "./slo-view.ts";

/** The most urgent alert of the SLO, as one word on its colour. */
export function stateStat(view: SloView): PanelBody {
  return stat({
    title: "State",
    description: `The most urgent alert that is firing for this SLO: quiet, pending, info, ticket or page.${worstOf(view)}`,
    links: view.links,
    queries: [{ expr: urgencyOf(view), legend: "state" }],
    unit: "none",
    thresholds: urgencySteps,
    mappings: [urgencyMapping],
  });
}

/** One band per alert name, quiet where it was not active. */
export function alertTimeline(view: SloView): PanelBody {
  return stateTimeline({
    title: "Alerts over time",
    description: `When each alert of this SLO was pending or firing, and how urgent it is.${worstOf(view)}`,
    links: view.links,
    queries: alertsByName(view).map((alert) => ({ expr: urgencyOfAlert(view, alert), legend: legendOf(view, alert) })),
    unit: "none",
    thresholds: urgencySteps,
    mappings: [urgencyMapping],
    stepSeconds: view.plan.slo.evaluationSeconds,
  });
}

/** The alerts of an SLO, one rule per name: burn rates in the order of their tiers, then those on the measurement. */
export function alertsByName({ plan }: SloView): SentAlert[] {
  const byName = new Map(plan.alerts.map((rule) => [rule.alert, rule]));
  const names = new Set([...plan.tiers.map(({ alert }) => alert), ...byName.keys()]);
  return [...names].flatMap((name) => byName.get(name) ?? []);
}

const urgencySteps = steps(
  [GOOD, CAREFUL, NEUTRAL, WORSE, BAD],
  [URGENCY.pending, URGENCY.info, URGENCY.ticket, URGENCY.page],
);

/** `or` takes the first that has a value: the most urgent one. */
function urgencyOf(view: SloView): Expr {
  const firing = severities.map((severity) =>
    active(view, { alertstate: "firing", severity: view.severities[severity] }, URGENCY[severity]),
  );
  return chain("or", ...firing, active(view, { alertstate: "pending" }, URGENCY.pending), quiet());
}

function urgencyOfAlert(view: SloView, rule: SentAlert): Expr {
  const named = { alertname: rule.alert };
  return chain(
    "or",
    active(view, { ...named, alertstate: "firing" }, URGENCY[rule.severity]),
    active(view, { ...named, alertstate: "pending" }, URGENCY.pending),
    quiet(),
  );
}

function active(view: SloView, labels: Readonly<Record<string, string>>, urgency: number): Expr {
  const alerts = selector("ALERTS", { ...idLabels(view.plan.slo), ...labels });
  return binary("*", aggregate("max", [], chosenOrNone(alerts, view.plan.groupLabels)), number(urgency));
}

function quiet(): Expr {
  return call("vector", number(URGENCY.quiet));
}

function legendOf(view: SloView, rule: SentAlert): string {
  return view.plan.tiers.find((tier) => tier.alert === rule.alert)?.name ?? rule.alert;
}
