/** A composite in its histories: what happens to all of its components alike, or to one of them alone. */
import type { SloPlan } from "../compile/plan.ts";
import { componentsOf, isComposite } from "../sli/index.ts";
import { type Combine, combineOf } from "./combine.ts";
import { historyOf, type Stretch } from "./history.ts";
import { afterwards, healthyUntil, type Outcome, outcomeWith } from "./incident.ts";
import { emptyRecord, type Recorded, recordedOf, wholeSliceSeconds } from "./recorded.ts";
import { compositeFirings, type Part } from "./ruler.ts";
import { type Scenario, scenariosOf } from "./scenarios.ts";
import { CombinedSums, type Past, Sums } from "./sums.ts";
import { watchedOf } from "./watched.ts";

/** A component, and what every evaluation of it had before. */
export interface Component {
  readonly plan: SloPlan;
  readonly past: Past;
}

/** Its components' plans in its own order, or why it cannot be played. */
export function componentPlans(plan: SloPlan, all: readonly SloPlan[]): readonly SloPlan[] | string {
  const ids = componentsOf(plan.slo.sli).map(({ slo }) => slo);
  const found = ids.flatMap((id) => all.filter(({ slo }) => slo.id === id));
  if (found.length < ids.length || found.some(({ slo }) => isComposite(slo.sli))) return "it is made of composites";
  const differs = found.some(({ slo }) => slo.evaluationSeconds !== plan.slo.evaluationSeconds);
  if (differs) return "its components are evaluated at other intervals";
  return plan.slo.minEvents === undefined ? found : "it needs `minEvents` of several SLOs together";
}

/** Every history for all components alike, and a full outage of each alone. */
export function compositeOutcomes(plan: SloPlan, components: readonly Component[]): Outcome[] {
  const alike = scenariosOf(plan, undefined).map((scenario) => outcome(scenario, () => true, plan, components));
  const [outage] = scenariosOf(plan, undefined);
  if (outage === undefined) return alike;
  const alone = components.map(({ plan: { slo } }, place) => {
    const words = outage.words.replace("everything fails", `${slo.id} alone fails`);
    return outcome({ ...outage, name: `outage-of:${slo.id}`, words }, (index) => index === place, plan, components);
  });
  return [...alike, ...alone];
}

function outcome(
  scenario: Scenario,
  isHit: (place: number) => boolean,
  plan: SloPlan,
  components: readonly Component[],
): Outcome {
  const watched = watchedOf(plan);
  const calm = scenario.incident.map((stretch): Stretch => ({ ...stretch, bad: [0, 0] }));
  const parts = components.map((component, place): Part => {
    const incident = isHit(place) ? scenario.incident : calm;
    const stretches = [...scenario.before, ...incident, afterwards(scenario, watched)];
    const played = componentRecord(component.plan, withTraffic(stretches, component));
    const recorded = healthyUntil(scenario, played, watched.everySeconds);
    return { recorded, past: scenario.isKnown ? component.past : undefined };
  });
  const combine = combineOf(plan.slo.sli as Parameters<typeof combineOf>[0]);
  const firings = compositeFirings(watched, parts, combine);
  const evaluations = Math.min(...parts.map(({ recorded }) => recorded.total.length));
  const spent = spending(
    plan,
    parts.map(({ recorded }, place) => [recorded, components[place]?.past] as const),
    combine,
  );
  return outcomeWith(scenario, { plan, watched, firings }, spent, evaluations);
}

/** Stretches run at a rate of 1 of what is usual. */
function withTraffic(stretches: readonly Stretch[], { plan, past }: Component): Stretch[] {
  const usual = past.total / plan.slo.evaluationSeconds;
  return stretches.map((stretch) => ({ ...stretch, rate: stretch.rate * usual }));
}

/** What a composite reads of a component: what that one recorded an evaluation ago. */
export function componentRecord(plan: SloPlan, stretches: readonly Stretch[]): Recorded {
  return anEvaluationLater(recordedOf(historyOf(stretches, plan.slo.scrapeSeconds, wholeSliceSeconds(plan)), plan));
}

function anEvaluationLater({ total, bad }: Recorded): Recorded {
  const later = emptyRecord(total.length);
  later.total.set(total.subarray(0, -1), 1);
  later.bad.set(bad.subarray(0, -1), 1);
  return later;
}

/** By the window's combined ratio: a composite counts nothing of its own. */
function spending(
  { slo }: SloPlan,
  parts: readonly (readonly [Recorded, Past | undefined])[],
  combine: Combine,
): (index: number) => number {
  const sums = parts.map(([recorded, past]) => new Sums(recorded, past ?? { total: 0, bad: 0 }));
  const combined = new CombinedSums(sums, combine);
  const window = Math.round(slo.windowSeconds / slo.evaluationSeconds);
  return (index) => combined.ratio(index + 1 - window, index + 1) / slo.errorBudget;
}
