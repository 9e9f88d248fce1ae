/** promtool on rules and tests that are values: JSON is YAML too. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findEngine } from "../engines/find-engine.ts";
import { rulesRead } from "../rules-read.ts";
import type { RuleFile, Test } from "./built.ts";

const promtool = findEngine("promtool")?.path;

/**
 * Whether rules pass a test, of which only those are evaluated that the test reads.
 *
 * @throws Error where there is no promtool.
 */
export function passes(rules: RuleFile, test: Test): boolean {
  if (!promtool) throw new Error("promtool is not on this machine: npm run engines");
  const folder = mkdtempSync(join(tmpdir(), "firebreak-mutant-"));
  writeFileSync(join(folder, "rules.json"), JSON.stringify(rulesRead(rules, test)));
  writeFileSync(join(folder, "tests.json"), JSON.stringify({ ...test.file, rule_files: ["rules.json"] }));
  const { status, error } = spawnSync(promtool, ["test", "rules", "tests.json"], { cwd: folder, stdio: "ignore" });
  rmSync(folder, { recursive: true });
  if (error) throw error;
  return status === 0;
}
