/** `node recover.ts`, as a person runs it beside a Pulumi.yaml: it prints what the engine says, and no trace. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pulumiEnvironment } from "../../tools/deploy/engine.ts";
import { describeWithEngine } from "../support/engines.ts";

const ROOT = resolve(import.meta.dirname, "../..");

describeWithEngine("pulumi", "recover.ts", () => {
  const dir = mkdtempSync(join(tmpdir(), "firebreak-recover-"));
  const run = (program: string, ...args: readonly string[]) => {
    const env = { ...process.env, ...pulumiEnvironment(dir), PULUMI_HOME: join(dir, "home") };
    return spawnSync(program, args, { cwd: dir, env, encoding: "utf8" });
  };
  beforeAll(() => {
    for (const name of ["Pulumi.yaml", "Pulumi.dev.yaml", "recover.ts", "package.json", "src"])
      cpSync(join(ROOT, name), join(dir, name), { recursive: true });
    symlinkSync(join(ROOT, "node_modules"), join(dir, "node_modules"));
    mkdirSync(join(dir, "home"));
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  test("says that there is no such stack", () => {
    const { status, stderr } = run(process.execPath, "recover.ts", "nowhere");
    expect({ status, stderr }).toEqual({ status: 1, stderr: "error: no stack named 'nowhere' found\n" });
  });

  test("finds nothing in a stack where nothing was cut off", () => {
    expect(run("pulumi", "stack", "init", "dev", "--non-interactive").status).toBe(0);
    const { status, stdout } = run(process.execPath, "recover.ts");
    expect({ status, stdout }).toEqual({ status: 0, stdout: "Nothing was cut off.\n" });
  });
});
