/** The overview: every SLO, budget and experiment, what is firing, and the way to each of them. */
import { overviewDashboardUid, records } from "../../../compile/names.ts";
import type { Platform } from "../../../model/service.ts";
import type { Line, Placed } from "../panels/arrange.ts";
import { dashboard } from "../panels/dashboard.ts";
import type { Dashboard, PanelBody } from "../panels/model.ts";
import { BAD, burnSteps, CAREFUL, GOOD, NEUTRAL, noData, steps, UNKNOWN, WORSE } from "../panels/palette.ts";
import { graph, stat } from "../panels/panels.ts";
import { several } from "../panels/variables.ts";
import * as ask from "./overview-queries.ts";
import { alertTable, budgetTable, experimentTable, sloTable } from "./overview-tables.ts";

type Severities = Platform["severities"];

/** How many of the fastest burns are drawn. */
const TOP = 10;

/** The overview of everything that this Prometheus evaluates. */
export function overviewDashboard({ severities }: Platform): Dashboard {
  return dashboard({
    uid: overviewDashboardUid,
    title: "SLO overview",
    description: "Every SLO, budget and experiment: what is firing now, and what is left.",
    tags: ["overview"],
    from: "now-24h",
    variables: [
      several("owner", "Owner", 'label_values({__name__=~"slo:info|budget:info"}, owner)'),
      several(
        "service",
        "Service",
        `label_values({__name__=~"${records.objective}|budget:info|experiment:total:increase"}, slo_service)`,
      ),
    ],
    annotations: [],
    sections: [
      {
        name: "overview",
        lines: [
          counts(severities),
          { height: 12, panels: [{ name: "table", width: 24, body: sloTable(severities) }] },
          { height: 8, panels: [{ name: "alerts", width: 24, body: alertTable }] },
          otherLine(severities),
          { height: 9, panels: [{ name: "top-over-time", width: 24, body: fastest }] },
        ],
      },
    ],
  });
}

/** Six numbers: the state of everything in one line. */
function counts({ page, ticket }: Severities): Line {
  const { known, withoutData, burn, budgetLeft } = ask.slos;
  const panels = {
    objectives: count("SLOs", "SLOs whose rules are evaluated.", ask.countOf(known), NEUTRAL),
    pages: count("Pages firing", "Firing page alerts, including those of budgets.", ask.firing(page), BAD),
    tickets: count("Tickets firing", "Alerts that wait for working hours.", ask.firing(ticket), WORSE),
    blind: count("Without data", "SLOs with no data in the last 10 minutes.", ask.countOf(withoutData), UNKNOWN),
    burning: count(
      "Burning too fast",
      "SLOs with a group that burnt at over 3× in the last hour: three times what its budget allows.",
      ask.countOf(`(${burn}) > 3`),
      CAREFUL,
    ),
    spent: count("Budgets spent", "SLOs that miss their objective.", ask.countOf(`(${budgetLeft}) <= 0`), BAD),
  };
  return { height: 4, panels: Object.entries(panels).map(([name, body]): Placed => ({ name, width: 4, body })) };
}

/** Coloured as soon as there is one. */
function count(title: string, description: string, expr: string, color: string): PanelBody {
  return stat({
    title,
    description,
    queries: [{ expr, legend: title }],
    unit: "none",
    decimals: 0,
    thresholds: steps([color === NEUTRAL ? NEUTRAL : GOOD, color], [1]),
    mappings: [noData],
  });
}

function otherLine(severities: Severities): Line {
  return {
    height: 8,
    panels: [
      { name: "budgets", width: 14, body: budgetTable(severities) },
      { name: "experiments", width: 10, body: experimentTable(severities) },
    ],
  };
}

const fastest = graph({
  title: "Fastest burns over time",
  description: "The ten fastest-burning SLOs over the preceding hour. At 1× the budget just lasts.",
  queries: [{ expr: `topk(${TOP}, ${ask.slos.burn})`, legend: "{{slo_service}} / {{slo}}" }],
  unit: "suffix:×",
  decimals: 1,
  thresholds: burnSteps,
  stepSeconds: 60,
  lines: {
    axisLabel: "× sustainable",
    fillOpacity: 0,
    scaleDistribution: { type: "symlog", log: 10, linearThreshold: 1 },
    thresholdsStyle: { mode: "dashed" },
  },
});
