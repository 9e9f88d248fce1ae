/**
 * The generated tests of presets pass in promtool: of every example the fast pages, from raw series to the page and back. `FIREBREAK_PROOFS=all` runs all that is generated, which takes a quarter of an hour.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { build } from "../../src/build.ts";
import { type Artifact, render } from "../../src/emit/artifact.ts";
import { describeWithEngine, runPromtool } from "../support/engines.ts";
import { type ExampleService, exampleServices, presetPlatform } from "./example-services.ts";

const everything = process.env.FIREBREAK_PROOFS === "all";

describeWithEngine("promtool", "the generated tests of presets", () => {
  test.each(exampleServices())("$title", { timeout: 600_000 }, async (example) => {
    const { dir, proofs } = written(example);
    expect(proofs.length).toBeGreaterThan(0);
    for (const path of proofs) {
      const { status, stdout, stderr } = await runPromtool(["test", "rules", join(dir, path)]);
      expect(status, `${stdout}${stderr}`).toBe(0);
    }
  });
});

/** The rules and the tests of one service, in a folder of their own. */
function written({ service }: ExampleService): { readonly dir: string; readonly proofs: readonly string[] } {
  const { artifacts } = build({
    services: [service],
    platform: presetPlatform,
    templates: {},
    targets: ["prometheus", "proofs"],
  });
  const dir = mkdtempSync(join(tmpdir(), "firebreak-preset-proofs-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const files = [...artifacts.filter(({ path }) => path.endsWith(".rules.yaml")), ...chosen(artifacts)];
  for (const file of files) {
    mkdirSync(dirname(join(dir, file.path)), { recursive: true });
    writeFileSync(join(dir, file.path), render(file));
  }
  return { dir, proofs: files.map(({ path }) => path).filter(isProof) };
}

/** Everything, or the outages; where no raw series can be written, what proves the short windows, or else the long ones. */
function chosen(artifacts: readonly Artifact[]): Artifact[] {
  const all = artifacts.filter(({ path }) => isProof(path));
  if (everything) return all;
  const outages = all.flatMap(ofOutages);
  const short = all.filter(({ path }) => !path.includes(".long."));
  return outages.length > 0 ? outages : [...short, ...all].slice(0, 1);
}

interface TestFile {
  readonly tests: readonly { readonly name: string }[];
}

function ofOutages(file: Artifact): Artifact[] {
  if (file.format !== "yaml") return [];
  const value = file.value as TestFile;
  const tests = value.tests.filter(({ name }) => name.startsWith("page-fast"));
  return tests.length === 0 ? [] : [{ ...file, value: { ...value, tests } }];
}

function isProof(path: string): boolean {
  return path.endsWith(".tests.yaml");
}
