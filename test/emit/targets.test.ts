import { expect, test } from "vitest";
import { build } from "../../src/build.ts";
import { targetNames, targets } from "../../src/emit/index.ts";
import { readTemplates } from "../../src/io/read-templates.ts";
import { platform, services } from "../golden/everything/index.ts";

test.each(targetNames)("%s: its files are known by their paths, and no other target's are taken for them", (name) => {
  const { artifacts } = build({ services, platform, templates: readTemplates(), targets: [name] });
  const owners = artifacts.map(({ path }) => targets.filter(({ files }) => files.test(path)).map((each) => each.name));
  expect(owners.length).toBeGreaterThan(0);
  expect(owners.filter((each) => each.join() !== name)).toEqual([]);
});
