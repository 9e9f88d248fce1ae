/** What rules must say in a generated test of an experiment, by the oracle. */
import { alerts, namedAt } from "../../compile/alert-names.ts";
import { experimentLabels, experimentRecords, VERDICTS } from "../../compile/names.ts";
import type { Experiment } from "../../model/experiment.ts";
import { selector } from "../../promql/build.ts";
import { printSeconds } from "../../promql/duration.ts";
import { print } from "../../promql/print.ts";
import { printLabel } from "../../promql/print-selector.ts";
import type { Expectation, Sample } from "../proof.ts";
import type { Labels } from "../raw-series.ts";
import { seriesName } from "../series-text.ts";
import { costExpectations } from "./cost.ts";
import { inWindow, sigmasBetween, verdictOf } from "./oracle.ts";
import { groupLabels, placesOf } from "./places.ts";
import type { Cast, Role } from "./roles.ts";
import { reportedOf, type Stage, seenOf } from "./stage.ts";

/** Which variants alert around every change, and ever; and what is said when the first events are known, and at the end. */
export function expectationsOf(cast: Cast, stage: Stage): Expectation[] {
  const { bursts, knownFrom, every, until } = stage.timing;
  return [
    ...comparisonExpectations(cast, stage, knownFrom(bursts.first) + every),
    ...alertExpectations(cast, stage),
    ...comparisonExpectations(cast, stage, until),
    ...costExpectations(cast, stage),
  ];
}

/** promtool evaluates groups in any order: what changes at an evaluation may be seen at the next one only. */
function alertExpectations(cast: Cast, stage: Stage): Expectation[] {
  const { every, until } = stage.timing;
  const alerting = cast.variants.map((role) => ({ role, at: reportedOf(role, cast.baseline, stage) }));
  const around = alerting.flatMap(({ at }) => turnsOf(at)).flatMap((index) => [index - 1, index + 1]);
  const firing = alertsOf(stage);
  return [
    ...[...new Set(around)]
      .sort((a, b) => a - b)
      .map((index) => ({
        atSeconds: index * every,
        query: firing,
        samples: alerting.filter(({ at }) => at[index]).map(({ role }) => alertOf(role, stage)),
      })),
    {
      atSeconds: until,
      query: `${countBy(stage)} (count_over_time(${firing}[${printSeconds(until)}]))`,
      samples: alerting.filter(({ at }) => at.includes(true)).map(({ role }) => sample(role, stage, 1)),
    },
  ];
}

/** The evaluations that do not say what the one before said. */
function turnsOf(at: readonly boolean[]): number[] {
  return at.flatMap((fires, index) => (fires === (at[index - 1] ?? false) ? [] : [index]));
}

function comparisonExpectations(cast: Cast, stage: Stage, atSeconds: number): Expectation[] {
  const { experiment } = stage.plan;
  const pairs = cast.variants.map((role) => {
    const pair = inWindow(experiment, seenOf(role, cast.baseline, stage), atSeconds);
    return { role, verdict: verdictOf(experiment, pair), sigmas: sigmasBetween(pair) };
  });
  const judged = pairs.filter(({ verdict, sigmas }) => verdict !== "tooFew" && !isHalfway(sigmas));
  return [
    {
      atSeconds,
      query: `${maxBy(stage)} (${recorded(experimentRecords.verdict, stage)})`,
      samples: pairs.map(({ role, verdict }) => sample(role, stage, VERDICTS[verdict])),
    },
    ...(judged.length < pairs.filter(({ verdict }) => verdict !== "tooFew").length
      ? []
      : [
          {
            atSeconds,
            query: `round(${maxBy(stage)} (${recorded(experimentRecords.worse, stage)}), 0.01)`,
            samples: judged.map(({ role, sigmas }) => sample(role, stage, rounded(sigmas))),
          },
        ]),
  ];
}

function countBy(stage: Stage): string {
  return `count by (${stage.plan.groupLabels.map(printLabel).join(", ")})`;
}

function maxBy(stage: Stage): string {
  return `max by (${stage.plan.groupLabels.map(printLabel).join(", ")})`;
}

function alertsOf({ plan, sli }: Stage): string {
  return print(selector("ALERTS", { ...firingNow(plan.experiment), ...experimentLabels(plan.experiment), sli }));
}

/** With every label that it must have, as the declaration says. */
function alertOf(role: Role, { plan, platform, sli }: Stage): Sample {
  const { experiment } = plan;
  const own = {
    tier: alerts.experiment.tier,
    severity: platform.severities[experiment.severity],
    owner: experiment.owner,
  };
  const group = { sli, ...placesOf(plan)[0], ...groupLabels(role.name, plan) };
  const labels = { ...experiment.labels, ...experimentLabels(experiment), ...own, ...group };
  return { labels: seriesName("ALERTS", { ...firingNow(experiment), ...labels }), value: 1 };
}

/** No name serves two severities. */
function firingNow({ severity }: Experiment): Labels {
  return { alertname: namedAt(alerts.experiment, severity).name, alertstate: "firing" };
}

/** Here: elsewhere nobody differs. */
function recorded(record: string, { plan, sli }: Stage): string {
  return print(selector(record, { ...experimentLabels(plan.experiment), sli, ...placesOf(plan)[0] }));
}

function sample(role: Role, { plan }: Stage, value: number): Sample {
  const labels: Labels = { ...placesOf(plan)[0], ...groupLabels(role.name, plan) };
  return { labels: Object.keys(labels).length === 0 ? "{}" : seriesName("", labels), value };
}

/** To hundredths, as PromQL rounds. */
function rounded(value: number): number {
  return Math.floor(value * 100 + 0.5) / 100;
}

/** Where only the dust of binary fractions decides how it is rounded. */
function isHalfway(value: number): boolean {
  return Math.abs(Math.abs((value * 100) % 1) - 0.5) < 0.001;
}
