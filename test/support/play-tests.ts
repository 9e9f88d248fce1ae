/** Plays generated tests in promtool, each on the rules that it reads: a fraction of the time that whole files take. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { render } from "../../src/emit/artifact.ts";
import { runPromtool } from "./engines.ts";
import { type Claims, type RuleFile, rulesRead } from "./rules-read.ts";

/** As promtool reads it. */
export interface TestFile {
  readonly tests: readonly Claims[];
}

/** Writes rules and a test of them into a folder. @returns the name of the test's file. */
export function writeTest(dir: string, name: string, rules: RuleFile, file: TestFile): string {
  const rule_files = [writeValue(dir, `${name}.rules.yaml`, rules)];
  return writeValue(dir, `${name}.tests.yaml`, { ...file, rule_files });
}

/** What promtool answers to all tests of a file, in a folder of their own. */
export async function playTests(
  dir: string,
  rules: RuleFile,
  file: TestFile,
): Promise<{ status: number; output: string }> {
  const paths = file.tests.map((test, index) =>
    writeTest(dir, String(index), rulesRead(rules, test), { ...file, tests: [test] }),
  );
  const { status, stdout, stderr } = await runPromtool(["test", "rules", ...paths], { cwd: dir });
  return { status, output: `${stdout}${stderr}` };
}

/** promtool's YAML knows control characters only as YAML escapes them. */
export function writeValue(dir: string, path: string, value: unknown): string {
  writeFileSync(join(dir, path), render({ path, format: "yaml", value }));
  return path;
}
