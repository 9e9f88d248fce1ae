/** What the rules that read raw series cost on this server: measured by asking what they ask, beside what was predicted. */
import type { Plan, Rule, RuleGroup, SloPlan } from "../compile/plan.ts";
import { evaluationCost } from "../explain/cost.ts";
import { type Issue, issue } from "../issue.ts";
import { printAmount } from "../promql/number.ts";
import { print } from "../promql/print.ts";
import { printLabel } from "../promql/print-selector.ts";
import { isNativeHistogram, kindOf } from "../sli/index.ts";
import { HOUR } from "../time/units.ts";
import { headStats, queryStats } from "./ask/answers.ts";
import { type Connection, NoAnswer } from "./ask/no-answer.ts";
import { ask } from "./ask/prometheus.ts";
import { optional, sampleOf } from "./ask/queries.ts";
import { isSlow, type Visit } from "./visit.ts";

export interface Cost {
  /** Raw samples that the rules of SLOs read in an hour, as this server counts them. */
  readonly measuredSamplesPerHour: number;
  /** The same as `explain` counts them, for as many series as there are. */
  readonly predictedSamplesPerHour: number;
  /** Series that the rules add. */
  readonly addedSeries: number;
  /** In the head of its database; undefined where it does not say. */
  readonly headSeries: number | undefined;
}

/** Asks every expression over raw series once, as an evaluation does. Undefined where that is not known of every SLO. */
export async function examineCost({ services }: Plan, here: Visit): Promise<Cost | undefined> {
  const { to, add, look } = here;
  const all: (SloCost | undefined)[] = [];
  for (const plan of services.flatMap(({ slos }) => slos))
    all.push(isSlow(here, plan.slo) ? undefined : await look(costOf(plan, to), plan.slo));
  const head = await look(optional(ask(to, "status/tsdb", headStats)));
  const known = all.filter((each) => each !== undefined);
  add(known.flatMap(({ issues }) => issues));
  if (known.length < all.length) return undefined;
  const cost = sumOf(known, head?.headStats.numSeries);
  const hasNative = services.some(({ slos }) => slos.some(({ slo }) => isNativeHistogram(slo.sli)));
  // A server counts a native sample by its buckets, which nobody can predict.
  add(hasNative ? tooManySeries(cost) : [...tooDear(cost), ...tooManySeries(cost)]);
  return cost;
}

function sumOf(all: readonly SloCost[], headSeries: number | undefined): Cost {
  const sum = (of: (each: SloCost) => number): number => all.reduce((total, each) => total + of(each), 0);
  return {
    measuredSamplesPerHour: Math.round(sum(({ measured }) => measured)),
    predictedSamplesPerHour: Math.round(sum(({ predicted }) => predicted)),
    addedSeries: sum(({ added }) => added),
    headSeries,
  };
}

interface SloCost {
  readonly measured: number;
  readonly predicted: number;
  readonly added: number;
  readonly issues: readonly Issue[];
}

async function costOf(plan: SloPlan, to: Connection): Promise<SloCost> {
  const { slo, measurement, groupLabels, groups } = plan;
  const { totalSeries } = kindOf(slo.sli).counts(slo.sli, measurement.base);
  const raw = rawGroups(groups);
  const issues: Issue[] = [];
  let measured = 0;
  for (const { expr, perHour } of queriesIn(raw)) {
    const samples = await samplesOf(to, expr);
    if (typeof samples === "number") measured += samples * perHour;
    else issues.push(refusedBy(samples, plan));
  }
  if (totalSeries === undefined) return { measured: 0, predicted: 0, added: 0, issues };
  const series = (await sampleOf(to, `count(${print(totalSeries)})`)) ?? 0;
  const by = groupLabels.map(printLabel).join(", ");
  const budgets = (await sampleOf(to, `count(count by (${by}) (${print(totalSeries)}))`)) ?? 0;
  const recorded = groups.flatMap(({ rules }) => rules).filter(({ type }) => type === "record").length;
  const predicted = evaluationCost({ ...plan, groups: raw }).samplesPerHour.perSeries * series;
  return { measured, predicted, added: recorded * budgets, issues };
}

interface Query {
  readonly expr: string;
  readonly perHour: number;
}

function queriesIn(groups: readonly RuleGroup[]): Query[] {
  return groups.flatMap(({ rules, intervalSeconds }) =>
    rules.map(({ expr }) => ({ expr: print(expr), perHour: HOUR / intervalSeconds })),
  );
}

/** Recording rules that read nothing that rules have made: whether those are loaded makes no difference. */
function rawGroups(groups: readonly RuleGroup[]): RuleGroup[] {
  return groups.map((group) => ({ ...group, rules: group.rules.filter(isRaw) }));
}

function isRaw({ type, expr }: Rule): boolean {
  const text = print(expr);
  return type === "record" && !/^vector\([^()]*\)$/.test(text) && !/\b(slo|budget|experiment):/.test(text);
}

/** Samples that one evaluation reads, or why the server does not evaluate it. */
async function samplesOf(to: Connection, query: string): Promise<number | Issue> {
  try {
    const { stats } = await ask(to, "query", queryStats, { query, stats: "true" });
    return stats?.samples?.totalQueryableSamples ?? 0;
  } catch (error) {
    if (error instanceof NoAnswer && error.loss === "refused") return error.issue;
    throw error;
  }
}

function refusedBy({ message }: Issue, { slo }: SloPlan): Issue {
  return issue(
    "expression-refused",
    [...slo.path, "sli"],
    `the server does not evaluate the query of a rule: ${message}`,
    "See the message: a function that is not enabled needs --enable-feature=promql-experimental-functions there.",
    slo.source,
  );
}

/** So many times as much as was predicted is not rounding. */
const FAR_ABOVE = 4;
/** Below so many added series nobody counts. */
const FEW_SERIES = 10_000;

function tooDear({ measuredSamplesPerHour: measured, predictedSamplesPerHour: predicted }: Cost): Issue[] {
  if (predicted === 0 || measured <= FAR_ABOVE * predicted) return [];
  return [
    issue(
      "cost-differs",
      ["--prometheus"],
      `the rules read ${printAmount(measured)} raw samples an hour here, and ${printAmount(Math.round(predicted))} were predicted.`,
      "Check whether targets are scraped more often than `scrapeInterval` says, or whether a selector takes more than is meant.",
    ),
  ];
}

function tooManySeries({ addedSeries, headSeries }: Cost): Issue[] {
  if (headSeries === undefined || addedSeries <= FEW_SERIES || addedSeries <= headSeries / 10) return [];
  return [
    issue(
      "many-new-series",
      ["--prometheus"],
      `the rules add ${printAmount(addedSeries)} series to ${printAmount(headSeries)}.`,
      "Group by fewer labels, or give the rules a server of their own.",
    ),
  ];
}
