/** The overview: every objective of every service, the fastest burns, and the way to each service. */
import { records } from "../../compile/naming.ts";
import type { Plan } from "../../compile/plan.ts";
import { isPerGroup } from "../../compile/slo/objectives.ts";
import type { Expr, Matcher } from "../../promql/ast.ts";
import { aggregate, binary, call, number } from "../../promql/build.ts";
import type { Line, Placed } from "./arrange.ts";
import { dashboard } from "./dashboard.ts";
import { queryVariable } from "./groups.ts";
import { dashboardList } from "./listing-panels.ts";
import type { Dashboard, PanelBody } from "./model.ts";
import { BAD, budgetSteps, burnSteps, CAREFUL, GOOD, NEUTRAL, steps, WORSE, whenEmpty } from "./palette.ts";
import { barGauge, graph, type Measured, stat } from "./panels.ts";
import { groupLabelsOf } from "./service-dashboard.ts";
import { burnLastHour, matching, sloTable } from "./slo-table.ts";

/** No service's dashboard has this uid: theirs begin with `firebreak-`. */
const UID = "firebreak_overview";

/** How many of the fastest burns are drawn. */
const TOP = 10;

/** The overview of a plan. */
export function overviewDashboard(plan: Plan): Dashboard {
  return dashboard({
    uid: UID,
    title: "SLOs: overview",
    description: "Every objective, what is left of its error budget, and what burns now.",
    tags: ["overview"],
    from: "now-24h",
    variables: [queryVariable("service", "Service", `label_values(${records.objective}, slo_service)`)],
    annotations: [],
    sections: [{ name: "overview", lines: [countLine(plan), tableLine(plan), burnLine(plan)] }],
  });
}

/** The services chosen in the drop-down. */
const chosenServices: readonly Matcher[] = [{ label: "slo_service", op: "=~", value: "$service" }];

function hasGroupObjectives({ services }: Plan): boolean {
  return services.some(({ slos }) => slos.some(({ slo }) => isPerGroup(slo)));
}

/** Six numbers: the state of everything in one line. */
function countLine(plan: Plan): Line {
  const { platform } = plan;
  const remaining = matching(records.budgetRemaining, chosenServices);
  const panels = {
    objectives: count(
      "Objectives",
      "SLOs whose rules are being evaluated.",
      // Groups with objectives of their own are no further SLOs.
      hasGroupObjectives(plan)
        ? aggregate("group", ["slo_service", "slo"], matching(records.objective, chosenServices))
        : matching(records.objective, chosenServices),
      NEUTRAL,
    ),
    pages: count("Pages firing", "Alerts that are calling someone now.", firing(platform.severities.page), BAD),
    tickets: count("Tickets firing", "Alerts that wait for working hours.", firing(platform.severities.ticket), WORSE),
    burning: count(
      "Burning too fast",
      "Error budgets that do not last at the burn of the last hour.",
      binary(">", burnLastHour(chosenServices, hasGroupObjectives(plan)), number(1)),
      CAREFUL,
    ),
    spent: count(
      "Budgets spent",
      "Error budgets with nothing left: these objectives are missed.",
      binary("<=", remaining, number(0)),
      BAD,
    ),
    least: leastBudget(remaining),
  };
  return { height: 4, panels: Object.entries(panels).map(([name, body]): Placed => ({ name, width: 4, body })) };
}

/** How many there are; coloured as soon as there is one. */
function count(title: string, description: string, expr: Expr, color: string): PanelBody {
  const counted = binary("or", aggregate("count", [], expr), call("vector", number(0)));
  const thresholds = steps([color === NEUTRAL ? NEUTRAL : GOOD, color], [1]);
  return stat({
    title,
    description,
    queries: [{ expr: counted, legend: title }],
    unit: "none",
    decimals: 0,
    thresholds,
  });
}

function leastBudget(remaining: Expr): PanelBody {
  return stat({
    title: "Least budget left",
    description: "Of all error budgets the one with the smallest share left.",
    queries: [{ expr: aggregate("min", [], remaining), legend: "least" }],
    unit: "percentunit",
    decimals: 1,
    thresholds: budgetSteps,
    mappings: [whenEmpty("no data")],
  });
}

function firing(severity: string): Expr {
  return matching("ALERTS", [
    ...chosenServices,
    // Alerts of others carry no `slo`.
    { label: "slo", op: "!=", value: "" },
    { label: "alertstate", op: "=", value: "firing" },
    { label: "severity", op: "=", value: severity },
  ]);
}

function tableLine(plan: Plan): Line {
  const body = sloTable({
    title: "Every objective, the most urgent first",
    description:
      "A row per SLO and group. State is the most urgent alert that is firing; a click on the service opens its dashboard.",
    matchers: chosenServices,
    groupLabels: groupLabelsOf(plan.services.flatMap(({ slos }) => slos)),
    perGroup: hasGroupObjectives(plan),
    severities: plan.platform.severities,
    linkedServices: plan.services.map(({ service }) => service.name),
  });
  return { height: 14, panels: [{ name: "table", width: 24, body }] };
}

function burnLine(plan: Plan): Line {
  return {
    height: 10,
    panels: [
      {
        name: "top-now",
        width: 8,
        body: barGauge(
          topBurns("Burning fastest now", "The fastest burns of the last hour. At 1× the budget just lasts.", plan),
        ),
      },
      { name: "top-over-time", width: 11, body: topOverTime(plan) },
      { name: "services", width: 5, body: services() },
    ],
  };
}

function topOverTime(plan: Plan): PanelBody {
  return graph({
    ...topBurns(
      "Fastest burns over time",
      "At each point the fastest burns of the hour before it. At 1× the budget just lasts.",
      plan,
    ),
    unit: "none",
    stepSeconds: 60,
    lines: {
      axisLabel: "× sustainable",
      fillOpacity: 0,
      scaleDistribution: { type: "symlog", log: 10, linearThreshold: 1 },
      thresholdsStyle: { mode: "dashed" },
    },
  });
}

/** Per SLO the worst group, and of these the worst few. */
function topBurns(title: string, description: string, plan: Plan): Measured {
  const worst = aggregate("max", ["slo_service", "slo"], burnLastHour(chosenServices, hasGroupObjectives(plan)));
  return {
    title,
    description,
    queries: [{ expr: call("topk", number(TOP), worst), legend: "{{slo_service}} / {{slo}}" }],
    unit: "suffix:×",
    decimals: 1,
    min: 0,
    thresholds: burnSteps,
  };
}

function services(): PanelBody {
  return dashboardList({
    title: "Services",
    description: "A dashboard per service, with a section per objective.",
    tags: ["firebreak", "service"],
  });
}
