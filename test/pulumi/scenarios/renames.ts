/** What says `formerly` keeps its place. */
import type { ServiceDeclaration } from "../../../src/declare/declaration.ts";
import { search, withObjective } from "../declarations.ts";
import { assertDeployed, expectChanges, type Scenario, upAfterPreview } from "./world.ts";

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
];

const renamedSlo: ServiceDeclaration = {
  ...search,
  slos: (search.slos ?? []).map((slo) => ({ ...slo, name: "uptime", formerly: [slo.name] })),
};
