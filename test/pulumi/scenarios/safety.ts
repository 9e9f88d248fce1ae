/** What goes wrong around a deployment: edits by hand, secrets that others could read, an engine that dies. */
import assert from "node:assert/strict";
import type { ServiceDeclaration } from "../../../src/model/declaration.ts";
import { changesBetween, type Kind, pathOf, type Snapshot } from "../../support/cluster/snapshot.ts";
import { readState } from "../../support/cluster/stack.ts";
import { search } from "../declarations.ts";
import {
  assertDeployed,
  happened,
  look,
  NAMESPACE,
  type Scenario,
  secrets,
  upAfterPreview,
  type World,
} from "./world.ts";

export const safety: readonly Scenario[] = [
  {
    title: "drift: a rule edited and a dashboard deleted by hand are shown, and repaired",
    run: async (world) => {
      await editByHand(world, "PrometheusRule", "firebreak-gateway", (rule) => rule.spec.groups.pop());
      await world.cluster.client.remove(pathOf("ConfigMap", NAMESPACE, "firebreak-gateway.dashboard"));
      const shown = happened(await world.pulumi.preview());
      assert.deepEqual(shown, [
        `create ConfigMap ${NAMESPACE}/firebreak-gateway.dashboard`,
        `update PrometheusRule ${NAMESPACE}/firebreak-gateway`,
      ]);
      const changes = await upAfterPreview(world);
      await assertDeployed(world);
      return [...shown, ...changes];
    },
  },
  {
    title: "secrets: encrypted in the state, in no preview, no log and no object but the Secret",
    run: async (world) => {
      world.declared = { ...world.declared, secrets: { ...secrets, slack: "https://hooks.example.com/n3w" } };
      const { output } = await world.pulumi.preview();
      const up = await world.pulumi.up();
      const secret = await world.cluster.client.get(pathOf("Secret", NAMESPACE, "firebreak-receivers"));
      assert.equal(decoded(secret?.data.slack), "https://hooks.example.com/n3w");
      const others = JSON.stringify([...(await look(world))].filter(([name]) => !name.startsWith("Secret ")));
      for (const text of [output, up.output, readState(world.pulumi), others])
        for (const value of ["s3cret", "n3w", base64("https://hooks.example.com/n3w"), base64(secrets.pagerduty)])
          assert.ok(!text.includes(value), `${value} is in clear`);
      return happened(up);
    },
  },
  {
    title: "interruption: the engine is killed in the middle of an up, and the next one finishes it",
    run: async (world) => {
      world.declared = { ...world.declared, services: many(20) };
      const before = await look(world);
      await interrupted(world, before);
      const partly = changesBetween(before, await look(world));
      await world.pulumi.stack.cancel();
      await world.pulumi.up();
      await assertDeployed(world);
      return [
        `${partly.length} objects had changed when it was killed`,
        `${(await look(world)).size} objects at the end, as declared`,
      ];
    },
  },
];

function many(count: number): ServiceDeclaration[] {
  return Array.from({ length: count }, (_item, index) => ({ ...search, name: `service-${index + 1}` }));
}

async function editByHand(
  { cluster }: World,
  kind: Kind,
  name: string,
  // biome-ignore lint/suspicious/noExplicitAny: any kind of object
  edit: (object: any) => unknown,
): Promise<void> {
  const path = pathOf(kind, NAMESPACE, name);
  const object = await cluster.client.get(path);
  edit(object);
  const { status } = await cluster.client.ask("PUT", `${path}?fieldManager=a-person`, object);
  assert.equal(status, 200);
}

/** Starts an `up` and kills the engine once a few objects have changed. */
async function interrupted(world: World, before: Snapshot): Promise<void> {
  const running = world.pulumi.up().catch((error: unknown) => error);
  const deadline = Date.now() + 60_000;
  while (changesBetween(before, await look(world)).length < 5) assert.ok(Date.now() < deadline, "nothing happens");
  world.pulumi.kill();
  await running;
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

function decoded(text: string | undefined): string {
  return Buffer.from(text ?? "", "base64").toString();
}
