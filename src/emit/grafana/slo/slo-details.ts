/** Below the first screen: all groups of the SLO, what it counts, and what it promises. */
import { records } from "../../../compile/names.ts";
import type { Line } from "../panels/arrange.ts";
import { rows } from "../panels/columns.ts";
import type { PanelBody } from "../panels/model.ts";
import { budgetSteps, burnSteps } from "../panels/palette.ts";
import { graph } from "../panels/panels.ts";
import * as ask from "./one-slo.ts";

export const details: Line = {
  height: 8,
  panels: [
    { name: "groups", width: 10, body: groups() },
    { name: "series", width: 7, body: series() },
    { name: "promise", width: 7, body: promise() },
  ],
};

function groups(): PanelBody {
  const look = { decimals: 1, cell: "text" } as const;
  return rows({
    title: "Every group of this SLO",
    description: "The group with least budget first. Choose one of them above.",
    columns: [
      { name: "Budget left", expr: ask.groupsBudgetLeft, unit: "percentunit", thresholds: budgetSteps, ...look },
      { name: "Burn, last hour", expr: ask.groupsBurn, unit: "suffix:×", thresholds: burnSteps, ...look },
    ],
    labels: {},
    sortBy: [{ displayName: "Budget left", desc: false }],
  });
}

function series(): PanelBody {
  return graph({
    title: "Series counted, by job",
    description: "Where it falls to zero, that job is no longer measured.",
    queries: [{ expr: ask.seriesByJob, legend: "{{job}}" }],
    unit: "short",
    min: 0,
    stepSeconds: 60,
  });
}

function promise(): PanelBody {
  return rows({
    title: "Objective",
    description:
      "The objective in percent, its window, who owns it, what kind of SLI it is, and its error-budget policy.",
    columns: [{ name: "Value", expr: `${records.info}{${ask.ONE}}`, unit: "none" }],
    labels: { objective: "Objective", window: "Window", owner: "Owner", sli: "SLI", policy: "Budget policy" },
    hidden: ["Value", "__name__", "slo_service", "slo", "sli_hash"],
    sortBy: [],
  });
}
