/** `SloTargetsDown` of targets that are gone: a page fires, and all of them leave discovery. */
import type { ServicePlan } from "../../../compile/plan.ts";
import { printSeconds } from "../../../promql/duration.ts";
import { type Expected, fires, firesWith, notYet, silent } from "../../alerts.ts";
import type { AlertId, Proof } from "../../proof.ts";
import type { Labels } from "../../raw-series.ts";
import { type InputSeries, runs, seriesName } from "../../series-text.ts";
import { type Stage, seriesOf, targetOf, upSeries } from "../stage.ts";
import type { Phase } from "../timeline.ts";
import { turnOf } from "./turn.ts";

interface Leaving {
  readonly stage: Stage;
  readonly plan: ServicePlan;
  /** Seconds until what is gone is seen to be gone. */
  readonly late: number;
  /** When they leave. */
  readonly begin: number;
  /** How long an alert that paged goes on. */
  readonly keptSeconds: number;
  readonly ids: readonly AlertId[];
  readonly expected: Expected;
}

/** The page is there as Prometheus writes it; the targets come back when it has been reported that they are gone. */
export function allLeave({ stage, plan, late, begin, keptSeconds, ids, expected }: Leaving): Proof {
  const { scrape, every } = stage.pace;
  const forSeconds = Math.min(...plan.slos.map(({ slo }) => slo.absence.forSeconds));
  const { before, first, back } = turnOf({ from: begin, forSeconds, late, every });
  const end = Math.ceil((back + late + keptSeconds + 4 * every) / every) * every;
  return {
    scenario: "a page fires, then all targets leave discovery",
    name: plan.service.name,
    story: `the page comes ${printSeconds(first - begin)} after the targets have left, and ends when they are back`,
    everySeconds: scrape,
    untilSeconds: end,
    series: (until) => seriesUntil(until, { begin, back }, stage, plan),
    expectations: [
      notYet(expected, before),
      firesWith(expected, [{}], first),
      fires(expected, 1, back),
      silent(expected, end),
    ],
    proves: ids,
    alone: true,
  };
}

/** A page of the SLO's first group that fires, as far as it is read; undefined where none of its alerts pages. */
export function pageOf({ slo, groups }: Stage, { slos }: ServicePlan): Labels | undefined {
  const tiers = slos.find((each) => each.slo.id === slo.id)?.tiers ?? [];
  const page = tiers.find(({ severity }) => severity === "page");
  const own = { alertstate: "firing", slo_service: slo.service, slo: slo.name };
  return page && { ...groups[0], ...own, alertname: page.alert, tier: page.name };
}

type Times = Readonly<Record<"begin" | "back", number>>;

function seriesUntil(until: number, { begin, back }: Times, stage: Stage, plan: ServicePlan): InputSeries[] {
  const { scrape } = stage.pace;
  const times = Array.from({ length: Math.ceil(until / scrape) + 1 }, (_, index) => index * scrape);
  const oneWhere = (holds: (seconds: number) => boolean) => times.map((at) => (holds(at) ? 1 : undefined));
  const phases: Phase[] = [
    { seconds: begin, bad: 0, units: 1000 },
    { seconds: back - begin, bad: 0, units: 0, there: false },
    { seconds: 0, bad: 0, units: 1000 },
  ];
  const target = targetOf(stage, stage.groups[0] ?? {});
  return [
    upSeries(
      oneWhere((at) => at <= begin || at > back),
      target,
    ),
    { series: seriesName("ALERTS", pageOf(stage, plan) ?? {}), values: runs(oneWhere((at) => at <= begin)) },
    ...seriesOf(phases, until, stage),
  ];
}
