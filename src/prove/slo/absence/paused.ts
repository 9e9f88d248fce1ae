/** A pause in which nothing was evaluated for over three days, longer than the sums of a calendar period remember. */
import type { SloPlan } from "../../../compile/plan.ts";
import type { Platform } from "../../../model/service.ts";
import { printSeconds } from "../../../promql/duration.ts";
import { expectedOf, firesWith, notYet } from "../../alerts.ts";
import { PAUSE_SECONDS, type Proof } from "../../proof.ts";

/** 2027-02-09T00:00:00Z, a Tuesday in the middle of a quarter, whatever the offset; the pause ends on the Saturday. */
const PAUSE_STARTS = 1_802_131_200;
const GAP = { alert: "SloBroken", tier: "broken", reason: "gap" } as const;

export function provePaused({ slo, alerts }: SloPlan, platform: Platform): Proof[] {
  if (!alerts.some(({ labels }) => labels.reason === GAP.reason)) return [];
  const { alert, tier, reason } = GAP;
  const expected = expectedOf(slo, platform, { alert, tier, severity: "ticket" }, { reason });
  return [
    {
      ...PAUSED,
      name: slo.name,
      story: `SloBroken (gap) fires at the first evaluation after ${printSeconds(PAUSE_SECONDS)} without one`,
      series: () => [],
      expectations: [notYet(expected, 0), firesWith(expected, [{}], PAUSE_SECONDS)],
      proves: [GAP],
    },
  ];
}

/** What all histories of a pause share. */
export const PAUSED = {
  scenario: "nothing is evaluated for over three days",
  startSeconds: PAUSE_STARTS,
  everySeconds: PAUSE_SECONDS,
  evaluatedSeconds: PAUSE_SECONDS,
  untilSeconds: PAUSE_SECONDS,
} as const;
