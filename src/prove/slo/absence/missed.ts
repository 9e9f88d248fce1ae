/** Evaluations that are missing: rules that are evaluated once in six hours say so, when they are as old as that. */
import type { SloPlan } from "../../../compile/plan.ts";
import type { Platform } from "../../../model/service.ts";
import { quote } from "../../../promql/print.ts";
import { expectedOf, firesWith, notYet } from "../../alerts.ts";
import { type Expectation, type Proof, SELDOM_SECONDS } from "../../proof.ts";
import type { Labels } from "../../raw-series.ts";
import { seriesName } from "../../series-text.ts";

const SIX_HOURS = 6 * 3600;
const MISSED = { alert: "SloBroken", tier: "broken", reason: "evaluations-missed" } as const;

export function proveMissed({ slo, alerts }: SloPlan, platform: Platform): Proof[] {
  if (!alerts.some(({ labels }) => labels.reason === MISSED.reason)) return [];
  const { alert, tier, reason } = MISSED;
  const expected = expectedOf(slo, platform, { alert, tier, severity: "ticket" }, { reason });
  const told = 2 * SELDOM_SECONDS;
  return [
    {
      scenario: "evaluations are missing",
      subject: slo.name,
      story:
        "SloBroken (evaluations-missed) fires where one evaluation takes place in six hours, when the rules are as old as that",
      everySeconds: SELDOM_SECONDS,
      evaluatedSeconds: SELDOM_SECONDS,
      untilSeconds: told,
      // Another SLO, which is evaluated in the same Prometheus.
      series: () => [
        { series: seriesName("slo:objective_ratio", { slo_service: "another", slo: "another" }), values: "0.5x9" },
      ],
      expectations: [
        notYet(expected, SELDOM_SECONDS),
        firesWith(expected, [{}], told),
        oneEvaluation(told, `slo:coverage_ratio{slo=${quote(slo.name)}}`, {
          labels: { slo_service: slo.service, slo: slo.name },
          within: Math.min(SIX_HOURS, slo.windowSeconds),
          every: slo.evaluationSeconds,
        }),
      ],
      proves: [MISSED],
    },
  ];
}

interface Coverage {
  readonly labels: Labels;
  /** Seconds. */
  readonly within: number;
  readonly every: number;
}

/** Of all evaluations that there should have been within a time, one took place. */
export function oneEvaluation(atSeconds: number, coverage: string, { labels, within, every }: Coverage): Expectation {
  const query = `round(${coverage} * ${within / every}, 0.001)`;
  return { atSeconds, query, samples: [{ labels: seriesName("", labels), value: 1 }] };
}
