/** Random declarations that build, in batches: the same ones for the same seed and place. */
import fc from "fast-check";
import type { Issue } from "../../../src/issue.ts";
import { type World, worldOf } from "../arbitrary/service.ts";
import { type Repaired, repaired } from "../repair.ts";

export interface Batch {
  /** The place of its first world among all of the seed. */
  readonly first: number;
  /** How many SLOs, budgets and experiments it holds; a few more where the last world has some. */
  readonly count: number;
  readonly seed: number;
}

/** Worlds, mended until they build, with what `build` makes of them. */
export function sample<Result extends { readonly issues: readonly Issue[] }>(
  { first, count, seed }: Batch,
  build: (world: World, place: number) => Result,
): Repaired<Result>[] {
  const batch: Repaired<Result>[] = [];
  for (let size = 0; size < count; size += sizeOf((batch.at(-1) as Repaired<Result>).world)) {
    const place = first + batch.length;
    batch.push(repaired(worldAt(place, seed), (world) => build(world, place)));
  }
  return batch;
}

function worldAt(place: number, seed: number): World {
  // A prime keeps the places of one seed apart from those of the next.
  const parameters = { numRuns: 1, seed: seed * 1_000_003 + place, unbiased: true };
  const [world] = fc.sample(worldOf(`a-${place}`, `b-${place}`), parameters);
  return world as World;
}

/** How many SLOs, budgets and experiments there are. */
export function sizeOf({ services }: World): number {
  return services
    .flatMap(({ slos = [], budgets = [], experiments = [] }) => [slos, budgets, experiments])
    .reduce((sum, { length }) => sum + length, 0);
}
