/** Who spends in a generated test, on which limits, and how late rules know of it. */
import type { SpendPlan } from "../../compile/plan.ts";
import type { ParsedMetric } from "../../sli/metric.ts";
import { sampleLabels } from "../../sli/sample-labels.ts";
import type { Labels } from "../raw-series.ts";

export interface Stage {
  readonly plan: SpendPlan;
  /** Two or three, of whom each spends less than the one before; one where nothing is distinguished. */
  readonly spenders: readonly Spender[];
  readonly limits: readonly Limit[];
  readonly target: Labels;
  readonly every: number;
  readonly scrape: number;
  /** When what was spent is seen: by what pages for the pace, by tickets for it, and by what reads tiles. */
  readonly seen: Readonly<Record<"page" | "ticket" | "sum", Delay>>;
  /** The longest of all. In seconds. */
  readonly lateSum: number;
  readonly tile: number;
}

/** In seconds: no sooner, and no later. */
export interface Delay {
  readonly least: number;
  readonly most: number;
}

export interface Spender {
  /** Of `by` and the platform's identity. */
  readonly labels: Labels;
  /** Its counter: what it shows more for one unit of money. */
  readonly metric: string;
  readonly series: Labels;
  readonly perUnit: number;
  readonly weight: number;
}

export interface Limit {
  /** Those of the groups that its alerts have. */
  readonly labels: Labels;
  readonly amount: number;
  /** By their place. */
  readonly spenders: readonly number[];
}

/** Or why nobody can be made to spend. */
export function stageOf(plan: SpendPlan): Stage | string {
  const { budget, measurement } = plan;
  const counter = counterOf(plan);
  if (typeof counter === "string") return counter;
  const { intervalSeconds: every, tileSeconds: tile, base } = measurement;
  const spenders = spendersOf(plan, counter);
  const settle = base.settleMs / 1000;
  const lateSum = budget.scrapeSeconds + settle + 6 * every + tile + VISIBLE;
  return {
    plan,
    spenders,
    limits: limitsOf(plan, spenders),
    target: { job: counter.labels.job ?? budget.service, instance: counter.labels.instance ?? `${budget.name}-1` },
    every,
    scrape: budget.scrapeSeconds,
    seen: {
      page: { least: settle + every, most: settle + 2 * every },
      // promtool evaluates groups in any order.
      ticket: { least: settle + every, most: settle + 3 * every },
      sum: { least: settle + every + VISIBLE, most: lateSum },
    },
    lateSum,
    tile,
  };
}

/** The time that a tile has to become visible, whatever ruler it is. */
const VISIBLE = 60;

/** A counter, and what it costs to add one to it. */
interface Counter {
  readonly metric: string;
  readonly labels: Labels;
  readonly price: number;
}

/** Labels that are fixed by matchers or by the price table are what they are for everybody. */
function counterOf({ budget }: SpendPlan): Counter | string {
  const { meter } = budget;
  const counter =
    meter.type === "metric" ? { metric: meter.metric, price: 1, labels: {} } : pricedCounter(meter.prices);
  if (typeof counter === "string") return counter;
  if (counter.metric.type === "promql") return "a test cannot write the series of an expression";
  const labels = sampleLabels(counter.metric.selector.matchers);
  if (!labels) return "no series was found that its matchers take";
  return { metric: counter.metric.selector.metric, labels: { ...labels, ...counter.labels }, price: counter.price };
}

type Prices = Extract<SpendPlan["budget"]["meter"], { type: "prices" }>["prices"];

/** The first type of token that costs something by itself, of a model that has a name: the others have no limit. */
function pricedCounter({ perToken, wholeTypes, counters, modelLabel, typeLabel }: Prices) {
  const [first] = Object.entries(perToken).flatMap(([model, types]) =>
    wholeTypes.flatMap((type) => {
      const price = types[type] ?? 0;
      return price > 0 && model !== "" ? [{ model, type, price }] : [];
    }),
  );
  if (!first) return "no token of a model that has a name has a price";
  const { model, type, price } = first;
  const metric: ParsedMetric | undefined = counters.type === "labelled" ? counters.metric : counters.metrics[type];
  const labels: Labels = { [modelLabel]: model, ...(counters.type === "labelled" ? { [typeLabel]: type } : {}) };
  return metric ? { metric, labels, price } : "no counter of the tokens that have a price";
}

function spendersOf({ budget, groupLabels, measurement }: SpendPlan, counter: Counter): Spender[] {
  const free = budget.by.filter((label) => counter.labels[label] === undefined);
  const values = free.length === 0 ? namesFor(budget).slice(0, 1) : namesFor(budget);
  return values.map((value, place) => {
    const groups = groupLabels.map((label) => {
      const own = measurement.base.identity.includes(label) ? "here" : value;
      return [label, counter.labels[label] ?? own] as const;
    });
    const labels = Object.fromEntries(groups);
    const series = { ...counter.labels, ...labels };
    return { labels, metric: counter.metric, series, perUnit: 1 / counter.price, weight: values.length - place };
  });
}

/** Of whoever is listed two at most, and somebody who is not. */
function namesFor({ limits }: SpendPlan["budget"]): string[] {
  const listed = Object.keys(limits);
  const known = listed.length === 0 ? ["one"] : listed.slice(0, 2);
  const other = ["two", "three", "four"].find((name) => !listed.includes(name)) ?? "nobody";
  return [...known, other];
}

function limitsOf({ budget, measurement }: SpendPlan, spenders: readonly Spender[]): Limit[] {
  const { limit, limits, limitEach, by } = budget;
  const identity = Object.fromEntries(measurement.base.identity.map((label) => [label, "here"]));
  const all =
    limit === undefined ? [] : [{ labels: identity, amount: limit, spenders: spenders.map((_, place) => place) }];
  const each = spenders.flatMap(({ labels }, place): Limit[] => {
    const amount = limits[labels[by[0] ?? ""] ?? ""] ?? limitEach;
    return by.length === 0 || amount === undefined ? [] : [{ labels, amount, spenders: [place] }];
  });
  return [...all, ...each];
}
