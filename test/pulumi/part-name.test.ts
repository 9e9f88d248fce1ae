/** Two files of one service never have one name: the engine refuses a second resource of the same name. */
import { expect, test } from "vitest";
import { platform, services } from "../../slos/index.ts";
import { build } from "../../src/build.ts";
import { readTemplates } from "../../src/io/read-templates.ts";
import { partName } from "../../src/pulumi/part-name.ts";

test("every file of a service, and of the stack, has a name of its own", () => {
  const targets = ["prometheus", "proofs", "alertmanager", "grafana", "runbooks"] as const;
  const { artifacts } = build({ services, platform, templates: readTemplates(), targets });
  const names = artifacts.map((artifact) => `${artifact.service}/${partName(artifact)}`);
  expect(names.length).toBeGreaterThan(services.length * 4);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});
