/** The overview's tables: every SLO, budget and experiment, the most urgent first, each with the way to its dashboard. */
import { experimentDashboardUid, sloDashboardUid, spendDashboardUid } from "../../../compile/names.ts";
import type { Platform } from "../../../model/service.ts";
import { type Column, rows } from "../panels/columns.ts";
import type { PanelBody } from "../panels/model.ts";
import { budgetSteps, burnSteps, shareSteps, urgencyMapping, urgencySteps, verdictMapping } from "../panels/palette.ts";
import * as ask from "./overview-queries.ts";

type Severities = Platform["severities"];

const URGENT_FIRST = [{ displayName: "State", desc: true }];

function stateColumn(expr: string): Column {
  const look = { thresholds: urgencySteps, mappings: [urgencyMapping], cell: "background" } as const;
  return { name: "State", expr, unit: "none", width: 90, ...look };
}

/** A row for each SLO. */
export function sloTable(severities: Severities): PanelBody {
  const { slos } = ask;
  return rows({
    title: "All SLOs, most urgent first",
    description: "One row per SLO, showing its worst group. Click the name to open it.",
    columns: [
      stateColumn(ask.sloStates(severities)),
      { name: "Info", expr: slos.owner, unit: "none" },
      { name: "Groups", expr: slos.groups, unit: "none", decimals: 0, width: 80 },
      { name: "Objective", expr: slos.objective, unit: "percentunit", width: 110 },
      { name: "SLI", expr: slos.sli, unit: "percentunit", decimals: 4, width: 110 },
      {
        name: "Budget left",
        expr: slos.budgetLeft,
        unit: "percentunit",
        decimals: 1,
        width: 220,
        thresholds: budgetSteps,
        cell: "gauge",
      },
      {
        name: "Burn, last hour",
        expr: slos.burn,
        unit: "suffix:×",
        decimals: 1,
        width: 130,
        thresholds: burnSteps,
        cell: "text",
      },
    ],
    labels: { slo_service: "Service", slo: "SLO", owner: "Owner" },
    hidden: ["Value #B"],
    opens: {
      column: "SLO",
      title: "Open this SLO",
      url: `/d/${sloDashboardUid}?var-slo_service=\${__data.fields.Service}&var-slo=\${__data.fields.SLO}&\${__url_time_range}`,
    },
    sortBy: [...URGENT_FIRST, { displayName: "Budget left", desc: false }],
  });
}

/** Whatever is active. Labels of its group are columns of their own: of what is active, not of everything. */
export const alertTable = rows({
  title: "Active alerts",
  description: "What is firing or pending, with all its labels. Empty where nothing is.",
  columns: [{ name: "Value", expr: ask.activeAlerts, unit: "none" }],
  labels: {
    alertstate: "State",
    severity: "Severity",
    slo_service: "Service",
    slo: "SLO",
    budget: "Budget",
    experiment: "Experiment",
    alertname: "Alert",
    owner: "Owner",
  },
  hidden: ["Value", "__name__", "tier", "long", "short"],
  sortBy: [{ displayName: "State", desc: false }],
});

/** A row for each budget. */
export function budgetTable(severities: Severities): PanelBody {
  const share = { unit: "percentunit", decimals: 0, thresholds: shareSteps } as const;
  return rows({
    title: "Every budget",
    description: "Of its limits, the one that is worst. A click on its name opens it.",
    columns: [
      stateColumn(ask.budgetStates(severities)),
      { name: "Info", expr: ask.budgets.owner, unit: "none" },
      { name: "Used", expr: ask.budgets.used, ...share, cell: "gauge" },
      { name: "Forecast", expr: ask.budgets.forecast, ...share, cell: "text" },
    ],
    labels: { slo_service: "Service", budget: "Budget", owner: "Owner", per: "Per" },
    hidden: ["Value #B"],
    opens: {
      column: "Budget",
      title: "Open this budget",
      url: `/d/${spendDashboardUid}?var-slo_service=\${__data.fields.Service}&var-budget=\${__data.fields.Budget}`,
    },
    sortBy: URGENT_FIRST,
  });
}

/** A row for each experiment. */
export function experimentTable(severities: Severities): PanelBody {
  return rows({
    title: "Every experiment",
    description: "Of its variants, the one that is worst. A click on its name opens it.",
    columns: [
      stateColumn(ask.experimentStates(severities)),
      { name: "Verdict", expr: ask.experiments.verdict, unit: "none", mappings: [verdictMapping], cell: "text" },
      { name: "Worse by, σ", expr: ask.experiments.worse, unit: "none", decimals: 1 },
    ],
    labels: { slo_service: "Service", experiment: "Experiment" },
    opens: {
      column: "Experiment",
      title: "Open this experiment",
      url: `/d/${experimentDashboardUid}?var-slo_service=\${__data.fields.Service}&var-experiment=\${__data.fields.Experiment}`,
    },
    sortBy: URGENT_FIRST,
  });
}
