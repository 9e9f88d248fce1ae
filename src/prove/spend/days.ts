/** What takes days to know: an hour against the same hour of three weeks, a limit that nobody spends of, evaluations that are missing. */
import { alertId, alerts, namedAt } from "../../compile/alert-names.ts";
import { increaseRecord, limitRecord, spendLabels, spendRecords } from "../../compile/names.ts";
import { printSeconds } from "../../promql/duration.ts";
import { quote } from "../../promql/print-selector.ts";
import { DAY, HOUR, WEEK } from "../../time/units.ts";
import { type AlertId, PAUSE_SECONDS, type Proof, SELDOM_SECONDS } from "../proof.ts";
import type { Labels } from "../raw-series.ts";
import { type InputSeries, runs, seriesName } from "../series-text.ts";
import { type Coverage, heartbeats, MOMENTS, missedWords, oneEvaluation } from "../slo/absence/missed.ts";
import { PAUSED } from "../slo/absence/paused.ts";
import { expectationOf } from "./acts.ts";
import type { Limit, Stage } from "./stage.ts";

/** Proofs whose rules are evaluated every six hours, from what they recorded. */
export function proveDays(stage: Stage): Proof[] {
  return [...proveAnomaly(stage), ...proveNeverSeen(stage), proveMissed(stage), ...provePaused(stage)];
}

/**
 * One weekday each, so that four weeks show them all: what an hour spends in three weeks and in the fourth, as multiples
 * of what is just dear, and whether the fourth is an anomaly.
 */
function weekdays(ratio: number) {
  const [dear, cheap] = [1.05, 0.95];
  const [much, little] = [(1.05 * dear) / (1 + ratio), (0.85 * dear) / (1 + ratio)];
  return [
    { weeks: [little, little, little, dear], fires: true },
    { weeks: [little, little, little, cheap], fires: false },
    { weeks: [much, little, little, dear], fires: false },
    { weeks: [little, much, little, dear], fires: false },
    { weeks: [little, little, much, dear], fires: false },
  ] as const;
}

function proveAnomaly(stage: Stage): Proof[] {
  const { budget, alerts: sent } = stage.plan;
  const { anomaly } = budget;
  if (!anomaly || !sent.some(({ labels }) => labels.tier === alerts.anomaly.tier)) return [];
  const id = alertId(namedAt(alerts.anomaly, anomaly.severity));
  const days = weekdays(anomaly.ratio);
  // The alert waits for a quarter of an hour: it fires at the second evaluation of two.
  const moments = days.map(({ fires }, day) => ({ at: 21 * DAY + day * DAY + SELDOM_SECONDS, fires }));
  return [
    proofOf(
      {
        scenario: "an hour costs more than in three weeks",
        story:
          "on the first weekday an hour costs more than in each of three weeks; on the second too little for that, and on the others one of the weeks cost as much",
        untilSeconds: Math.max(...moments.map(({ at }) => at)),
        series: () => stage.limits.flatMap((limit) => [sharesOf(limit, anomaly, stage), ...spendOfEach(limit, stage)]),
        expectations: moments.map(({ at, fires }) =>
          expectationOf(id, at, stage, fires ? stage.limits.map(({ labels }) => labels) : []),
        ),
        proves: [id],
      },
      stage,
    ),
  ];
}

type Anomaly = NonNullable<Stage["plan"]["budget"]["anomaly"]>;

/** The share of a limit that was spent, hour by hour, at two evaluations of each weekday. */
function sharesOf({ labels, amount }: Limit, anomaly: Anomaly, { plan }: Stage): InputSeries {
  const { ratio, atLeast = (amount * HOUR) / plan.measurement.periodSeconds } = anomaly;
  // More expensive by a share of what was before, and by so much at least.
  const dear = (atLeast * (1 + ratio)) / ratio / amount;
  const days = weekdays(ratio);
  const values = Array.from({ length: (28 * DAY) / SELDOM_SECONDS }, (_, index) => {
    const [day, evaluation] = [Math.floor(index / 4), index % 4];
    const share = days[day % 7]?.weeks[Math.floor(day / 7)];
    return share === undefined || evaluation > 1 ? undefined : Number((share * dear).toPrecision(4));
  });
  return { series: seriesName(spendRecords.share, { ...spendLabels(plan.budget), ...labels }), values: runs(values) };
}

/** A limit that each value has is recorded for those only that spend. */
function spendOfEach({ labels }: Limit, { plan: { budget } }: Stage): InputSeries[] {
  if (budget.limitEach === undefined) return [];
  const series = seriesName(increaseRecord(budget), { ...spendLabels(budget), ...labels });
  return [{ series, values: `0x${(28 * DAY) / SELDOM_SECONDS}` }];
}

/** Values that have a limit: nobody spends, then one of them does, once. */
function proveNeverSeen(stage: Stage): Proof[] {
  const { budget } = stage.plan;
  const [label = ""] = budget.by;
  const listed = Object.keys(budget.limits);
  const [first] = listed;
  if (first === undefined) return [];
  const id: AlertId = { ...alertId(alerts.spendBroken), reason: "limit-never-seen" };
  const spends = DAY + SELDOM_SECONDS;
  const forgotten = spends + WEEK;
  const named = (values: readonly string[]): Labels[] => values.map((value) => ({ [label]: value }));
  const at = (seconds: number, values: readonly string[]) => expectationOf(id, seconds, stage, named(values));
  const others = listed.filter((value) => value !== first);
  return [
    proofOf(
      {
        scenario: "limits of values without any spending",
        story: `nobody spends for a day, then ${first} does, once, and is forgotten after a week`,
        untilSeconds: forgotten + DAY,
        series: () => [spendOf({ ...spendLabels(budget), [label]: first }, spends, stage), ...neighbours(first, stage)],
        expectations: [
          at(DAY - SELDOM_SECONDS, []),
          at(DAY, listed),
          at(spends, others),
          at(forgotten + DAY - SELDOM_SECONDS, others),
          at(forgotten + DAY, listed),
        ],
        proves: [id],
      },
      stage,
    ),
  ];
}

function spendOf(labels: Labels, atSeconds: number, { plan }: Stage): InputSeries {
  const before = Array<undefined>(atSeconds / SELDOM_SECONDS).fill(undefined);
  return { series: seriesName(increaseRecord(plan.budget), labels), values: runs([...before, 1]) };
}

/** Another budget, which nobody asks. */
const ANOTHER = { slo_service: "another", budget: "another" };

function neighbours(value: string, { plan: { budget } }: Stage): InputSeries[] {
  const [label = ""] = budget.by;
  return [
    { series: seriesName(limitRecord(budget), { ...ANOTHER, [label]: "another" }), values: "1x99" },
    { series: seriesName(increaseRecord(budget), { ...ANOTHER, [label]: value }), values: "1x99" },
  ];
}

function proveMissed(stage: Stage): Proof {
  const { budget, measurement } = stage.plan;
  const id = { ...alertId(alerts.spendBroken), reason: "evaluations-missed" };
  const coverage: Coverage = {
    ...{ labels: spendLabels(budget), heartbeat: spendRecords.info },
    ...{ record: `${spendRecords.coverage}{budget=${quote(budget.name)}}` },
    ...{ within: 6 * HOUR, every: measurement.intervalSeconds, least: 0.95 },
  };
  const [reported, over, again] = MOMENTS;
  const proof = proofOf(
    {
      scenario: "evaluations are missed",
      story: `BudgetBroken (evaluations-missed) ${missedWords(coverage)}`,
      untilSeconds: again,
      series: () => heartbeats(coverage),
      expectations: [
        expectationOf(id, SELDOM_SECONDS, stage, []),
        expectationOf(id, reported, stage, [{}]),
        oneEvaluation(reported, coverage),
        expectationOf(id, over, stage, []),
        expectationOf(id, again, stage, [{}]),
      ],
      proves: [id],
    },
    stage,
  );
  return { ...proof, everySeconds: measurement.intervalSeconds };
}

/** What the period has counted is forgotten. */
function provePaused(stage: Stage): Proof[] {
  const { budget, alerts: sent } = stage.plan;
  const id: AlertId = { ...alertId(alerts.spendBroken), reason: "gap" };
  if (!sent.some(({ labels }) => labels.reason === id.reason)) return [];
  const expectations = [expectationOf(id, 0, stage, []), expectationOf(id, PAUSE_SECONDS, stage, [{}])];
  const story = `BudgetBroken (gap) fires at the first evaluation after ${printSeconds(PAUSE_SECONDS)} without one`;
  return [{ ...PAUSED, name: budget.name, story, series: () => [], expectations, proves: [id] }];
}

function proofOf(
  parts: Pick<Proof, "scenario" | "story" | "untilSeconds" | "series" | "expectations" | "proves">,
  { plan: { budget } }: Stage,
): Proof {
  return {
    ...parts,
    scenario: `${budget.name}: ${parts.scenario}`,
    name: budget.name,
    everySeconds: SELDOM_SECONDS,
    evaluatedSeconds: SELDOM_SECONDS,
  };
}
