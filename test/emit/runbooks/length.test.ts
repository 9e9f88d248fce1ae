/** A runbook is read at night: one screen before the fold, and little below it. */
import { describe, expect, test } from "vitest";
import * as own from "../../../slos/index.ts";
import { build } from "../../../src/build.ts";
import { render } from "../../../src/emit/artifact.ts";
import { templatesFor } from "../../../src/io/read-templates.ts";
import * as everything from "../../golden/everything/index.ts";

describe.each([
  ["this repository's", own],
  ["of everything that can be declared", everything],
])("runbooks %s", (_whose, { services, platform }) => {
  test.each(pagesOf(services, platform))("%s has 40 lines before the fold, and 150 in all, at most", (_path, page) => {
    const lines = page.trimEnd().split("\n");
    const fold = lines.indexOf("## More");
    expect(fold).toBeGreaterThan(0);
    expect(fold).toBeLessThanOrEqual(40);
    expect(lines.length).toBeLessThanOrEqual(150);
  });
});

function pagesOf(services: unknown, platform: unknown): [path: string, page: string][] {
  const { artifacts } = build({ services, platform, templates: templatesFor(services), targets: ["runbooks"] });
  if (artifacts.length === 0) throw new Error("the declarations do not build");
  return artifacts.map((artifact) => [artifact.path, render(artifact)]);
}
