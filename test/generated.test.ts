/** The committed output of `slos/`: fresh, and accepted by the tools that will load it. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { platform, services } from "../slos/index.ts";
import { build } from "../src/build.ts";
import { render } from "../src/emit/artifact.ts";
import { readTemplates } from "../src/io/read-templates.ts";
import { hasErrors } from "../src/issue.ts";
import { describeWithEngine, runAmtool, runPromtool } from "./support/engines.ts";

const generated = join(import.meta.dirname, "..", "generated");
const rulesFolder = join(generated, "prometheus");
const files = (ending: string): string[] => readdirSync(rulesFolder).filter((name) => name.endsWith(ending));

const built = build({ services, platform, templates: readTemplates() });

test("the declarations of slos/ have no errors", () => {
  expect(hasErrors(built.issues)).toBe(false);
});

test.each(built.artifacts.map((artifact) => [artifact.path, render(artifact)]))(
  "generated/%s is fresh",
  (path, text) => {
    expect(readFileSync(join(generated, path), "utf8")).toBe(text);
  },
);

describeWithEngine("promtool", "promtool", () => {
  test.each(files(".rules.yaml"))("accepts %s, lints included", async (file) => {
    const { status, stdout, stderr } = await runPromtool(["check", "rules", "--lint=all", "--lint-fatal", file], {
      cwd: rulesFolder,
    });
    expect(`${stdout}${stderr}`).toContain("SUCCESS");
    expect(status).toBe(0);
  });

  test.concurrent.each(files(".tests.yaml"))("proves %s", async (file) => {
    const { status, stdout, stderr } = await runPromtool(["test", "rules", file], { cwd: rulesFolder });
    expect(`${stdout}${stderr}`).toContain("SUCCESS");
    expect(status).toBe(0);
  });
});

describeWithEngine("amtool", "amtool", () => {
  test("accepts the Alertmanager configuration in strict mode", async () => {
    const config = join(generated, "alertmanager", "alertmanager.yaml");
    const { status, stderr } = await runAmtool(["check-config", "--enable-feature=utf8-strict-mode", config]);
    expect(stderr).not.toContain("FAILED");
    expect(status).toBe(0);
  });
});
