/** What says `formerly` keeps its place. */
import assert from "node:assert/strict";
import type { ServiceDeclaration } from "../../../src/declare/declaration.ts";
import { SloStack } from "../../../src/pulumi/index.ts";
import { changesBetween } from "../../support/cluster/snapshot.ts";
import { search, withObjective } from "../declarations.ts";
import { assertDeployed, expectChanges, happened, look, type Scenario, upAfterPreview } from "./world.ts";

export const renames: readonly Scenario[] = [
  {
    title: "rename of an SLO: the same objects, changed",
    run: async (world) => {
      world.declared = { ...world.declared, services: [withObjective(99.95), renamedSlo] };
      return expectChanges(world, ["~ ConfigMap firebreak-search.runbooks", "~ PrometheusRule firebreak-search"]);
    },
  },
  {
    title: "rename of a service: its objects under the new name, and none under the old one",
    run: async (world) => {
      world.declared = {
        ...world.declared,
        services: [withObjective(99.95), { ...renamedSlo, name: "find", formerly: ["search"] }],
      };
      const changes = await upAfterPreview(world);
      await assertDeployed(world);
      return changes;
    },
  },
  {
    title: "rename of the SloStack: with an alias nothing is created, and nothing is deleted",
    run: async (world) => {
      const before = await look(world);
      const { program } = world.pulumi;
      world.pulumi.program = async () =>
        void new SloStack("reliability", world.declared, { aliases: [{ name: "slos" }] });
      assert.deepEqual(happened(await world.pulumi.up()), []);
      assert.deepEqual(changesBetween(before, await look(world)), []);
      world.pulumi.program = async () =>
        void new SloStack("slos", world.declared, { aliases: [{ name: "reliability" }] });
      await world.pulumi.up();
      world.pulumi.program = program;
      return ["nothing"];
    },
  },
];

const renamedSlo: ServiceDeclaration = {
  ...search,
  slos: (search.slos ?? []).map((slo) => ({ ...slo, name: "uptime", formerly: [slo.name] })),
};
