/** Random declarations, mended until they build, through the real engines. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { type BuildResult, build } from "../../../src/build.ts";
import { readTemplates } from "../../../src/io/read-templates.ts";
import type { World } from "../arbitrary/service.ts";
import type { Repaired } from "../repair.ts";
import { type Refusal, refusals } from "./engines.ts";
import { type Batch, sample, sizeOf } from "./sample.ts";

export interface Fuzzed {
  /** SLOs, budgets and experiments that were built. */
  readonly declarations: number;
  readonly services: number;
  readonly refused: readonly Refusal[];
}

export interface FuzzOptions {
  /** How many declarations: SLOs, budgets and experiments. */
  readonly count: number;
  readonly seed: number;
  /** Evaluations of single rules for which generated tests of a batch are played. */
  readonly played?: number;
  /** The place of the first world among all of the seed. */
  readonly first?: number;
  /** Called after every batch with how many there were. */
  readonly onBatch?: (declarations: number) => void;
}

/** Declarations in one call of each engine. */
const BATCH = 250;

/**
 * Builds so many declarations and shows them to promtool and amtool, which judge one batch while the next is built. Where
 * something is refused, its files are kept.
 */
export async function fuzz({ count, seed, first = 0, played = MOST_PLAYED, onBatch }: FuzzOptions): Promise<Fuzzed> {
  const refused: Refusal[] = [];
  let [declarations, services] = [0, 0];
  let judged = Promise.resolve();
  for (const batch of batches({ count, seed, first })) {
    await judged;
    judged = judge(batch, played).then((refusals) => void refused.push(...refusals));
    declarations += declaredIn(batch);
    services += batch.reduce((sum, { world }) => sum + world.services.length, 0);
    onBatch?.(declarations);
    // Else the engines are only started when the next batch is built.
    await setImmediate();
  }
  await judged;
  return { declarations, services, refused };
}

function* batches({ count, seed, first }: Batch): Generator<Repaired<BuildResult>[]> {
  for (let [place, declarations] = [first, 0]; declarations < count; ) {
    const batch = sample({ first: place, count: Math.min(BATCH, count - declarations), seed }, buildAt);
    place += batch.length;
    declarations += declaredIn(batch);
    yield batch;
  }
}

function declaredIn(batch: readonly Repaired<BuildResult>[]): number {
  return batch.reduce((sum, { world }) => sum + sizeOf(world), 0);
}

const MOST_PLAYED = 4000;
const TARGETS = ["prometheus", "alertmanager"];
/** One build of so many makes its generated tests too: finding their histories takes as long as all the rest. */
const PROVEN = 10;
const templates = readTemplates();

function buildAt({ services, platform }: World, place: number): BuildResult {
  const targets = place % PROVEN === 0 ? [...TARGETS, "proofs"] : TARGETS;
  return build({ services, platform, templates, targets });
}

async function judge(batch: readonly Repaired<BuildResult>[], played: number): Promise<Refusal[]> {
  const root = mkdtempSync(join(tmpdir(), "firebreak-fuzz-"));
  const builds = batch.map(({ result }, index) => ({ folder: String(index), artifacts: result.artifacts }));
  const refused = await refusals(root, builds, played);
  const worlds = batch.map(({ world }) => world);
  if (refused.length === 0) rmSync(root, { recursive: true });
  else writeFileSync(join(root, "declared.json"), JSON.stringify(worlds, null, 2));
  return refused.map(({ asked, answer }) => ({ asked: `${asked} (in ${root})`, answer }));
}
