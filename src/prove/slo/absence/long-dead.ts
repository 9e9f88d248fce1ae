/** A target that was dead for over an hour has been reported, and is not why series are gone now. */
import type { ServicePlan } from "../../../compile/plan.ts";
import type { Platform } from "../../../model/service.ts";
import { HOUR } from "../../../time/units.ts";
import { notYet } from "../../alerts.ts";
import type { Proof } from "../../proof.ts";
import { seriesOf, targetOf, upSeries } from "../stage.ts";
import type { Phase } from "../timeline.ts";
import { beginOf, expectedIn, type Watched } from "../watched.ts";
import { turnOf } from "./turn.ts";

export function longDead(stage: Watched, plan: ServicePlan, platform: Platform): Proof {
  const { pace, late } = stage;
  const forSeconds = Math.max(...plan.slos.map(({ slo }) => slo.absence.forSeconds));
  const gone = beginOf(stage) + HOUR;
  const turn = turnOf({ from: gone, forSeconds, late, every: pace.every });
  const phases: Phase[] = [
    { seconds: gone, bad: 0, units: 1000 },
    { seconds: 0, bad: 0, units: 0, there: false },
  ];
  const target = targetOf(stage, stage.groups[0] ?? {});
  const always = (value: number, until: number): number[] =>
    Array<number>(Math.ceil(until / pace.scrape) + 1).fill(value);
  return {
    scenario: "series end while a target has long been dead",
    name: plan.service.name,
    story: "nobody is paged for the target, which was dead for an hour before the series of another ended",
    everySeconds: pace.scrape,
    untilSeconds: turn.back,
    series: (until) => [
      upSeries(always(1, until), target),
      upSeries(always(0, until), { ...target, instance: "dead" }),
      ...seriesOf(phases, until, stage),
    ],
    expectations: ["some-down", "all-down"].map((reason) =>
      notYet(expectedIn(reason, stage, plan, platform), turn.back),
    ),
    proves: [],
    alone: true,
  };
}
