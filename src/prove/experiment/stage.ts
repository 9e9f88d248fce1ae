/** Who plays what in a generated test, and what it looks like to the rules. */
import type { ExperimentPlan } from "../../compile/plan.ts";
import type { Platform } from "../../model/service.ts";
import type { History } from "../../sli/kind.ts";
import { type Labels, rawSeries, rawValues } from "../raw-series.ts";
import type { InputSeries } from "../series-text.ts";
import type { Step } from "../slo/timeline.ts";
import { costSeries } from "./cost.ts";
import { alertsAt, type Counts, type Seen } from "./oracle.ts";
import { groupLabels, placesOf } from "./places.ts";
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

/** Raw series of everybody, and of one who takes no part where those who do are named: all that it does goes wrong. */
export function seriesOf({ baseline, variants }: Cast, stage: Stage, until: number): InputSeries[] {
  const [here, elsewhere] = placesOf(stage.plan);
  const outside = stage.plan.experiment.variants ? [strangerTo([baseline, ...variants])] : [];
  const alike = elsewhere ? [baseline, ...variants.map(({ name }) => ({ ...baseline, name }))] : [];
  return [
    ...costSeries({ baseline, variants }, stage, targetOf(stage), until),
    ...[baseline, ...variants, ...outside].flatMap((role) => played(role, here, stage, until)),
    ...alike.flatMap((role) => played(role, elsewhere ?? {}, stage, until)),
  ];
}

const NOTHING: Counts = { total: 0, bad: 0 };

function strangerTo(roles: readonly Role[]): Role {
  const all = { total: 1_000_000, bad: 1_000_000 };
  const names = ["stranger", "another"];
  return { name: names.find((name) => roles.every((role) => role.name !== name)) ?? "nobody", first: all, after: all };
}

function targetOf({ plan, history }: Stage): Labels {
  const job = history.series.map(({ labels }) => labels.job).find(Boolean) ?? plan.experiment.name;
  return { job, instance: `${plan.experiment.name}-1` };
}

function played(role: Role, place: Labels, stage: Stage, until: number): InputSeries[] {
  const { plan, history, timing } = stage;
  const { first, soon, later } = timing.bursts;
  const count = Math.ceil(until / timing.scrape);
  const steps = Array.from({ length: count + 1 }, (_, index): Step => {
    const at = index * timing.scrape;
    if (at === first) return stepOf(role.first);
    return stepOf(at === (role.soon ? soon : later) ? role.after : NOTHING);
  });
  const values = rawValues(history, steps, { scrape: timing.scrape, start: 0 });
  return rawSeries(history, values, { ...targetOf(stage), ...place, ...groupLabels(role.name, plan) });
}

function stepOf({ total, bad }: Counts): Step {
  return { good: total - bad, bad, badShare: 0, there: true, measured: total > 0 };
}
