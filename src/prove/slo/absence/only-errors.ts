/** `SloOnlyErrors`: bad events are all there is. */
import { alertId, alerts, namedAt } from "../../../compile/alert-names.ts";
import type { SloPlan } from "../../../compile/plan.ts";
import type { Platform } from "../../../model/service.ts";
import { printSeconds } from "../../../promql/duration.ts";
import type { CounterSeries } from "../../../sli/kind.ts";
import { MINUTE } from "../../../time/units.ts";
import { expectedOf } from "../../alerts.ts";
import type { NotProven, Proof } from "../../proof.ts";
import { pages } from "../burn/tiers.ts";
import { totalAndPart } from "../counting/total-and-part.ts";
import { groupSeries, lateSeconds, type Stage } from "../stage.ts";
import type { Phase } from "../timeline.ts";
import { turnExpectations, turnOf } from "./turn.ts";

const UNITS = 1000;

/** Bad events of another metric than the total, and of that none at all. */
export function onlyErrors(stage: Stage, plan: SloPlan, platform: Platform): Proof | NotProven {
  const { slo, history, pace, groups } = stage;
  const severity = pages(plan) ? "page" : "ticket";
  const own = alertId(namedAt(alerts.onlyErrors, severity));
  const units = Math.max(UNITS, slo.minBad ?? 0);
  const counted = totalAndPart(history);
  if (!counted) return { ...own, why: "bad events are counted among all: there is never one without the other" };
  const { total, part: bad } = counted;
  const late = lateSeconds(stage, false) + pace.scrape;
  const turn = turnOf({ from: 0, forSeconds: 2 * MINUTE, late, every: pace.every });
  const end = turn.back + Math.ceil(late / pace.every + 2) * pace.every;
  const only = (one: CounterSeries): Stage => ({ ...stage, history: { type: "counters", series: [one] } });
  const totalLater: Phase[] = [
    { seconds: turn.back, bad: 1, units: 0, there: false },
    { seconds: 0, bad: 1, units },
  ];
  return {
    scenario: "only bad events are counted, then totals again",
    name: slo.name,
    story: `${own.alert} fires within ${printSeconds(turn.first)} of bad events alone, and ends when all are counted`,
    everySeconds: pace.scrape,
    untilSeconds: end,
    series: (until) =>
      groups.flatMap((group) => [
        ...groupSeries([{ seconds: 0, bad: 1, units }], until, group, only(bad)),
        ...groupSeries(totalLater, until, group, only(total)),
      ]),
    expectations: turnExpectations(expectedOf(slo, platform, { ...own, severity }), groups, turn, end),
    proves: [own],
  };
}
