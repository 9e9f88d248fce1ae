/** What those on a stage leave behind, as raw series. */

import { type Labels, rawSeries, rawValues } from "../raw-series.ts";
import type { InputSeries } from "../series-text.ts";
import type { Step } from "../slo/timeline.ts";
import { costSeries } from "./cost.ts";
import type { Counts } from "./oracle.ts";
import { groupLabels, placesOf } from "./places.ts";
import type { Cast, Role } from "./roles.ts";
import { NOTHING, type Stage } from "./stage.ts";

/**
 * Raw series of everybody, and of one who takes no part where those who do are named: all that it does goes wrong.
 *
 * @param born - From when on there are any, in seconds.
 */
export function seriesOf({ baseline, variants }: Cast, stage: Stage, until: number, born = 0): InputSeries[] {
  const [here, elsewhere] = placesOf(stage.plan);
  const outside = stage.plan.experiment.variants ? [strangerTo([baseline, ...variants])] : [];
  const alike = elsewhere ? [baseline, ...variants.map(({ name }) => ({ ...baseline, name }))] : [];
  return [
    ...costSeries({ baseline, variants }, stage, targetOf(stage), until),
    ...[baseline, ...variants, ...outside].flatMap((role) => played(role, here, stage, { until, born })),
    ...alike.flatMap((role) => played(role, elsewhere ?? {}, stage, { until, born })),
  ];
}

function strangerTo(roles: readonly Role[]): Role {
  const all = { total: 1_000_000, bad: 1_000_000 };
  const names = ["stranger", "another"];
  return { name: names.find((name) => roles.every((role) => role.name !== name)) ?? "nobody", first: all, after: all };
}

function targetOf({ plan, history }: Stage): Labels {
  const job = history.series.map(({ labels }) => labels.job).find(Boolean) ?? plan.experiment.name;
  return { job, instance: `${plan.experiment.name}-1` };
}

function played(
  role: Role,
  place: Labels,
  stage: Stage,
  { until, born }: { readonly until: number; readonly born: number },
): InputSeries[] {
  const { plan, history, timing } = stage;
  const { first, soon, later } = timing.bursts;
  const count = Math.ceil(until / timing.scrape);
  const steps = Array.from({ length: count + 1 }, (_, index): Step => {
    const at = index * timing.scrape;
    const counts = at === first ? role.first : at === (role.soon ? soon : later) ? role.after : NOTHING;
    return { ...stepOf(counts), there: at >= born };
  });
  const values = rawValues(history, steps, { scrape: timing.scrape, start: 0 });
  return rawSeries(history, values, { ...targetOf(stage), ...place, ...groupLabels(role.name, plan) });
}

function stepOf({ total, bad }: Counts): Step {
  return { good: total - bad, bad, badShare: 0, there: true, measured: total > 0 };
}
