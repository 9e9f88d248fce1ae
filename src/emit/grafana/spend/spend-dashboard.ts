/** Money and tokens: one budget at a time, over everything and by what distinguishes its parts. */

import { spendDashboardUid, spendRecords } from "../../../compile/names.ts";
import type { Platform } from "../../../model/service.ts";
import { DAY } from "../../../time/units.ts";
import type { Line, Placed } from "../panels/arrange.ts";
import { rows } from "../panels/columns.ts";
import { dashboard } from "../panels/dashboard.ts";
import type { Dashboard, PanelBody } from "../panels/model.ts";
import { BAD, GOOD, NEUTRAL, noData, shareSteps, steps } from "../panels/palette.ts";
import { graph, type Measured, stat } from "../panels/panels.ts";
import { alertTimeline } from "../panels/urgency.ts";
import { one } from "../panels/variables.ts";
import { alertsOverTime, spendQueries } from "./spend-queries.ts";

type Ask = ReturnType<typeof spendQueries>;

/** Amounts are in the budget's unit: titles name it. */
export function spendDashboard({ severities, identity }: Platform): Dashboard {
  const ask = spendQueries([...identity].sort());
  const info = `${spendRecords.info}{slo_service="$slo_service"`;
  return dashboard({
    uid: spendDashboardUid,
    title: "Spend",
    description: "One budget: what is spent of every limit, by whom, how fast, and whether it will last.",
    tags: ["spend"],
    from: "now-30d",
    variables: [
      one("slo_service", "Service", `label_values(${spendRecords.info}, slo_service)`),
      one("budget", "Budget", `label_values(${info}}, budget)`),
      { ...one("unit", "Unit", `label_values(${info}, budget="$budget"}, unit)`), hide: 2 },
    ],
    annotations: [],
    sections: [{ name: "spend", lines: [amounts(ask), shares(ask), bars(ask), details(ask, severities)] }],
  });
}

/** In the budget's unit, over everything. */
function amounts(ask: Ask): Line {
  return tiles({
    spent: amount("Spent", "Since the period began, or within the rolling one.", ask.spentInAll),
    limit: amount("Limit", "The overall limit.", ask.limitInAll),
    left: amount("Left", "Of the overall limit. Nothing is stopped: limits are not enforced.", ask.leftInAll),
    before: amount(
      "A period ago",
      "Spent by the same time of the period before; a month counts as 30 days.",
      ask.periodBefore,
    ),
  });
}

/** As shares. */
function shares(ask: Ask): Line {
  return tiles({
    used: share("Highest share of a limit", "The limit closest to being used up.", ask.highestUse, shareSteps),
    forecast: share(
      "Highest forecast",
      "Spent by the period's end, of the limit that will be worst.",
      ask.highestForecast,
      shareSteps,
    ),
    elapsed: share("Period elapsed", "If spend is ahead of this, the limit will not last.", ask.elapsed),
    unattributed: share("Unattributed", "Share of spend without a value for the split label.", ask.unattributed),
    measured: share(
      "Measured",
      "Evaluations that took place within six hours, or since the first one. What was not evaluated was not counted.",
      ask.measured,
      steps([BAD, GOOD], [0.95]),
    ),
  });
}

function tiles(bodies: Readonly<Record<string, PanelBody>>): Line {
  const all = Object.entries(bodies);
  return { height: 4, panels: all.map(([name, body]): Placed => ({ name, width: Math.floor(24 / all.length), body })) };
}

function amount(title: string, description: string, expr: string): PanelBody {
  return number({
    title: `${title}, $unit`,
    description,
    queries: [{ expr, legend: title }],
    unit: "short",
    decimals: 2,
  });
}

function share(title: string, description: string, expr: string, thresholds = steps([NEUTRAL], [])): PanelBody {
  return number({
    title,
    description,
    queries: [{ expr, legend: title }],
    unit: "percentunit",
    decimals: 1,
    thresholds,
  });
}

function number(panel: Measured): PanelBody {
  return stat({ thresholds: steps([NEUTRAL], []), mappings: [noData], ...panel });
}

/** Sums of a day or an hour at each point, one colour for each value. */
function bars(ask: Ask): Line {
  const stacked = { fillOpacity: 60, stacking: { mode: "normal", group: "A" }, lineWidth: 1 };
  return {
    height: 9,
    panels: [
      {
        name: "days",
        width: 14,
        body: graph({
          title: "Spent each day, by value, $unit",
          description: "Each bar is the 24h before it.",
          queries: [{ expr: ask.byDay }],
          unit: "short",
          decimals: 2,
          min: 0,
          stepSeconds: DAY,
          lines: { ...stacked, drawStyle: "bars" },
        }),
      },
      {
        name: "hours",
        width: 10,
        body: graph({
          title: "Spent in the hour before, by value, $unit",
          description: "Who spends now: a sum over one hour at each point.",
          queries: [{ expr: ask.byHour }],
          unit: "short",
          decimals: 2,
          min: 0,
          stepSeconds: 240,
          timeFrom: "24h",
          lines: stacked,
        }),
      },
    ],
  };
}

function details(ask: Ask, severities: Platform["severities"]): Line {
  return {
    height: 10,
    panels: [
      { name: "values", width: 12, body: values(ask) },
      { name: "unit-cost", width: 6, body: unitCost(ask) },
      { name: "alerts", width: 6, body: alerts(severities) },
    ],
  };
}

/** The labels of `by` are columns of their own; the row without them is the limit over everything. */
function values(ask: Ask): PanelBody {
  const inUnits = { unit: "short", decimals: 2 } as const;
  const asShare = { unit: "percentunit", decimals: 0, thresholds: shareSteps } as const;
  return rows({
    title: "Every value and its limit, $unit",
    description: "The row without a value is everything. Left and shares only where there is a limit.",
    columns: [
      { name: "Spent", expr: ask.spentRows, ...inUnits },
      { name: "Limit", expr: ask.limitRows, ...inUnits },
      { name: "Left", expr: ask.leftRows, ...inUnits },
      { name: "Used", expr: ask.usedRows, ...asShare, cell: "gauge" },
      { name: "Forecast", expr: ask.forecastRows, ...asShare, cell: "text" },
    ],
    labels: {},
    hidden: ["__name__", "slo_service", "budget"],
    sortBy: [{ displayName: "Spent", desc: true }],
  });
}

function unitCost(ask: Ask): PanelBody {
  return graph({
    title: "Unit cost, $unit",
    description:
      "Spend of the hour before over its requests, and over its thousands of tokens, where those are declared.",
    queries: [{ expr: ask.unitCost, legend: "{{unit}}" }],
    unit: "none",
    decimals: 4,
    min: 0,
    stepSeconds: 240,
    lines: { fillOpacity: 0 },
  });
}

function alerts(severities: Platform["severities"]): PanelBody {
  const description = "When each alert of this budget was pending or firing. Nothing where none was active.";
  return alertTimeline(description, alertsOverTime(severities), 240);
}
