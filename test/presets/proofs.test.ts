/**
 * The generated tests of presets pass in promtool: the fast page, from raw series to the page and back, of one SLO for each
 * form of SLI that a preset has. `FIREBREAK_PROOFS=all` runs all that is generated of every example: a quarter of an hour.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { build } from "../../src/build.ts";
import type { ServiceDeclaration, SloDeclaration } from "../../src/declare/declaration.ts";
import { type Artifact, render } from "../../src/emit/artifact.ts";
import { describeWithEngine, runPromtool } from "../support/engines.ts";
import { exampleServices, presetPlatform } from "./example-services.ts";

const everything = process.env.FIREBREAK_PROOFS === "all";
const services = exampleServices().map(({ service }) => service);

describeWithEngine("promtool", "the generated tests of presets", () => {
  test.each(everything ? services : oneOfEachForm(services))("$name", async (service) => {
    const { dir, proofs } = written(service);
    expect(proofs.length).toBeGreaterThan(0);
    const { status, stdout, stderr } = await runPromtool(["test", "rules", ...proofs.map((path) => join(dir, path))]);
    expect(status, `${stdout}${stderr}`).toBe(0);
  });
});

/** Each service with the SLOs whose form none before it has; a service without any is left out. */
function oneOfEachForm(all: readonly ServiceDeclaration[]): ServiceDeclaration[] {
  const seen = new Set<string>();
  const isNew = (slo: SloDeclaration) => seen.size < seen.add(formOf(slo)).size;
  return all
    .map((service) => ({ ...service, slos: service.slos?.filter(isNew) ?? [] }))
    .filter(({ slos }) => slos.length);
}

/** What decides on the rules and on the series that prove them: all but names, values, buckets and numbers. */
function formOf({ sli, groupBy = [] }: SloDeclaration): string {
  const names = /[\w:.]+(?=\{)|(?<=\{\\")[^"\\]*|\w+(?=!?=~?\\")|(?<=[=~]\\")[^"\\]*|\[[\d.,]*\]|\d[\w.]*/g;
  return JSON.stringify([groupBy.length > 0, sli]).replaceAll(names, "");
}

/** The rules and the tests of one service, in a folder of their own. */
function written(service: ServiceDeclaration): { readonly dir: string; readonly proofs: readonly string[] } {
  const targets = ["prometheus", "proofs"] as const;
  const { artifacts, issues } = build({ services: [service], platform: presetPlatform, templates: {}, targets });
  expect(issues.filter(({ level }) => level === "error")).toEqual([]);
  const dir = mkdtempSync(join(tmpdir(), "firebreak-preset-proofs-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const files = [...artifacts.filter(({ path }) => path.endsWith(".rules.yaml")), ...chosen(artifacts)];
  for (const file of files) {
    mkdirSync(dirname(join(dir, file.path)), { recursive: true });
    writeFileSync(join(dir, file.path), render(file));
  }
  return { dir, proofs: files.map(({ path }) => path).filter(isProof) };
}

/** Everything, or the outages. */
function chosen(artifacts: readonly Artifact[]): Artifact[] {
  const all = artifacts.filter(({ path }) => isProof(path));
  return everything ? all : all.flatMap(ofOutages);
}

interface TestFile {
  readonly tests: readonly { readonly name: string }[];
}

/** Where nothing pages fast, the first test of all. */
function ofOutages(file: Artifact): Artifact[] {
  if (file.format !== "yaml") return [];
  const value = file.value as TestFile;
  const outages = value.tests.filter(({ name }) => name.startsWith("page-fast"));
  return [{ ...file, value: { ...value, tests: outages.length > 0 ? outages : value.tests.slice(0, 1) } }];
}

function isProof(path: string): boolean {
  return path.endsWith(".tests.yaml");
}
