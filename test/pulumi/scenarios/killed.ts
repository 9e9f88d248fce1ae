/** An `up` whose engine is killed in the middle, however fast or slow the machine is. */
import { changesBetween, type Snapshot } from "../../support/cluster/snapshot.ts";
import { waitFor } from "../../support/live-wait.ts";
import { look, type World } from "./world.ts";

const SOME = 3;

/**
 * Starts an `up` and kills the engine once a few objects have changed. It cannot have ended by then: its program goes on until
 * the engine is dead.
 */
export async function killedUp(world: World, before: Snapshot): Promise<void> {
  const { program } = world.pulumi;
  const dead = Promise.withResolvers<void>();
  world.pulumi.program = async () => {
    const outputs = await program();
    await dead.promise;
    return outputs;
  };
  const running = world.pulumi.up().catch((error: unknown) => error);
  try {
    await waitFor("objects change", async () => changesBetween(before, await look(world)).length >= SOME);
    world.pulumi.kill();
  } finally {
    dead.resolve();
    await running;
    world.pulumi.program = program;
  }
}
