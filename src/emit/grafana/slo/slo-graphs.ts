/** Over time: how fast each window burns, which alerts were active, what is left, and what happened. */
import type { Platform } from "../../../model/service.ts";
import type { Line } from "../panels/arrange.ts";
import type { Override, PanelBody } from "../panels/model.ts";
import { BAD, fixed, GOOD, NEUTRAL, steps, tierSteps } from "../panels/palette.ts";
import { graph } from "../panels/panels.ts";
import { alertTimeline } from "../panels/urgency.ts";
import * as ask from "./one-slo.ts";

type Severities = Platform["severities"];

/** The two lines below the headline. */
export function graphs(severities: Severities): Line[] {
  return [burnLine(severities), eventLine()];
}

function burnLine(severities: Severities): Line {
  return {
    height: 9,
    panels: [
      { name: "burn-over-time", width: 14, body: burnGraph },
      { name: "alerts", width: 10, body: alerts(severities) },
    ],
  };
}

const burnGraph = graph({
  title: "Burn over each window",
  description:
    "Dashed: 1×, 3×, 6× and 14.4×, the burns of the default tiers; at 1× the budget just lasts. An alert fires when its long and its short window are both above its burn.",
  queries: [{ expr: ask.burnByWindow, legend: "{{window}}" }],
  unit: "suffix:×",
  thresholds: tierSteps,
  stepSeconds: 30,
  lines: {
    axisLabel: "× sustainable",
    fillOpacity: 0,
    // Linear up to 1×, then logarithmic: a blip of 2× and an outage of 1000× are both to be seen.
    scaleDistribution: { type: "symlog", log: 10, linearThreshold: 1 },
    thresholdsStyle: { mode: "dashed" },
  },
});

function alerts(severities: Severities): PanelBody {
  const description = "When each alert was pending or firing, and how urgent it is. Nothing where none was active.";
  return alertTimeline(description, ask.alertsOverTime(severities), 30);
}

function eventLine(): Line {
  return {
    height: 9,
    panels: [
      { name: "budget-over-time", width: 12, body: budgetGraph },
      { name: "events", width: 12, body: eventGraph },
    ],
  };
}

const budgetGraph = graph({
  title: "Budget left over time",
  description: "It falls with every bad event; below zero the objective is missed. Additional windows each get a line.",
  queries: [
    { expr: ask.budgetLeft, legend: "budget left" },
    { expr: ask.furtherBudgetsLeft, legend: "{{period}}" },
  ],
  unit: "percentunit",
  decimals: 1,
  max: 1,
  thresholds: steps([BAD, NEUTRAL], [0]),
  stepSeconds: 60,
  lines: { thresholdsStyle: { mode: "line" } },
});

const eventGraph = graph({
  title: "Good and bad per minute",
  description: "Events, or slices of time, over five minutes. If clients stop sending, it shows only here.",
  queries: [
    { expr: ask.goodPerMinute, legend: "good" },
    { expr: ask.badPerMinute, legend: "bad" },
  ],
  unit: "short",
  min: 0,
  stepSeconds: 60,
  overrides: [coloured("A", GOOD), coloured("B", BAD)],
});

function coloured(query: string, color: string): Override {
  return { matcher: { id: "byFrameRefID", options: query }, properties: [{ id: "color", value: fixed(color) }] };
}
