/** What rules must say in a generated test of an experiment, by the oracle. */
import { experimentLabels, experimentRecords, VERDICTS } from "../../compile/experiment/names.ts";
import { selector } from "../../promql/build.ts";
import { printSeconds } from "../../promql/duration.ts";
import { print } from "../../promql/print.ts";
import type { Claim, Sample } from "../proof.ts";
import type { Labels } from "../raw-series.ts";
import { seriesName } from "../series-text.ts";
import { inWindow, sigmasBetween, verdictOf } from "./oracle.ts";
import type { Cast, Role } from "./roles.ts";
import { groupLabels, isTold, placesOf, type Stage, seenOf, toldOf } from "./stage.ts";

/** Who is told around every change, and ever; and what is said when the first events are known, and at the end. */
export function claimsOf(cast: Cast, stage: Stage): Claim[] {
  const { bursts, knownFrom, until } = stage.timing;
  return [
    ...comparisonClaims(cast, stage, knownFrom(bursts.first)),
    ...alertClaims(cast, stage),
    ...comparisonClaims(cast, stage, until),
  ];
}

function alertClaims(cast: Cast, stage: Stage): Claim[] {
  const { every, until } = stage.timing;
  const told = cast.variants.map((role) => ({ role, at: toldOf(role, cast.baseline, stage) }));
  const turns = told.flatMap(({ at }) =>
    at.flatMap((fires, index) => (fires !== (at[index - 1] ?? false) ? [index - 1, index] : [])),
  );
  const firing = alertsOf(stage);
  const ever = `${firing}[${printSeconds(until)}]`;
  return [
    ...[...new Set(turns)]
      .sort((a, b) => a - b)
      .map((index) => ({
        atSeconds: index * every,
        query: `${countBy(stage)} (${firing})`,
        samples: told.filter(({ at }) => at[index]).map(({ role }) => sample(role, stage, 1)),
      })),
    {
      atSeconds: until,
      query: `${countBy(stage)} (count_over_time(${ever}))`,
      samples: cast.variants.filter((role) => isTold(role, cast.baseline, stage)).map((role) => sample(role, stage, 1)),
    },
  ];
}

function comparisonClaims(cast: Cast, stage: Stage, atSeconds: number): Claim[] {
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
  return `count by (${stage.plan.groupLabels.join(", ")})`;
}

function maxBy(stage: Stage): string {
  return `max by (${stage.plan.groupLabels.join(", ")})`;
}

function alertsOf({ plan, sli }: Stage): string {
  const names = { alertname: plan.alerts[0]?.alert ?? "", alertstate: "firing" };
  return print(selector("ALERTS", { ...names, ...experimentLabels(plan.experiment), sli }));
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
