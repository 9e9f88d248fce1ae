/** The generated tests of a plan of one file, run on its rules as they are, or on rules that were spoiled. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished } from "vitest";
import type { Plan } from "../../src/compile/plan.ts";
import { type Artifact, render } from "../../src/emit/artifact.ts";
import { prometheus } from "../../src/emit/prometheus.ts";
import { proofs } from "../../src/emit/proofs.ts";
import { runPromtool } from "../support/engines.ts";

/** Without `spoil` the tests pass; with it they fail, and it must have changed the rules. */
export async function expectProven(plan: Plan, path: string, spoil?: (rules: string) => string): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), "firebreak-proofs-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const written = ({ path }: Artifact, text: string): void => {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  };
  for (const file of prometheus.emit(plan, {})) written(file, spoilt(file, spoil));
  const tests = proofs.emit(plan, {});
  expect(tests.map((file) => file.path)).toEqual([path]);
  for (const file of tests) written(file, render(file));
  const { status, stdout, stderr } = await runPromtool(["test", "rules", join(dir, path)]);
  expect(status, `${stdout}${stderr}`).toBe(spoil ? 1 : 0);
}

/** The tests read the slow rules. */
function spoilt(file: Artifact, spoil: ((rules: string) => string) | undefined): string {
  const text = render(file);
  if (!spoil || !file.path.endsWith(".long.rules.yaml")) return text;
  expect(spoil(text)).not.toBe(text);
  return spoil(text);
}
