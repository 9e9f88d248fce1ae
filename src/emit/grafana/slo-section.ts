/** One SLO on the dashboard of its service: is it bad, how bad, since when, for whom, and what was promised. */
import { alertsByName, alertTimeline } from "./alert-panels.ts";
import type { Line, Section } from "./arrange.ts";
import { alertDistance, burnDown, burnGraph, sliGraph } from "./budget-panels.ts";
import { badGraph, goodGraph } from "./event-panels.ts";
import { furtherBudgets, headline } from "./headline-panels.ts";
import { promise } from "./promise-panel.ts";
import type { SloView } from "./slo-view.ts";

/** The section of one SLO. */
export function sloSection(view: SloView, collapsed: boolean): Section {
  return {
    name: view.plan.slo.name,
    heading: { title: `${view.plan.slo.name}: ${view.objective} over ${view.window}`, collapsed },
    lines: [
      { height: 4, panels: headline(view) },
      ...furtherLine(view),
      burnLine(view),
      {
        height: 8,
        panels: [
          { name: "burn-down", width: 12, body: burnDown(view) },
          { name: "sli-over-time", width: 12, body: sliGraph(view) },
        ],
      },
      {
        height: 8,
        panels: [
          { name: "bad", width: 8, body: badGraph(view) },
          { name: "good", width: 8, body: goodGraph(view) },
          { name: "promise", width: 8, body: promise(view) },
        ],
      },
      ...alertLine(view),
    ],
  };
}

function furtherLine(view: SloView): Line[] {
  const panels = furtherBudgets(view);
  return panels.length === 0 ? [] : [{ height: 4, panels }];
}

/** Without tiers there is no threshold to be near to. */
function burnLine(view: SloView): Line {
  const graph = burnGraph(view);
  if (view.plan.tiers.length === 0) return { height: 8, panels: [{ name: "burn-over-time", width: 24, body: graph }] };
  return {
    height: 8,
    panels: [
      { name: "burn-over-time", width: 16, body: graph },
      { name: "distance", width: 8, body: alertDistance(view) },
    ],
  };
}

/** Tall enough for a band per alert. */
function alertLine(view: SloView): Line[] {
  const bands = alertsByName(view).length;
  return bands === 0 ? [] : [{ height: 3 + bands, panels: [{ name: "alerts", width: 24, body: alertTimeline(view) }] }];
}
