/** Burn and budget over time: which window burns, how near each alert is, and how the budget went down. */
import { longestSeconds } from "../../compile/calendar.ts";
import type { TierPlan } from "../../compile/plan.ts";
import { isPerGroup, thresholdOf } from "../../compile/slo/objectives.ts";
import { recoveryWords } from "../../model/period.ts";
import type { Expr } from "../../promql/ast.ts";
import { binary, number } from "../../promql/build.ts";
import { printSeconds } from "../../promql/duration.ts";
import { times } from "../runbooks/figures.ts";
import { burnOf, errorRatioOf } from "../runbooks/recorded.ts";
import { chosen, highest } from "./groups.ts";
import type { Override, PanelBody, Step } from "./model.ts";
import { BAD, CAREFUL, fixed, GOOD, NEUTRAL, steps, tierColour, WORSE } from "./palette.ts";
import { type Query, refId } from "./panel.ts";
import { barGauge, graph } from "./panels.ts";
import { oneGroup, type SloView, worstOf } from "./slo-view.ts";

/** Burn of every tier's long window; a line and the threshold that it must pass have one colour. */
export function burnGraph(view: SloView): PanelBody {
  const windows = burnWindows(view);
  return graph({
    title: "Burn rate, and where each tier alerts",
    description: `Burn over each tier's long window. A dashed line is the threshold of the tier of its colour; 1× spends the budget in exactly ${view.window}.${worstOf(view)}`,
    links: view.links,
    queries: windows.map(({ seconds, legend }) => ({
      expr: highest(burnOf(view.plan, seconds), view.plan.groupLabels),
      legend,
    })),
    unit: "none",
    thresholds: burnThresholds(view.plan.tiers),
    stepSeconds: view.plan.slo.evaluationSeconds,
    overrides: windows.map((_window, index) => coloured(refId(index), tierColour(index))),
    lines: {
      axisLabel: "× sustainable",
      fillOpacity: 0,
      // Linear up to 1×, then logarithmic: a blip of 2× and an outage of 1000× are both to be seen.
      scaleDistribution: { type: "symlog", log: 10, linearThreshold: 1 },
      thresholdsStyle: { mode: "dashed" },
    },
  });
}

/** How far each tier's long window is on its way to the threshold. */
export function alertDistance(view: SloView): PanelBody {
  return barGauge({
    title: "How near each alert is",
    description: `Burn over the long window as a share of the tier's threshold. At 100% the alert fires if its short window burns as fast; a window that is not full yet counts its missing part as good.${worstOf(view)}`,
    links: view.links,
    queries: view.plan.tiers.map((tier) => ({
      expr: distance(view, tier),
      legend: `${tier.name} (${printSeconds(tier.longSeconds)}, ${times(tier.burn)})`,
    })),
    unit: "percentunit",
    decimals: 0,
    min: 0,
    max: 1,
    thresholds: steps([GOOD, CAREFUL, WORSE, BAD], [0.5, 0.8, 1]),
  });
}

/** The budget going down over the SLO's own window, whatever the dashboard's time range. */
export function burnDown(view: SloView): PanelBody {
  const [period] = view.plan.slo.periods;
  const shown = printSeconds(period.kind === "calendar" ? longestSeconds[period.unit] : period.seconds);
  return graph({
    title: `Budget left, last ${shown}`,
    description: `Share of the error budget that is left. It falls with every bad event, and what was spent is back ${recoveryWords(period)}; below zero the objective is missed.`,
    links: view.links,
    queries: [{ expr: chosen(view.plan.queries.budgetRemaining, view.plan.groupLabels), legend: view.legend }],
    unit: "percentunit",
    decimals: 1,
    max: 1,
    thresholds: {
      mode: "absolute",
      steps: [
        { color: GOOD, value: null },
        { color: BAD, value: 0 },
      ],
    },
    stepSeconds: view.plan.slo.evaluationSeconds,
    timeFrom: shown,
    lines: { fillOpacity: oneGroup(view) ? 15 : 0, thresholdsStyle: { mode: "line" } },
    ...(oneGroup(view) ? { color: fixed(NEUTRAL) } : {}),
  });
}

/** The SLI of the quickest window beside the objective. */
export function sliGraph(view: SloView): PanelBody {
  const fast = printSeconds(view.fastSeconds);
  const good = binary("-", number(1), errorRatioOf(view.plan, view.fastSeconds));
  return graph({
    title: `SLI over ${fast}, and the objective`,
    description: `Share of good ${view.plan.words.unit} in the ${fast} before each point; the dashed line is the objective, ${view.objective} over ${view.window}.`,
    links: view.links,
    queries: [{ expr: chosen(good, view.plan.groupLabels), legend: view.legend }, objectiveQuery(view)],
    unit: "percentunit",
    decimals: view.decimals,
    max: 1,
    stepSeconds: view.plan.slo.evaluationSeconds,
    overrides: [dashed("B", BAD)],
    // The axis starts where the data does: at zero, 99.9 % and 99.8 % would be one line.
    lines: { axisSoftMin: view.plan.slo.objectivePercent / 100 - view.plan.slo.errorBudget, fillOpacity: 0 },
    ...(oneGroup(view) ? { color: fixed(GOOD) } : {}),
  });
}

/** One line, or one for each group where they have objectives of their own. */
function objectiveQuery(view: SloView): Query {
  const { slo, queries, groupLabels } = view.plan;
  if (!isPerGroup(slo)) return { expr: highest(queries.objective, []), legend: "objective" };
  return { expr: chosen(queries.objective, groupLabels), legend: `objective ${view.legend}` };
}

interface BurnWindow {
  readonly seconds: number;
  readonly legend: string;
}

function burnWindows(view: SloView): BurnWindow[] {
  if (view.plan.tiers.length === 0) return [{ seconds: view.fastSeconds, legend: printSeconds(view.fastSeconds) }];
  return view.plan.tiers.map((tier) => ({
    seconds: tier.longSeconds,
    legend: `${printSeconds(tier.longSeconds)} (${tier.name}, ${times(tier.burn)})`,
  }));
}

/** Grafana wants the lowest first. Two tiers at one burn rate share a line: the faster one's. */
function burnThresholds(tiers: readonly TierPlan[]): { mode: "absolute"; steps: Step[] } {
  const lines = tiers.map((tier, index): Step => ({ color: tierColour(index), value: tier.burn }));
  const distinct = lines.filter((line, index) => lines.findIndex((other) => other.value === line.value) === index);
  return {
    mode: "absolute",
    steps: [{ color: GOOD, value: null }, ...distinct.sort((a, b) => Number(a.value) - Number(b.value))],
  };
}

function distance(view: SloView, tier: TierPlan): Expr {
  return highest(
    binary("/", errorRatioOf(view.plan, tier.longSeconds), thresholdOf(tier, view.plan.slo)),
    view.plan.groupLabels,
  );
}

function coloured(query: string, color: string): Override {
  return { matcher: { id: "byFrameRefID", options: query }, properties: [{ id: "color", value: fixed(color) }] };
}

function dashed(query: string, color: string): Override {
  const { matcher, properties } = coloured(query, color);
  const style = { id: "custom.lineStyle", value: { dash: [10, 10], fill: "dash" } };
  return { matcher, properties: [...properties, style, { id: "custom.lineWidth", value: 1 }] };
}
