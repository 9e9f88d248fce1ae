/**
 * The generated tests of presets pass in promtool: the fast page, from raw series to the page and back, of one SLO for each
 * form of SLI that a preset has. `FIREBREAK_PROOFS=all` runs all that is generated of every example: a quarter of an hour.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { build } from "../../src/build.ts";
import type { ServiceDeclaration, SloDeclaration } from "../../src/declare/declaration.ts";
import type { Expectations, RuleFile } from "../../src/play/rules-read.ts";
import { describeWithEngine } from "../support/engines.ts";
import { playTests } from "../support/play-tests.ts";
import { exampleServices, presetPlatform } from "./example-services.ts";

const everything = process.env.FIREBREAK_PROOFS === "all";
const services = exampleServices().map(({ service }) => service);

describeWithEngine("promtool", "the generated tests of presets", () => {
  test.each(everything ? services : oneOfEachForm(services))("$name", async (service) => {
    const { rules, tests } = built(service);
    const dir = mkdtempSync(join(tmpdir(), "firebreak-preset-proofs-"));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    const { status, output } = await playTests(dir, rules, tests);
    expect(status, output).toBe(0);
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

/** The rules of one service, and those of its tests that are played. */
function built(service: ServiceDeclaration): { readonly rules: RuleFile; readonly tests: TestFile } {
  const targets = ["prometheus", "proofs"] as const;
  const { artifacts, issues } = build({ services: [service], platform: presetPlatform, templates: {}, targets });
  expect(issues.filter(({ level }) => level === "error")).toEqual([]);
  const made = (ending: string) => artifacts.find(({ path }) => path === `prometheus/${service.name}${ending}`)?.value;
  const tests = made(".tests.yaml") as TestFile;
  return { rules: made(".rules.yaml") as RuleFile, tests: everything ? tests : onlyOutages(tests) };
}

interface TestFile {
  readonly tests: readonly (Expectations & { readonly name: string })[];
}

/** Where nothing pages fast, the first test of all. */
function onlyOutages(file: TestFile): TestFile {
  const outages = file.tests.filter(({ name }) => name.startsWith("page-fast"));
  return { ...file, tests: outages.length > 0 ? outages : file.tests.slice(0, 1) };
}
