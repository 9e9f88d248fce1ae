/** Experiments: verdicts on top, then the groups of each side by side, quality and cost. */
import { experimentLabels, experimentRecords, VERDICTS } from "../../compile/experiment/names.ts";
import { experimentDashboardUid } from "../../compile/naming.ts";
import type { ExperimentPlan, Plan } from "../../compile/plan.ts";
import type { Expr } from "../../promql/ast.ts";
import { selector } from "../../promql/build.ts";
import { printSeconds } from "../../promql/duration.ts";
import { printNumber } from "../../promql/number.ts";
import type { Line, Placed, Section } from "./arrange.ts";
import { dashboard } from "./dashboard.ts";
import { plain } from "./escape.ts";
import type { Dashboard, Mapping, PanelBody } from "./model.ts";
import { BAD, GOOD, NEUTRAL, steps, WORSE } from "./palette.ts";
import { graph, stat } from "./panels.ts";

export function experimentsDashboard(plan: Plan): Dashboard {
  const experiments = plan.services.flatMap((service) => service.experiments);
  return dashboard({
    uid: experimentDashboardUid,
    title: "Experiments",
    description:
      "Groups side by side: what goes wrong in each, what it costs, and whether the difference is more than noise.",
    tags: ["experiments"],
    from: "now-7d",
    variables: [],
    annotations: [],
    sections: experiments.map(sectionOf),
  });
}

function sectionOf(plan: ExperimentPlan): Section {
  const { id, windowSeconds, baseline, label } = plan.experiment;
  const title = plain(`${id}: ${label}, against ${baseline}, over ${printSeconds(windowSeconds)}`);
  return {
    name: id,
    heading: { title, collapsed: false },
    lines: [verdictLine(plan), graphLine(plan), detailLine(plan)],
  };
}

function verdictLine(plan: ExperimentPlan): Line {
  return { height: 5, panels: [{ name: "verdicts", width: 24, body: verdicts(plan) }] };
}

function verdicts(plan: ExperimentPlan): PanelBody {
  const { sigma, minSample } = plan.experiment;
  return stat({
    title: "Verdict",
    description: `Worse or better by more than ${printNumber(sigma)} standard errors; with fewer than ${minSample} events in either group nothing is said.`,
    queries: [{ expr: recorded(plan, experimentRecords.verdict), legend: legendOf(plan) }],
    unit: "none",
    thresholds: steps([NEUTRAL, NEUTRAL, GOOD, BAD], [VERDICTS.same, VERDICTS.better, VERDICTS.worse]),
    mappings: [verdictWords],
    named: true,
  });
}

const verdictWords: Mapping = {
  type: "value",
  options: {
    [VERDICTS.tooFew]: { text: "too few", color: NEUTRAL, index: 0 },
    [VERDICTS.same]: { text: "no difference", color: NEUTRAL, index: 1 },
    [VERDICTS.better]: { text: "better", color: GOOD, index: 2 },
    [VERDICTS.worse]: { text: "worse", color: BAD, index: 3 },
  },
};

function graphLine(plan: ExperimentPlan): Line {
  const panels: Placed[] = [
    { name: "quality", width: plan.experiment.cost ? 12 : 24, body: quality(plan) },
    ...(plan.experiment.cost ? [{ name: "cost", width: 12, body: cost(plan) }] : []),
  ];
  return { height: 9, panels };
}

function quality(plan: ExperimentPlan): PanelBody {
  return graph({
    title: "Bad events, by group",
    description: `Share of bad events over the ${printSeconds(plan.experiment.windowSeconds)} before each point.`,
    queries: [{ expr: recorded(plan, experimentRecords.badRatio), legend: legendOf(plan) }],
    unit: "percentunit",
    decimals: 2,
    min: 0,
    stepSeconds: plan.measure.compareSeconds,
    lines: { fillOpacity: 0 },
  });
}

function cost(plan: ExperimentPlan): PanelBody {
  const unit = plan.experiment.cost?.unit ?? "";
  return graph({
    title: "What one costs, by group",
    description: `Money over what it is paid for, over the ${printSeconds(plan.experiment.windowSeconds)} before each point.`,
    queries: [{ expr: recorded(plan, experimentRecords.costPerUnit), legend: `{{${plan.experiment.label}}}` }],
    unit: { dollars: "currencyUSD", euros: "currencyEUR" }[unit] ?? `suffix: ${unit}`,
    decimals: 4,
    min: 0,
    stepSeconds: plan.measure.compareSeconds,
    lines: { fillOpacity: 0 },
  });
}

function detailLine(plan: ExperimentPlan): Line {
  return {
    height: 8,
    panels: [
      { name: "sigma", width: 12, body: difference(plan) },
      { name: "events", width: 12, body: events(plan) },
    ],
  };
}

function difference(plan: ExperimentPlan): PanelBody {
  const { sigma } = plan.experiment;
  return graph({
    title: "Worse than the baseline, in standard errors",
    description: `Between the lines it is noise. The alert fires above ${printNumber(sigma)}; below zero the group is better.`,
    queries: [{ expr: recorded(plan, experimentRecords.worse), legend: legendOf(plan) }],
    unit: "none",
    decimals: 1,
    thresholds: {
      mode: "absolute",
      steps: [
        { color: GOOD, value: null },
        { color: NEUTRAL, value: -sigma },
        { color: WORSE, value: sigma },
      ],
    },
    stepSeconds: plan.measure.compareSeconds,
    lines: { fillOpacity: 0, thresholdsStyle: { mode: "dashed" } },
  });
}

function events(plan: ExperimentPlan): PanelBody {
  return graph({
    title: "Events, by group",
    description: "How many the window holds: too few say nothing.",
    queries: [{ expr: recorded(plan, experimentRecords.totalInWindow), legend: legendOf(plan) }],
    unit: "short",
    min: 0,
    stepSeconds: plan.measure.compareSeconds,
    lines: { fillOpacity: 0 },
  });
}

function recorded({ experiment }: ExperimentPlan, record: string): Expr {
  return selector(record, experimentLabels(experiment));
}

function legendOf({ experiment }: ExperimentPlan): string {
  return `{{sli}} {{${experiment.label}}}`;
}
