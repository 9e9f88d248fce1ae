/**
 * Alerts on what is left of the error budget. A steady share of bad events spends it by the share of the period that was
 * measured, which is known step by step. So the budget is spent in steps, and a history is found in which one step leads past
 * the threshold.
 */
import { alertId, alerts } from "../../../compile/alert-names.ts";
import type { Platform, Policy, Severity } from "../../../model/service.ts";
import { printSeconds } from "../../../promql/duration.ts";
import { exact, printNumber } from "../../../promql/number.ts";
import { expectedOf, firesWith, notYet } from "../../alerts.ts";
import { isSteady, stepSeconds } from "../../period-share.ts";
import { MOST_EVALUATIONS, type Proof } from "../../proof.ts";
import { type Stage, seriesOf } from "../stage.ts";

const UNITS = 1000;

export function proveBudgetAlerts(stage: Stage, platform: Platform): Proof[] {
  if (!isSteady(stage)) return [];
  const { exhausted, below = [] } = stage.slo.alerting.budget ?? {};
  const asked: Asked[] = [
    ...(exhausted ? [{ ...alertId(alerts.budgetExhausted), spent: 1 }] : []),
    ...below.map((share) => ({
      alert: alerts.budgetLow.name,
      tier: lowTier(share),
      spent: exact(1 - share),
      before: 1,
    })),
    ...policyAsks(stage.slo.policy),
  ];
  return asked.flatMap((each) => {
    const steps = stepsTo(each, stage);
    return steps ? [proofOf(each, steps, stage, platform)] : [];
  });
}

function policyAsks(policy: Policy | undefined): Asked[] {
  if (policy === undefined) return [];
  const { warnBelow, freezeAt } = policy;
  const frozen = exact(1 - freezeAt);
  const warning = { ...alertId(alerts.policyWarn), severity: "info", before: frozen } as const;
  return [
    ...(warnBelow === undefined ? [] : [{ ...warning, spent: exact(1 - warnBelow) }]),
    { ...alertId(alerts.policyFreeze), severity: "info", spent: frozen },
  ];
}

/** An alert, and the share of the budget after which it fires; it no longer does where the other share is spent. */
interface Asked {
  readonly alert: string;
  readonly tier: string;
  /** Default: a ticket. */
  readonly severity?: Severity;
  readonly spent: number;
  readonly before?: number;
}

function lowTier(share: number): string {
  return `budget-low-${printNumber(exact(share * 100)).replace(".", "-")}`;
}

/** So many steps, with such a share of bad events, leave the budget just above the threshold. */
interface Steps {
  readonly steps: number;
  readonly bad: number;
  readonly every: number;
}

function stepsTo({ spent, before = Number.POSITIVE_INFINITY }: Asked, stage: Stage): Steps | undefined {
  const { slo, pace } = stage;
  const every = stepSeconds(stage);
  const all = Math.floor(slo.windowSeconds / every);
  const most = Math.floor((MOST_EVALUATIONS * pace.every) / every) - 1;
  const spentAfter = (steps: number, bad: number): number => ((bad / slo.errorBudget) * steps) / all;
  for (let steps = Math.max(1, Math.ceil(1200 / every)); steps <= most; steps++) {
    const bad = Math.floor((UNITS * JUST_BELOW * spent * slo.errorBudget * all) / steps) / UNITS;
    const after = spentAfter(steps + 1, bad);
    if (bad <= 1 && spentAfter(steps, bad) > 0.9 * spent && after > 1.02 * spent && after < 0.99 * before)
      return { steps, bad, every };
  }
  return undefined;
}

const JUST_BELOW = 0.97;

function proofOf(asked: Asked, { steps, bad, every }: Steps, stage: Stage, platform: Platform): Proof {
  const { slo, pace, groups } = stage;
  const { alert, tier, severity = "ticket" } = asked;
  const expected = { ...expectedOf(slo, platform, { alert, tier, severity }), apart: ["tier"] };
  // The look at the very beginning is the first.
  const step = steps * every;
  const up = (seconds: number): number => Math.ceil(seconds / pace.every) * pace.every;
  const [silentAt, first] = [up(step) - 2 * pace.every, up(step) + 4 * pace.every];
  return {
    scenario: tier,
    name: slo.name,
    story: `${alert} fires ${printSeconds(first)} into ${printNumber(exact(bad * 100))} % bad events: ${printNumber(exact(asked.spent * 100))} % of the budget is spent, and was not ${printSeconds(first - silentAt)} before`,
    everySeconds: pace.scrape,
    untilSeconds: first,
    series: (until) => seriesOf([{ seconds: 0, bad, units: UNITS }], until, stage),
    expectations: [notYet(expected, silentAt), firesWith(expected, groups, first)],
    proves: [{ alert, tier }],
  };
}
