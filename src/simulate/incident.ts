/** One SLO in one history: which tiers fire, when, and what was spent by then. */
import type { SloPlan } from "../compile/plan.ts";
import type { Severity } from "../model/service.ts";
import { historyOf, type Stretch, sumOf } from "./history.ts";
import { type Recorded, recordedOf, wholeSliceSeconds } from "./recorded.ts";
import { type Firings, firingsOf } from "./ruler.ts";
import type { Scenario } from "./scenarios.ts";
import type { Past } from "./sums.ts";
import { type Watched, watchedOf } from "./watched.ts";

export interface Outcome {
  readonly name: string;
  readonly words: string;
  /** Of the whole budget, over the incident; undefined where the scenario is about new rules. */
  readonly budgetSpent: number;
  /** In the order in which they fire. */
  readonly alerts: readonly FiredAlert[];
}

/** Times in seconds. */
export interface FiredAlert {
  readonly tier: string;
  readonly alert: string;
  readonly severity: Severity;
  /** From the beginning of the incident. */
  readonly firesAfter: number;
  /** From its end; negative where it had resolved by then. */
  readonly resolvesAfter: number;
  readonly times: number;
  /** Of the whole budget, of this incident, by what was counted when it first fired. */
  readonly budgetSpent: number;
}

/** @param past - Of every evaluation before. */
export function outcomeOf(scenario: Scenario, plan: SloPlan, past: Past): Outcome {
  const watched = watchedOf(plan);
  const { scrapeSeconds } = plan.slo;
  const stretches = [...scenario.before, ...scenario.incident, afterwards(scenario, watched)];
  const played = recordedOf(historyOf(stretches, scrapeSeconds, wholeSliceSeconds(plan)), plan, scenario.origin);
  const recorded = healthyUntil(scenario, played, watched.everySeconds);
  const firings = firingsOf(watched, recorded, scenario.isKnown ? past : undefined);
  return outcomeWith(scenario, { plan, watched, firings }, spending(recorded, plan, past), recorded.total.length);
}

/** A slice that began before the history has no readings in it, which would count as bad where these are missed. */
export function healthyUntil({ before }: Scenario, { total, bad }: Recorded, everySeconds: number): Recorded {
  return { total, bad: bad.slice().fill(0, 0, Math.floor(sumOf(before) / everySeconds) + 1) };
}

interface Played {
  readonly plan: SloPlan;
  readonly watched: Watched;
  readonly firings: Firings;
}

/** @param spentBy - The share of the budget that was counted by an evaluation. */
export function outcomeWith(
  scenario: Scenario,
  { plan, watched, firings }: Played,
  spentBy: (index: number) => number,
  evaluations: number,
): Outcome {
  const begin = sumOf(scenario.before);
  const end = begin + sumOf(scenario.incident);
  const at = (evaluation: number): number => evaluation * watched.everySeconds;
  const alerts = plan.tiers.flatMap(({ name, alert, severity }, place): FiredAlert[] => {
    const [first, last] = [firings[place]?.[0], firings[place]?.at(-1)];
    if (!first || !last) return [];
    const spent = { tier: name, alert, severity, budgetSpent: spentBy(first.from), times: firings[place]?.length ?? 0 };
    return [{ ...spent, firesAfter: at(first.from) - begin, resolvesAfter: at(last.to ?? evaluations) - end }];
  });
  return {
    name: scenario.name,
    words: scenario.words,
    budgetSpent: spentBy(evaluations - 1),
    alerts: alerts.sort((one, other) => one.firesAfter - other.firesAfter),
  };
}

/** As it was before, until everything has left the short windows and what holds alerts back. */
export function afterwards({ before }: Scenario, { tiers, burningKeeps, tile, everySeconds }: Watched): Stretch {
  const longest = Math.max(0, ...tiers.map(({ short, keeps }) => short + keeps));
  const { rate = 1 } = before[0] ?? {};
  return { seconds: (longest + burningKeeps + 4 * tile) * everySeconds, rate, bad: [0, 0] };
}

/** The share of the whole budget that was counted by an evaluation, at the usual traffic. */
function spending({ bad }: Recorded, { slo }: SloPlan, past: Past): (index: number) => number {
  const allowed = (slo.errorBudget * past.total * slo.windowSeconds) / slo.evaluationSeconds;
  const running: number[] = [];
  let sum = 0;
  for (const failed of bad) {
    sum += failed;
    running.push(sum / allowed);
  }
  return (index) => running[index] ?? 0;
}
