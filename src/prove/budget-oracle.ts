/** When an alert on the error budget must fire, computed from the base's ticks and not from PromQL. */
import type { Measure } from "../compile/measure.ts";
import type { Slo } from "../model/service.ts";
import { compare, type Judgement, next, type State, type Verdict } from "./alert-oracle.ts";
import type { Ticks } from "./base-oracle.ts";
import { coverage, windowReader } from "./window-sums.ts";

/** What an alert on the budget asks. Times in seconds, shares of the whole budget. */
export type BudgetQuestion =
  | { readonly type: "low"; readonly share: number }
  | { readonly type: "exhausted" }
  | { readonly type: "forecast"; readonly horizon: number; readonly lookback: number }
  | { readonly type: "drop"; readonly share: number; readonly within: number };

/** As every budget alert is declared: see compile/budget-alerts.ts. */
const KEEP = { forSeconds: 0, keepFiringForSeconds: 3600 } as const;

/** Verdicts at every evaluation, from time 0. */
export function judgeBudget(question: BudgetQuestion, slo: Slo, measure: Measure, ticks: Ticks): Judgement {
  const everySeconds = measure.needsTiles ? measure.tileSeconds : measure.intervalSeconds;
  const end = (ticks.total.length - 1) * measure.intervalSeconds;
  const times = Array.from({ length: Math.floor(end / everySeconds) + 1 }, (_, index) => index * everySeconds);
  const ask = asker(question, slo, measure, ticks);
  const answers = times.map(ask);
  const least = states(answers, times, false);
  const most = states(answers, times, true);
  return {
    everySeconds,
    verdicts: least.map((fires, index) => (fires !== most[index] ? "unclear" : fires ? "firing" : "silent")),
  };
}

function states(answers: readonly Verdict[], times: readonly number[], doubtful: boolean): boolean[] {
  let state: State = { fires: false };
  return answers.map((answer, index) => {
    const holds = answer === "firing" || (doubtful && answer === "unclear");
    state = next(state, times[index] as number, holds, KEEP);
    return state.fires;
  });
}

/** Whether the question is answered with yes at a time. Equality is left open: only rounding decides it. */
function asker(question: BudgetQuestion, slo: Slo, measure: Measure, ticks: Ticks): (time: number) => Verdict {
  const read = windowReader(measure, ticks);
  const spent = (time: number, seconds: number): number | undefined => {
    const sums = read(time, seconds);
    if (time < 0 || sums.total <= 0) return undefined;
    return (sums.bad / sums.total) * coverage(time, sums, { longSeconds: seconds }, measure, read);
  };
  const left = (time: number): number | undefined => {
    const ratio = spent(time, slo.windowSeconds);
    return ratio === undefined ? undefined : 1 - ratio / slo.errorBudget;
  };
  return (time) => {
    const now = left(time);
    if (now === undefined) return "silent";
    switch (question.type) {
      case "exhausted":
        return compare(1 - now, 1);
      case "low":
        return compare(1 - now, 1 - question.share);
      case "forecast": {
        const burn = (spent(time, question.lookback) ?? 0) / slo.errorBudget;
        return burn === 0 ? "silent" : compare(burn, (now * slo.windowSeconds) / question.horizon);
      }
      case "drop": {
        const before = left(time - question.within);
        return before === undefined ? "silent" : compare(before - now, question.share);
      }
    }
  };
}
