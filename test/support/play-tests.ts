/** Plays generated tests in promtool, each on the rules that it reads: a fraction of the time that whole files take. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { render } from "../../src/emit/artifact.ts";
import { evaluated } from "../../src/play/evaluated.ts";
import type { Expectations, RuleFile } from "../../src/play/rules-read.ts";
import { rulesRead } from "../../tools/rules-read.ts";
import type { Tests } from "../properties/fuzz/rule-tests.ts";
import { answersIn } from "./remembered.ts";

/** As promtool reads it. */
export interface TestFile {
  readonly tests: readonly Expectations[];
}

/** Writes rules and a test of them into a folder. @returns the name of the test's file. */
export function writeTest(dir: string, name: string, rules: RuleFile, file: TestFile): string {
  const rule_files = [writeValue(dir, `${name}.rules.yaml`, rules)];
  return writeValue(dir, `${name}.tests.yaml`, { ...file, rule_files });
}

export interface Played {
  readonly status: number;
  readonly output: string;
}

/** What promtool answers to all tests of files that are for the same rules, in a folder of their own. */
export function playTests(dir: string, rules: RuleFile, ...files: readonly TestFile[]): Promise<Played> {
  return play(dir, eachAlone(dir, rules, files));
}

/** The same, and every rule is evaluated on the first samples of all tests: whole files would not get by without it. */
export function playAndEvaluate(dir: string, rules: RuleFile, ...files: readonly Tests[]): Promise<Played> {
  const whole = evaluated([writeValue(dir, "all.rules.yaml", rules)], files);
  return play(dir, [writeValue(dir, "all.tests.yaml", whole), ...eachAlone(dir, rules, files)]);
}

function eachAlone(dir: string, rules: RuleFile, files: readonly TestFile[]): string[] {
  const alone = files.flatMap((file) => file.tests.map((test) => ({ file, test })));
  return alone.map(({ file, test }, index) =>
    writeTest(dir, String(index), rulesRead(rules, test), { ...file, tests: [test] }),
  );
}

async function play(dir: string, paths: readonly string[]): Promise<Played> {
  const { status, stdout, stderr } = await answersIn(dir)("promtool", ["test", "rules", ...paths]);
  return { status, output: `${stdout}${stderr}` };
}

/** promtool's YAML knows control characters only as YAML escapes them. */
export function writeValue(dir: string, path: string, value: unknown): string {
  writeFileSync(join(dir, path), render({ path, format: "yaml", value }));
  return path;
}
