/** Evaluations that are missing: how many may be, and that rules which are new miss none. */
import { alertId, alerts } from "../../../compile/alert-names.ts";
import { records } from "../../../compile/names.ts";
import type { SloPlan } from "../../../compile/plan.ts";
import type { Platform } from "../../../model/service.ts";
import { printSeconds } from "../../../promql/duration.ts";
import { exact } from "../../../promql/number.ts";
import { quote } from "../../../promql/print-selector.ts";
import { HOUR } from "../../../time/units.ts";
import { expectedOf, firesWith, notYet, silent } from "../../alerts.ts";
import { onceForAll } from "../../once-for-all.ts";
import { type Expectation, type Proof, SELDOM_SECONDS } from "../../proof.ts";
import type { Labels } from "../../raw-series.ts";
import { type InputSeries, runs, seriesName } from "../../series-text.ts";

const MISSED = { ...alertId(alerts.broken), reason: "evaluations-missed" };

export function proveMissed({ slo, alerts: all }: SloPlan, platform: Platform): Proof[] {
  if (!all.some(({ labels }) => labels.reason === MISSED.reason)) return [];
  const { alert, tier, reason } = MISSED;
  const expected = expectedOf(slo, platform, { alert, tier, severity: "ticket" }, { reason });
  const labels = { slo_service: slo.service, slo: slo.name };
  const coverage: Coverage = {
    ...{ labels, heartbeat: records.objective, record: `${records.coverage}{slo=${quote(slo.name)}}` },
    ...{ within: Math.min(6 * HOUR, slo.windowSeconds), every: slo.evaluationSeconds, least: 0.9 },
  };
  const [at, left, again] = MOMENTS;
  return [
    {
      scenario: "evaluations are missed",
      name: slo.name,
      story: `SloBroken (evaluations-missed) ${missedWords(coverage)}`,
      ...{ everySeconds: slo.evaluationSeconds, evaluatedSeconds: SELDOM_SECONDS, untilSeconds: again },
      series: () => heartbeats(coverage),
      expectations: [
        notYet(expected, SELDOM_SECONDS),
        firesWith(expected, [{}], at),
        oneEvaluation(at, coverage),
        silent(expected, left),
        firesWith(expected, [{}], again),
      ],
      proves: [MISSED],
    },
  ];
}

/** When it is reported that most evaluations are missing, when it is over, and when it is reported that just too many are. */
export const MOMENTS = [2, 4, 6].map((times) => times * SELDOM_SECONDS) as [number, number, number];

/** How evaluations are counted. */
export interface Coverage {
  readonly labels: Labels;
  /** What has a sample at each, and what says how many there were. */
  readonly heartbeat: string;
  readonly record: string;
  /** Seconds. */
  readonly within: number;
  readonly every: number;
  /** The share that must take place. */
  readonly least: number;
}

export function missedWords(coverage: Coverage): string {
  const [all, enough, few] = [coverage.within / coverage.every, enoughOf(coverage), fewOf(coverage)];
  return `fires after 1 and after ${few} of ${all} evaluations in ${printSeconds(coverage.within)}, not after ${enough}, nor when the rules are new`;
}

/** Of this SLO or budget as it was evaluated between the evaluations of the test, and of another, which does not matter. */
export function heartbeats(coverage: Coverage): InputSeries[] {
  const { heartbeat, labels } = coverage;
  const [missing, all] = beatsOf(coverage);
  return [
    { series: seriesName(heartbeat, labels), values: missing },
    { series: seriesName(heartbeat, { slo_service: "another" }), values: all },
  ];
}

function beatsOf(coverage: Coverage): readonly [missing: string, all: string] {
  const { within, every, least } = coverage;
  return writtenOnce([within, every, least], () => writeBeats(coverage));
}

const writtenOnce = onceForAll<readonly [missing: string, all: string]>();

function writeBeats(coverage: Coverage): readonly [missing: string, all: string] {
  const { every } = coverage;
  const counts = [0, 0, enoughOf(coverage), enoughOf(coverage), fewOf(coverage), fewOf(coverage)];
  const times = Array.from({ length: (counts.length * SELDOM_SECONDS) / every }, (_, index) => index * every);
  const isThere = (seconds: number): boolean => {
    const ago = SELDOM_SECONDS - (seconds % SELDOM_SECONDS);
    // One is that of the test.
    return seconds % SELDOM_SECONDS !== 0 && ago / every < (counts[Math.floor(seconds / SELDOM_SECONDS)] ?? 0);
  };
  return [withoutMarkers(times.map((at) => (isThere(at) ? 0.5 : undefined))), runs(times.map(() => 0.5))];
}

/** At the instants of a marker the rules write a sample. */
function withoutMarkers(values: readonly (number | undefined)[]): string {
  return runs(values).replaceAll(/stale(?: _x(\d+))?/g, (_, more: string | undefined) => `_x${Number(more ?? 0) + 1}`);
}

/** The fewest evaluations that are enough. */
function enoughOf({ within, every, least }: Coverage): number {
  return Math.ceil(exact((within / every) * least));
}

function fewOf(coverage: Coverage): number {
  return Math.max(1, enoughOf(coverage) - 1);
}

/** Of all evaluations that there should have been within a time, one took place. */
export function oneEvaluation(atSeconds: number, { record, labels, within, every }: Coverage): Expectation {
  const query = `round(${record} * ${within / every}, 0.001)`;
  return { atSeconds, query, samples: [{ labels: seriesName("", labels), value: 1 }] };
}
