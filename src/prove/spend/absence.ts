/** What cannot be seen: no data from the start, data that end, and costs that nobody counts. */

import { alertId, alerts } from "../../compile/alert-names.ts";
import type { ParsedMetric } from "../../sli/metric.ts";
import { sampleLabels } from "../../sli/sample-labels.ts";
import { HOUR } from "../../time/units.ts";
import { downTo, upTo } from "../arithmetic.ts";
import type { AlertId, Proof } from "../proof.ts";
import type { Labels } from "../raw-series.ts";
import { seriesName } from "../series-text.ts";
import { expectationOf, identityOf, proofOf } from "./acts.ts";
import { shareOfTightest } from "./oracle.ts";
import { startIn } from "./pace.ts";
import type { Stage } from "./stage.ts";

const QUARTER = 900;
const NO_DATA = alertId(alerts.spendNoData);

function broken(reason: string): AlertId {
  return { ...alertId(alerts.spendBroken), reason };
}

/** Nothing for more than an hour, then counters, then none again for more than an hour, then they are back. */
export function proveAbsence(stage: Stage): Proof[] {
  const never = broken("never-any-data");
  const { scrape, every, lateSum } = stage;
  const wait = upTo(HOUR + lateSum + 4 * every, scrape);
  const appears = wait;
  const spends = upTo(appears + lateSum, scrape);
  const gone = upTo(spends + lateSum, scrape);
  const back = gone + wait;
  const group = [identityOf(stage)];
  const at = (alert: AlertId, seconds: number, fires: boolean) =>
    expectationOf(alert, downTo(seconds, every), stage, fires ? group : []);
  const charges = [{ atSeconds: spends, amounts: shareOfTightest(0.01, stage) }];
  return [
    proofOf(
      {
        scenario: "spending without any data alerts, then resolves",
        story:
          "there are no counters for over an hour, then there are, then there are none again for over an hour, and then they are back",
        ...startIn(stage),
        untilSeconds: back + lateSum,
        expectations: [
          // Of an absence nobody knows the labels.
          ...[HOUR - 2 * every, appears].map((seconds) =>
            expectationOf(never, downTo(seconds, every), stage, seconds === appears ? [{}] : []),
          ),
          at(never, gone, false),
          at(NO_DATA, gone + HOUR - every, false),
          at(NO_DATA, back, true),
          at(NO_DATA, back + lateSum, false),
        ],
        proves: [never, NO_DATA],
      },
      { charges, thereFrom: appears, gone: [gone, back] },
      stage,
    ),
  ];
}

/** Requests flow and nothing is spent; then it is. */
export function proveNotCounted(stage: Stage): Proof[] {
  const { requests, unitCost } = stage.plan.budget;
  const counter = requests && counterOf(requests, stage);
  if (!counter) return [];
  const id = broken("cost-not-counted");
  const { scrape, every, lateSum } = stage;
  const flows = upTo(stage.tile, scrape);
  const spends = flows + upTo(QUARTER + lateSum, scrape);
  const [quiet, over] = [flows + QUARTER - every, spends + lateSum];
  const group = [identityOf(stage)];
  return [
    proofOf(
      {
        scenario: "requests that cost nothing alert",
        story: "requests flow for a quarter of an hour and nothing is spent, then it is",
        ...startIn(stage),
        untilSeconds: over,
        expectations: [
          expectationOf(id, downTo(quiet, every), stage, []),
          expectationOf(id, downTo(spends, every), stage, group),
          expectationOf(id, downTo(over, every), stage, []),
        ],
        proves: [id],
      },
      {
        charges: [{ atSeconds: spends, amounts: shareOfTightest(0.01, stage) }],
        others: [{ series: counter, at: (seconds) => (seconds < flows ? 0 : 20 * unitCost.minRequests) }],
      },
      stage,
    ),
  ];
}

/** Requests that cost a little less than they may, and then more. */
export function proveUnitCost(stage: Stage): Proof[] {
  const { requests, tokens, unitCost } = stage.plan.budget;
  const { perRequest, per1kTokens, minRequests } = unitCost;
  const [metric, each] = requests && perRequest ? [requests, perRequest] : [tokens, per1kTokens && per1kTokens / 1000];
  const counter = metric && counterOf(metric, stage);
  if (!counter || !each) return [];
  const { scrape, every, lateSum, spenders } = stage;
  const id = alertId(alerts.unitCost);
  const units = 200 * minRequests;
  const all = spenders.reduce((sum, { weight }) => sum + weight, 0);
  const cost = (times: number): number[] => spenders.map(({ weight }) => (weight / all) * units * each * times);
  const wait = upTo(HOUR / 2 + lateSum + 2 * every, scrape);
  const first = upTo(stage.tile, scrape);
  const second = first + upTo(HOUR + lateSum, scrape);
  const over = upTo(second + HOUR + lateSum, every);
  const unit = { unit: metric === requests && perRequest ? "request" : "1k tokens", ...identityOf(stage) };
  const at = (seconds: number, fires: boolean) => expectationOf(id, upTo(seconds, every), stage, fires ? [unit] : []);
  return [
    proofOf(
      {
        scenario: "a unit cost above its limit alerts",
        story: "in one hour a unit costs nine tenths of what it may, in the next a tenth more than that",
        ...startIn(stage),
        untilSeconds: over,
        expectations: [at(first + wait, false), at(second + HOUR / 4, false), at(second + wait, true), at(over, false)],
        proves: [id],
      },
      {
        charges: [
          { atSeconds: first, amounts: cost(0.9) },
          { atSeconds: second, amounts: cost(1.1) },
        ],
        others: [
          { series: counter, at: (seconds) => units * [first, second].filter((each) => each <= seconds).length },
        ],
      },
      stage,
    ),
  ];
}

/** Tokens of a model that has no price, until they are an hour old. */
export function proveUnpriced(stage: Stage): Proof[] {
  const { meter } = stage.plan.budget;
  if (meter.type === "metric") return [];
  const id = broken("unpriced-model");
  const { modelLabel } = meter.prices;
  const [spender] = stage.spenders;
  if (!spender) return [];
  const { scrape, every, lateSum } = stage;
  const uses = upTo(stage.tile, scrape);
  const [quiet, fires, over] = [uses + QUARTER - every, uses + QUARTER + lateSum, uses + HOUR + lateSum];
  const series = seriesName(spender.metric, { ...stage.target, ...spender.series, [modelLabel]: "unpriced" });
  return [
    proofOf(
      {
        scenario: "models without a price alert",
        story: "a model that has no price uses tokens, once",
        ...startIn(stage),
        untilSeconds: over + every,
        expectations: [
          expectationOf(id, downTo(quiet, every), stage, []),
          expectationOf(id, downTo(fires, every), stage, [{ [modelLabel]: "unpriced" }]),
          expectationOf(id, upTo(over, every), stage, []),
        ],
        proves: [id],
      },
      { charges: [], others: [{ series, at: (seconds) => (seconds < uses ? 0 : 1000) }] },
      stage,
    ),
  ];
}

/** The counter of requests or tokens, or a gauge; undefined where it is an expression. */
export function counterOf(metric: ParsedMetric, stage: Stage, more: Labels = {}): string | undefined {
  if (metric.type === "promql") return undefined;
  const labels = sampleLabels(metric.selector.matchers);
  return labels && seriesName(metric.selector.metric, { ...stage.target, ...more, ...labels, ...identityOf(stage) });
}
