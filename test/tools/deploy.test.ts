/** `npm run preview`, `npm run up` and `npm run down` on a machine without Pulumi: nothing but Node is on the PATH, and the cache is empty. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

const ROOT = resolve(import.meta.dirname, "../..");
const dir = mkdtempSync(join(tmpdir(), "firebreak-no-pulumi-"));
symlinkSync(process.execPath, join(dir, "node"));
afterAll(() => rmSync(dir, { recursive: true }));

const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
  readonly scripts: Readonly<Record<string, string>>;
};

test.each(["preview", "up", "down"])("npm run %s says how to get Pulumi, and leaves nothing behind", (name) => {
  const { status, stdout, stderr } = spawnSync(scripts[name] ?? "", {
    cwd: ROOT,
    // As npm runs a script; a shell by its path needs no PATH.
    shell: "/bin/sh",
    env: { PATH: dir, HOME: dir, FIREBREAK_CACHE: join(dir, "cache"), PULUMI_BACKEND_URL: `file://${dir}/state` },
    encoding: "utf8",
  });
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(/^The Pulumi engine is not on this machine\. Either\n/);
  expect(stderr).toContain("npm run engines -- pulumi ");
  expect(stderr).toContain("https://www.pulumi.com/docs/install/");
  expect(stderr).not.toContain("    at ");
  expect(existsSync(join(dir, "state"))).toBe(false);
});

describe.each(["tools/deploy.ts", "tools/engines/main.ts"])("%s", (tool) => {
  const run = (...args: string[]) => spawnSync(process.execPath, [tool, ...args], { cwd: ROOT, encoding: "utf8" });

  test("tells how it is used", () => {
    const { status, stdout, stderr } = run("--help");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/\n {2}npm run /);
  });

  test("tells it where an option is unknown, without a stack", () => {
    const { status, stdout, stderr } = run("--no-such");
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^Unknown option '--no-such'.*\n\n[\s\S]*\n {2}npm run /);
    expect(stderr).not.toContain("    at ");
  });
});
