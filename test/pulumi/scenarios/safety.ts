/** What goes wrong around a deployment: edits by hand, and secrets that others could read. */
import assert from "node:assert/strict";
import { type Kind, pathOf } from "../../support/cluster/snapshot.ts";
import { readState } from "../../support/cluster/stack.ts";
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
    title: "drift: a rule and a runbook edited and a dashboard deleted by hand are shown, and repaired",
    run: async (world) => {
      await editByHand(world, "PrometheusRule", "firebreak-gateway", (rule) => {
        rule.spec.groups[0].rules[0].expr = "vector(42)";
        rule.spec.groups.pop();
      });
      await editByHand(world, "ConfigMap", "firebreak-gateway.runbooks", ({ data }) => {
        data["latency.md"] = "edited";
      });
      await world.cluster.client.remove(pathOf("ConfigMap", NAMESPACE, "firebreak.slo.dashboard"));
      const shown = happened(await world.pulumi.preview());
      assert.deepEqual(shown, [
        `create ConfigMap ${NAMESPACE}/firebreak.slo.dashboard`,
        `update ConfigMap ${NAMESPACE}/firebreak-gateway.runbooks`,
        `update PrometheusRule ${NAMESPACE}/firebreak-gateway`,
      ]);
      const changes = await upAfterPreview(world);
      await assertDeployed(world);
      return [...shown.map((line) => `the preview: ${line}`), ...changes];
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
];

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

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

function decoded(text: string | undefined): string {
  return Buffer.from(text ?? "", "base64").toString();
}
