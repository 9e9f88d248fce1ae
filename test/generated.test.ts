/** The committed output of `slos/`: fresh, and accepted by the tools that will load it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { parse } from "yaml";
import { platform, services } from "../slos/index.ts";
import { build } from "../src/build.ts";
import { render } from "../src/emit/artifact.ts";
import { templatesFor } from "../src/io/read-templates.ts";
import { hasErrors } from "../src/issue.ts";
import { evaluated } from "../src/play/evaluated.ts";
import type { Tests } from "./properties/fuzz/rule-tests.ts";
import { describeWithEngine, runAmtool, runPromtool } from "./support/engines.ts";
import { playTests, writeValue } from "./support/play-tests.ts";

const generated = join(import.meta.dirname, "..", "generated");
const folders: string[] = [];
afterAll(() => {
  for (const each of folders) rmSync(each, { recursive: true });
});
const rulesFolder = join(generated, "prometheus");
const files = (ending: string): string[] => readdirSync(rulesFolder).filter((name) => name.endsWith(ending));

const built = build({ services, platform, templates: templatesFor(services) });

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
    await expectPassed(["check", "rules", "--lint=all", "--lint-fatal", file]);
  });

  test.each(files(".tests.yaml"))("evaluates every rule that %s is for", async (file) => {
    const tests = evaluated([join(rulesFolder, rulesOf(file))], [read<Tests>(file)]);
    const folder = makeFolder();
    await expectPassed(["test", "rules", join(folder, writeValue(folder, "evaluated.yaml", tests))]);
  });

  // As a user plays them it takes minutes: every rule is evaluated in every test.
  test.concurrent.each(files(".tests.yaml"))("proves %s", async (file) => {
    if (process.env.FIREBREAK_PROOFS === "all") return expectPassed(["test", "rules", file]);
    const { status, output } = await playTests(makeFolder(), read(rulesOf(file)), read(file));
    expect(status, output).toBe(0);
  });
});

async function expectPassed(args: readonly string[]): Promise<void> {
  const { status, stdout, stderr } = await runPromtool(args, { cwd: rulesFolder });
  expect(`${stdout}${stderr}`).toContain("SUCCESS");
  expect(status).toBe(0);
}

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "firebreak-generated-"));
  folders.push(folder);
  return folder;
}

function rulesOf(tests: string): string {
  return tests.replace(/(\.(days|pause))?\.tests\./, ".rules.");
}

function read<T>(file: string): T {
  return parse(readFileSync(join(rulesFolder, file), "utf8"), { maxAliasCount: -1 }) as T;
}

describeWithEngine("amtool", "amtool", () => {
  test("accepts the Alertmanager configuration in strict mode", async () => {
    const config = join(generated, "alertmanager", "alertmanager.yaml");
    const { status, stderr } = await runAmtool(["check-config", "--enable-feature=utf8-strict-mode", config]);
    expect(stderr).not.toContain("FAILED");
    expect(status).toBe(0);
  });
});
