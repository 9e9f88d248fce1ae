/** Who plays what in a generated test, and what comparisons know of it. */
import type { ExperimentPlan } from "../../compile/plan.ts";
import type { Platform } from "../../model/service.ts";
import type { History } from "../../sli/kind.ts";
import { alertsAt, type Counts, type Seen } from "./oracle.ts";
import type { Cast, Role } from "./roles.ts";
import type { Timing } from "./timing.ts";

export interface Stage {
  readonly sli: string;
  readonly plan: ExperimentPlan;
  readonly platform: Platform;
  readonly history: History;
  readonly timing: Timing;
}

/** As many variants at once as may take part: everybody, where all may. Who would alert after all does not pass. */
export function castings({ baseline, variants }: Cast, stage: Stage): Cast[] {
  const { variants: names, baseline: control } = stage.plan.experiment;
  const playing = variants.filter((role) => !role.soon || !isReported(role, baseline, stage));
  const own = playing.map(({ name }) => (name === control ? `${name}-one` : name));
  const size = names?.length ?? playing.length;
  return Array.from({ length: Math.ceil(playing.length / size) }, (_, index) => ({
    baseline: { ...baseline, name: control },
    variants: playing
      .slice(index * size, (index + 1) * size)
      .map((role, place) => ({ ...role, name: (names ?? own)[place] as string })),
  }));
}

/** What comparisons know of a variant, and of the baseline. */
export function seenOf(variant: Role, baseline: Role, { timing }: Stage): Seen[] {
  const { first, soon, later } = timing.bursts;
  const at = { first: timing.knownFrom(first), soon: timing.knownFrom(soon), later: timing.knownFrom(later) };
  return [
    { fromSeconds: at.first, variant: variant.first, baseline: baseline.first },
    { fromSeconds: variant.soon ? at.soon : at.later, variant: variant.after, baseline: NOTHING },
    { fromSeconds: at.later, variant: NOTHING, baseline: baseline.after },
  ];
}

/** Whether a variant alerts, evaluation by evaluation. */
export function reportedOf(variant: Role, baseline: Role, stage: Stage): boolean[] {
  const { every, until } = stage.timing;
  return alertsAt(stage.plan.experiment, seenOf(variant, baseline, stage), every, until);
}

export function isReported(variant: Role, baseline: Role, stage: Stage): boolean {
  return reportedOf(variant, baseline, stage).includes(true);
}

/** No event at all. */
export const NOTHING: Counts = { total: 0, bad: 0 };
