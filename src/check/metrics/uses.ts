/** Every metric that a plan reads, and where it is declared: SLOs, budgets and experiments are looked at alike. */
import type { ExperimentPlan, Plan, SpendPlan } from "../../compile/plan.ts";
import type { IssueCode, IssuePath, Source } from "../../issue.ts";
import type { SpendBudget } from "../../model/service.ts";
import type { Prices } from "../../model/spend.ts";
import type { Selector } from "../../promql/ast.ts";
import { isNativeHistogram, kindOf, type Sli } from "../../sli/index.ts";
import { isMetric, type ParsedMetric, type Sum } from "../../sli/metric.ts";

/** Something declared, as far as its place and its environment go. */
export interface Place {
  readonly path: IssuePath;
  readonly source: Source | undefined;
  readonly scrapeSeconds: number;
  /** Labels that its groups are distinguished by. */
  readonly by?: readonly string[];
}

/** What a metric is read as: `time` is a gauge that holds one, `probe` one of 0 and 1. */
export type Wanted = "counter" | "histogram" | "gauge" | "probe" | "ratio" | "time";

/** One metric at its place. */
export interface Use extends Place {
  readonly metric: ParsedMetric;
  readonly as: Wanted;
  /** Of a histogram: whether it is native, one series without a suffix. */
  readonly isNative?: boolean;
  /** What it is taken to count, where something is held to it. */
  readonly unit?: string;
}

/** What is wrong with it, and what to write instead. */
export interface Fault {
  readonly code: IssueCode;
  readonly message: string;
  readonly hint: string;
}

/** One SLI at its place. */
export interface SliUse extends Place {
  readonly sli: Sli;
}

/** All metrics, in order of declaration within each part. */
export function usesOf(plan: Plan): Use[] {
  const { services } = plan;
  const { identity } = plan.platform;
  return [
    ...slisOf(plan).flatMap(usesInSli),
    ...services.flatMap((service) => service.budgets.flatMap((budget) => usesInSpend(budget, identity))),
    ...services.flatMap((service) => service.experiments.flatMap((experiment) => usesInCost(experiment, identity))),
  ];
}

/** The SLIs of SLOs and of experiments. */
export function slisOf({ services, platform: { identity } }: Plan): SliUse[] {
  return services.flatMap(({ slos, experiments }) => [
    ...slos.map(({ slo, groupLabels }) => ({ ...slo, by: groupLabels, path: [...slo.path, "sli"] })),
    ...experiments.flatMap(({ experiment }) =>
      experiment.slis.map(({ sli }, index) => ({
        ...at(experiment, "slis", index, "sli"),
        by: [experiment.label, ...identity],
        sli,
      })),
    ),
  ]);
}

/** Whether it is read as a counter, or as several. */
export function isCounted({ as }: Use): boolean {
  return as === "counter" || as === "histogram";
}

/** The metric's name, where a selector says it. */
export function nameOf(metric: ParsedMetric): string | undefined {
  return metric.type === "selector" ? metric.selector.metric : undefined;
}

/** A bare selector is a histogram's base name. */
function usesInSli(use: SliUse): Use[] {
  const as = kindOf(use.sli).reads ?? "counter";
  return Object.entries(use.sli).flatMap(([field, value]: [string, unknown]): Use[] => {
    if (isSelector(value))
      return [
        {
          ...at(use, field),
          metric: { type: "selector", selector: value },
          as: "histogram",
          isNative: isNativeHistogram(use.sli),
        },
      ];
    if (isSum(value)) return value.of.map((metric, index) => ({ ...at(use, field, index), metric, as }));
    return isMetric(value) ? [{ ...at(use, field), metric: value, as }] : [];
  });
}

function usesInSpend({ budget }: SpendPlan, identity: readonly string[]): Use[] {
  const { meter, requests, tokens, activeUsers, unit } = budget;
  const other = ([field, metric]: readonly [string, ParsedMetric | undefined]): Use[] =>
    metric ? [{ ...at(budget, field), metric, as: "counter" }] : [];
  return [
    ...(meter.type === "metric"
      ? [
          {
            ...at(budget, "metric"),
            by: [...budget.by, ...identity],
            metric: meter.metric,
            as: "counter",
            unit,
          } as const,
        ]
      : []),
    ...(meter.type === "prices" ? usesInPrices(budget, meter.prices, identity) : []),
    ...other(["requests", requests]),
    ...other(["tokens", tokens]),
    ...(activeUsers ? [{ ...at(budget, "activeUsers"), metric: activeUsers, as: "gauge" } as const] : []),
  ];
}

/** Tokens are distinguished by their model as well, and those of one counter by their type. */
function usesInPrices(budget: SpendBudget, prices: Prices, identity: readonly string[]): Use[] {
  const { counters, modelLabel, typeLabel } = prices;
  const types = counters.type === "labelled" ? [typeLabel] : [];
  const by = [...new Set([...budget.by, modelLabel, ...types, ...identity])];
  const place = { ...at(budget, "prices", "tokens"), by };
  if (counters.type === "labelled") return [{ ...place, metric: counters.metric, as: "counter", unit: "tokens" }];
  return Object.entries(counters.metrics).map(([type, metric]) => ({
    ...at(place, type),
    metric,
    as: "counter",
    unit: "tokens",
  }));
}

function usesInCost({ experiment }: ExperimentPlan, identity: readonly string[]): Use[] {
  const { cost, label } = experiment;
  if (!cost) return [];
  const by = [label, ...identity];
  return [
    { ...at(experiment, "cost", "metric"), by, metric: cost.metric, as: "counter", unit: cost.unit },
    { ...at(experiment, "cost", "per"), by, metric: cost.per, as: "counter" },
  ];
}

/** A place within a place. */
function at({ path, source, scrapeSeconds, by }: Place, ...more: IssuePath): Place {
  return { path: [...path, ...more], source, scrapeSeconds, ...(by === undefined ? {} : { by }) };
}

function isSum(value: unknown): value is Sum {
  return typeof value === "object" && value !== null && "type" in value && value.type === "sum";
}

function isSelector(value: unknown): value is Selector {
  return typeof value === "object" && value !== null && "node" in value && value.node === "selector";
}
