/** An engine that skips checkpoints and is killed: what docs/pulumi.md warns of, in a stack of its own. */
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { recover, removeBrokenAttributes } from "../../../src/pulumi/recover.ts";
import { changesBetween, type Kind, pathOf, type Snapshot } from "../../support/cluster/snapshot.ts";
import { FailedOperation } from "../../support/cluster/stack.ts";
import { search, withObjective } from "../declarations.ts";
import { killedUp } from "./killed.ts";
import { assertDeployed, look, makeWorld, NAMESPACE, type Scenario, type World } from "./world.ts";

export const skipped: readonly Scenario[] = [
  {
    title: "skipped checkpoints: what a killed up has made is refused by the next one, until it is deleted by hand",
    run: async ({ cluster }) => {
      const world = await makeSkipping(cluster);
      assert.equal((await look(world)).size, 0);
      await killed(world);
      const made = await look(world);
      assert.deepEqual(await recover(world.pulumi.stack), []);
      const refused = await deleteWhatIsRefused(world);
      assert.deepEqual(refused.sort(), [...made.keys()]);
      await assertDeployed(world);
      const repaired = await changeKilled(world);
      await world.pulumi.destroy();
      return [`${made.size} objects, each refused by a later up: ${refused.join(", ")}`, ...repaired];
    },
  },
];

function makeSkipping(cluster: World["cluster"]): Promise<World> {
  const dir = join(cluster.dir, "skipped-checkpoints");
  mkdirSync(dir);
  return makeWorld(cluster, { dir, env: { PULUMI_SKIP_CHECKPOINTS: "true", PULUMI_EXPERIMENTAL: "true" } });
}

async function killed(world: World): Promise<void> {
  await killedUp(world, await look(world));
  removeBrokenAttributes(world.pulumi.stateFolder);
  await world.pulumi.stack.cancel();
}

/** Runs `up` until it succeeds, and deletes what it names each time; it changes none of those. */
async function deleteWhatIsRefused(world: World): Promise<string[]> {
  const made = await look(world);
  const refused: string[] = [];
  for (;;) {
    const failure = await world.pulumi.up().then(
      () => undefined,
      (error: unknown) => error,
    );
    if (failure === undefined) return refused;
    assert.ok(failure instanceof FailedOperation, String(failure));
    const left = new Map([...made].filter(([name]) => !refused.includes(name)));
    assertUntouched(left, await look(world));
    const named = [...left.keys()].filter((name) => failure.message.includes(`"${nameOf(name)}" already exists`));
    assert.ok(named.length > 0, `one of ours is named: ${failure.message}`);
    for (const name of named) await world.cluster.client.remove(pathOf(kindOf(name), NAMESPACE, nameOf(name)));
    refused.push(...named);
  }
}

function assertUntouched(before: Snapshot, after: Snapshot): void {
  const same = new Map([...after].filter(([name]) => before.has(name)));
  assert.deepEqual(changesBetween(before, same), []);
}

function kindOf(object: string): Kind {
  return object.slice(0, object.indexOf(" ")) as Kind;
}

function nameOf(object: string): string {
  return object.slice(object.indexOf(" ") + 1);
}

/** Nothing new, only changes: those the state need not know. */
async function changeKilled(world: World): Promise<string[]> {
  world.declared = {
    ...world.declared,
    services: [withObjective(99.95), { ...search, owner: "discovery", runbooks: "https://runbooks.example.com/find" }],
  };
  await killed(world);
  await world.pulumi.up();
  await assertDeployed(world);
  return ["changes alone: a killed up is finished by the next one"];
}
