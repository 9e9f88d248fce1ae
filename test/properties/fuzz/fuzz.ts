/** Random declarations, mended until they build, through the real engines. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { build } from "../../../src/build.ts";
import { readTemplates } from "../../../src/io/read-templates.ts";
import { type World, worldOf } from "../arbitrary/service.ts";
import { type Mended, mended } from "../mend.ts";
import { type Built, type Refusal, refusals } from "./engines.ts";

export interface Fuzzed {
  /** SLOs, budgets and experiments that were built. */
  readonly declarations: number;
  readonly services: number;
  readonly refused: readonly Refusal[];
  /** What was built, as it was declared. */
  readonly worlds: readonly World[];
}

export interface FuzzOptions {
  /** How many declarations: SLOs, budgets and experiments. */
  readonly count: number;
  readonly seed: number;
  /** Told after every batch. */
  readonly onBatch?: (declarations: number) => void;
}

/** Declarations in one call of each engine. */
const BATCH = 250;
const TARGETS = ["prometheus", "alertmanager"];
/** One build of so many makes its generated tests too: finding them takes as long as all the rest. */
const PROVEN = 5;

/** Builds so many declarations and shows them to promtool and amtool. Where something is refused, its files are kept. */
export async function fuzz({ count, seed, onBatch }: FuzzOptions): Promise<Fuzzed> {
  const worlds: World[] = [];
  const refused: Refusal[] = [];
  let declarations = 0;
  while (declarations < count) {
    const batch = batchFrom(worlds.length, Math.min(BATCH, count - declarations), seed);
    worlds.push(...batch.map(({ world }) => world));
    refused.push(...(await judge(batch)));
    declarations += batch.reduce((sum, { world }) => sum + sizeOf(world), 0);
    onBatch?.(declarations);
  }
  return { declarations, services: worlds.flatMap(({ services }) => services).length, refused, worlds };
}

type Sample = Mended<ReturnType<typeof build>>;

function batchFrom(first: number, wanted: number, seed: number): Sample[] {
  const batch: Sample[] = [];
  for (let size = 0; size < wanted; size += sizeOf((batch.at(-1) as Sample).world)) {
    const place = first + batch.length;
    batch.push(mended(worldAt(place, seed), (world) => buildOf(world, place % PROVEN === 0)));
  }
  return batch;
}

/** The same for the same place and seed, whatever else is made. */
function worldAt(place: number, seed: number): World {
  const parameters = { numRuns: 1, seed: seed * 1_000_003 + place, unbiased: true };
  const [world] = fc.sample(worldOf(`a-${place}`, `b-${place}`), parameters);
  return world as World;
}

function buildOf({ services, platform }: World, proven: boolean): ReturnType<typeof build> {
  return build({ services, platform, templates, targets: proven ? [...TARGETS, "proofs"] : TARGETS });
}

const templates = readTemplates();

/** How many SLOs, budgets and experiments there are. */
function sizeOf({ services }: World): number {
  return services
    .flatMap(({ slos = [], budgets = [], experiments = [] }) => [slos, budgets, experiments])
    .reduce((sum, { length }) => sum + length, 0);
}

async function judge(batch: readonly Sample[]): Promise<Refusal[]> {
  const root = mkdtempSync(join(tmpdir(), "firebreak-fuzz-"));
  const builds = batch.map(({ result }, index): Built => ({ folder: String(index), artifacts: result.artifacts }));
  const refused = await refusals(root, builds);
  if (refused.length === 0) rmSync(root, { recursive: true });
  else
    writeFileSync(
      join(root, "declared.json"),
      JSON.stringify(
        batch.map(({ world }) => world),
        null,
        2,
      ),
    );
  return refused.map(({ asked, answer }) => ({ asked: `${asked} (in ${root})`, answer }));
}
