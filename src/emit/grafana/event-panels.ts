/** What happened: bad and good per second, or per hour where slices of time are counted. */
import type { Expr } from "../../promql/ast.ts";
import { binary, number } from "../../promql/build.ts";
import { COMPONENT } from "../../sli/composite.ts";
import { plain } from "./escape.ts";
import { chosen } from "./groups.ts";
import type { PanelBody } from "./model.ts";
import { BAD, fixed, GOOD } from "./palette.ts";
import { graph } from "./panels.ts";
import { oneGroup, type SloView } from "./slo-view.ts";

/** Bad events of every group: whose fault it is. */
export function badGraph(view: SloView): PanelBody {
  return eventGraph(view, "Bad", view.plan.queries.badRate, view.plan.words.bad, BAD);
}

/** Good events of every group: an outage of the clients shows here and nowhere else. */
export function goodGraph(view: SloView): PanelBody {
  return eventGraph(view, "Good", view.plan.queries.goodRate, view.plan.words.good, GOOD);
}

function eventGraph(view: SloView, name: string, perSecond: Expr, words: string, color: string): PanelBody {
  const { unit } = view.plan.words;
  if (view.plan.slo.sli.kind === "composite") return componentGraph(view, name, perSecond, words);
  // A slice of a minute is 0.0167 per second: nobody reads that.
  const slices = unit === "slices";
  return graph({
    title: `${name} ${unit} per ${slices ? "hour" : "second"}`,
    description: plain(`${name} means: ${words}.`),
    links: view.links,
    queries: [
      {
        expr: chosen(slices ? binary("*", perSecond, number(3600)) : perSecond, view.plan.groupLabels),
        legend: view.legend,
      },
    ],
    unit: slices ? "short" : "cps",
    min: 0,
    stepSeconds: view.plan.slo.evaluationSeconds,
    ...(oneGroup(view) ? { color: fixed(color) } : {}),
    lines: { fillOpacity: oneGroup(view) ? 20 : 0 },
  });
}

/** A composite has no events of its own: what its components contribute. */
function componentGraph(view: SloView, name: string, shares: Expr, words: string): PanelBody {
  const groups = view.plan.groupLabels.map((label) => ` / {{${label}}}`);
  return graph({
    title: `${name} share of each component`,
    description: plain(`${name} means: ${words}.`),
    links: view.links,
    queries: [{ expr: chosen(shares, view.plan.groupLabels), legend: `{{${COMPONENT}}}${groups.join("")}` }],
    unit: "percentunit",
    min: 0,
    stepSeconds: view.plan.slo.evaluationSeconds,
    lines: { fillOpacity: 0 },
  });
}
