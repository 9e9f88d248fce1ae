/** The committed output of `slos/`: fresh, and accepted by the tools that will load it. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { platform, services } from "../slos/index.ts";
import { build } from "../src/build.ts";
import { render } from "../src/emit/artifact.ts";
import { findTests, type ServiceTests } from "../src/io/play/find-tests.ts";
import { type Failure, playServices } from "../src/io/play/play-services.ts";
import { openPromtool } from "../src/io/play/promtool.ts";
import { templatesFor } from "../src/io/read-templates.ts";
import { hasErrors } from "../src/issue.ts";
import { describeWithEngine, engine, runAmtool, runPromtool } from "./support/engines.ts";
import { passedBefore } from "./support/remembered.ts";

const generated = join(import.meta.dirname, "..", "generated");
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

  // On all rules it takes minutes: every rule is evaluated in every test.
  test.concurrent.each(findTests(generated))("proves $service", async (tests) => {
    if (process.env.FIREBREAK_PROOFS === "all")
      return expectPassed(["test", "rules", ...tests.files.map((file) => basename(file))]);
    const [failures, onAll] = await failuresOf(tests);
    expect(failures).toEqual([]);
    // All rules can be evaluated on the series of all tests, or each test would be played on all of them.
    expect(onAll).toEqual([]);
  });
});

/** What failed, and which services had to be played on all rules. */
async function failuresOf(tests: ServiceTests): Promise<[failures: readonly Failure[], onAll: readonly string[]]> {
  const onAll: string[] = [];
  const promtool = await openPromtool(engine("promtool") as string);
  const played = await playServices([tests], {
    promtool,
    passed: passedBefore(await promtool.identity()),
    jobs: 2,
    onTest: () => {},
    onWhole: (service) => onAll.push(service),
    onPlayed: () => {},
  });
  return [played.flatMap(({ failures }) => failures), onAll];
}

async function expectPassed(args: readonly string[]): Promise<void> {
  const { status, stdout, stderr } = await runPromtool(args, { cwd: rulesFolder });
  expect(`${stdout}${stderr}`).toContain("SUCCESS");
  expect(status).toBe(0);
}

describeWithEngine("amtool", "amtool", () => {
  test("accepts the Alertmanager configuration in strict mode", async () => {
    const config = join(generated, "alertmanager", "alertmanager.yaml");
    const { status, stderr } = await runAmtool(["check-config", "--enable-feature=utf8-strict-mode", config]);
    expect(stderr).not.toContain("FAILED");
    expect(status).toBe(0);
  });
});
