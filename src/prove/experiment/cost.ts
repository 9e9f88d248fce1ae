/** What a variant costs per unit: everybody pays for every event, variants twice as much as the baseline. */
import { experimentLabels, experimentRecords } from "../../compile/names.ts";
import { selector } from "../../promql/build.ts";
import { print } from "../../promql/print.ts";
import { printLabel } from "../../promql/print-selector.ts";
import type { CounterSeries } from "../../sli/kind.ts";
import type { ParsedMetric } from "../../sli/metric.ts";
import { sampleLabels } from "../../sli/sample-labels.ts";
import type { Expectation } from "../proof.ts";
import type { Labels } from "../raw-series.ts";
import { type InputSeries, runs, seriesName } from "../series-text.ts";
import { groupLabels, placesOf } from "./places.ts";
import type { Cast, Role } from "./roles.ts";
import type { Stage } from "./stage.ts";

const [BASELINE, VARIANT] = [0.25, 0.5];

/** The counter of what was paid, of everybody who takes part, and what its targets show of themselves. Nothing where no cost can be shown. */
export function costSeries({ baseline, variants }: Cast, stage: Stage, target: Labels, until: number): InputSeries[] {
  const counter = counterOf(stage);
  if (!counter) return [];
  const [here] = placesOf(stage.plan);
  const at = (value: (seconds: number) => number | undefined): string => runs(timesOf(stage, until).map(value));
  const paid = (role: Role, price: number): InputSeries => ({
    series: seriesName(counter.metric, {
      ...target,
      ...counter.labels,
      ...here,
      ...groupLabels(role.name, stage.plan),
    }),
    // It is born with the first charge, as real ones are.
    values: at((seconds) => price * eventsBy(seconds, role, stage) || undefined),
  });
  return [
    { series: seriesName("up", { ...target, ...here }), values: at(() => 1) },
    ...[baseline, ...variants]
      .filter((role) => eventsBy(until, role, stage) > 0)
      .map((role) => paid(role, role === baseline ? BASELINE : VARIANT)),
  ];
}

/** At the end, when everything is known. */
export function costExpectations({ baseline, variants }: Cast, stage: Stage): Expectation[] {
  if (!counterOf(stage)) return [];
  const { plan } = stage;
  const [here] = placesOf(plan);
  const by = plan.groupLabels.map(printLabel).join(", ");
  const recorded = print(selector(experimentRecords.costPerUnit, { ...experimentLabels(plan.experiment), ...here }));
  const sample = (role: Role, value: number) => ({
    labels: seriesName("", { ...here, ...groupLabels(role.name, plan) }).replace(/^$/, "{}"),
    value,
  });
  return [
    {
      atSeconds: stage.timing.until,
      query: `round(max by (${by}) (${recorded}), 0.001)`,
      samples: [sample(baseline, BASELINE), ...variants.map((role) => sample(role, VARIANT))],
    },
  ];
}

/** Where what is paid for is the events of this SLI, and a series can be made of both. */
function counterOf({ plan, history }: Stage): { readonly metric: string; readonly labels: Labels } | undefined {
  const { cost } = plan.experiment;
  if (!cost || cost.metric.type === "promql" || history.type !== "counters") return undefined;
  const labels = sampleLabels(cost.metric.selector.matchers);
  const isPaidFor = history.series.some((series) => isTotal(series, cost.per));
  return isPaidFor && labels ? { metric: cost.metric.selector.metric, labels } : undefined;
}

function isTotal({ metric, perGood, perBad }: CounterSeries, per: ParsedMetric): boolean {
  return per.type === "selector" && per.selector.metric === metric && perGood > 0 && perBad > 0;
}

function eventsBy(seconds: number, { first, after, soon }: Role, { timing: { bursts } }: Stage): number {
  const second = soon ? bursts.soon : bursts.later;
  return (seconds >= bursts.first ? first.total : 0) + (seconds >= second ? after.total : 0);
}

function timesOf({ timing: { scrape } }: Stage, until: number): number[] {
  return Array.from({ length: Math.ceil(until / scrape) + 1 }, (_, index) => index * scrape);
}
