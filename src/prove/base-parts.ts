/** What a base records in a history, evaluation by evaluation; of a composite, what each of its components does. */
import { type ComponentRatio, compositeErrorRatio } from "../compile/composite-maths.ts";
import type { SloPlan } from "../compile/plan.ts";
import { COMPONENT, type Composite } from "../sli/composite.ts";
import type { Ticks } from "./base-oracle.ts";
import { type Phase, phase, steps } from "./timeline.ts";

/** One base, or one for each component of a composite. */
interface Recorded {
  readonly labels: Readonly<Record<string, string>>;
  readonly ticks: Ticks;
}

export function partsOf(phases: readonly Phase[], plan: SloPlan): Recorded[] {
  const { sli } = plan.slo;
  if (sli.kind !== "composite") return [{ labels: {}, ticks: ticksOf(phases, plan) }];
  return sli.of.map(({ slo }, index) => ({
    labels: { [COMPONENT]: slo },
    ticks: ticksOf(componentPhases(sli, index, phases), plan),
  }));
}

/** In an outage all components are out. What is gradual is the doing of the last one, where its weight suffices, or of all alike. */
function componentPhases(sli: Composite, index: number, phases: readonly Phase[]): Phase[] {
  const most =
    compositeErrorRatio(
      sli.as,
      componentRatios(sli, (at) => (at === sli.of.length - 1 ? 1 : 0)),
    ) ?? 1;
  return phases.map((one) => {
    if (one.bad === 0 || one.bad === 1) return one;
    if (one.bad > most)
      return phase(one.seconds, sli.as === "serial" ? 1 - (1 - one.bad) ** (1 / sli.of.length) : one.bad);
    return phase(one.seconds, index === sli.of.length - 1 ? one.bad / most : 0);
  });
}

function componentRatios({ of }: Composite, errorRatio: (index: number) => number): ComponentRatio[] {
  return of.map(({ weight = 1 }, index) => ({ errorRatio: errorRatio(index), weight }));
}

export function ticksOf(phases: readonly Phase[], { measure }: SloPlan): Ticks {
  const every = measure.intervalSeconds;
  const whole = phases.map((one) => ({ ...one, seconds: Math.ceil(one.seconds / every) * every }));
  const timeline = steps(whole, every);
  return { total: timeline.map((step) => step.good + step.bad), bad: timeline.map((step) => step.bad) };
}
