/** Experiments: one at a time, its verdict on top, then its variants side by side, quality and cost. */
import { experimentDashboardUid, experimentRecords } from "../../compile/names.ts";
import type { Line } from "./panels/arrange.ts";
import { rows } from "./panels/columns.ts";
import { dashboard } from "./panels/dashboard.ts";
import type { Dashboard, PanelBody } from "./panels/model.ts";
import { verdictMapping } from "./panels/palette.ts";
import { type Graph, graph } from "./panels/panels.ts";
import { one } from "./panels/variables.ts";

const ONE = 'slo_service="$slo_service", experiment="$experiment"';

/** One of it for all experiments. */
export function experimentsDashboard(): Dashboard {
  const { total } = experimentRecords;
  return dashboard({
    uid: experimentDashboardUid,
    title: "Experiments",
    description: "Variants side by side: what goes wrong in each, what it costs, and whether it is more than noise.",
    tags: ["experiments"],
    from: "now-7d",
    variables: [
      one("slo_service", "Service", `label_values(${total}, slo_service)`),
      one("experiment", "Experiment", `label_values(${total}{slo_service="$slo_service"}, experiment)`),
    ],
    annotations: [],
    sections: [{ name: "experiment", lines: [{ height: 7, panels: [verdicts] }, quality, size] }],
  });
}

const verdicts = {
  name: "verdicts",
  width: 24,
  body: rows({
    title: "Verdict, of every variant and SLI",
    description: "Worse or better than the baseline by more than noise, or too few events to say anything.",
    columns: [
      {
        name: "Verdict",
        expr: recorded(experimentRecords.verdict),
        unit: "none",
        mappings: [verdictMapping],
        cell: "background",
      },
      { name: "Worse by, σ", expr: recorded(experimentRecords.worse), unit: "none", decimals: 1 },
      { name: "Bad", expr: recorded(experimentRecords.badRatio), unit: "percentunit", decimals: 2 },
      { name: "Events", expr: recorded(experimentRecords.totalInWindow), unit: "short", decimals: 0 },
    ],
    labels: { sli: "SLI" },
    sortBy: [{ displayName: "Verdict", desc: true }],
  }),
};

const quality: Line = {
  height: 9,
  panels: [
    {
      name: "quality",
      width: 12,
      body: byVariant({
        title: "Bad events, by variant",
        description: "Share of bad events over the experiment's window before each point.",
        queries: [{ expr: recorded(experimentRecords.badRatio) }],
        unit: "percentunit",
        decimals: 2,
        min: 0,
      }),
    },
    {
      name: "cost",
      width: 12,
      body: byVariant({
        title: "Cost per request, by variant",
        description:
          "Spend divided by the unit it is charged for, over the same window. Empty where no cost is declared.",
        queries: [{ expr: recorded(experimentRecords.costPerUnit) }],
        unit: "none",
        decimals: 4,
        min: 0,
      }),
    },
  ],
};

const size: Line = {
  height: 9,
  panels: [
    {
      name: "sigma",
      width: 12,
      body: byVariant({
        title: "Worse than the baseline, in standard errors",
        description: "Near zero it is noise; below zero the variant is better.",
        queries: [{ expr: recorded(experimentRecords.worse) }],
        unit: "none",
        decimals: 1,
      }),
    },
    {
      name: "events",
      width: 12,
      body: byVariant({
        title: "Events, by variant",
        description: "How many the window holds: too few say nothing.",
        queries: [{ expr: recorded(experimentRecords.totalInWindow) }],
        unit: "short",
        min: 0,
      }),
    },
  ],
};

/** Lines are named by the labels that differ. */
function byVariant(panel: Omit<Graph, "stepSeconds" | "lines">): PanelBody {
  return graph({ ...panel, stepSeconds: 240, lines: { fillOpacity: 0 } });
}

/** With the variant's labels alone, whatever they are called. */
function recorded(record: string): string {
  return `max without (slo_service, experiment) (${record}{${ONE}})`;
}
