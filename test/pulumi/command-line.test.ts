/**
 * `pulumi` by hand: the real engine runs `program.ts` from `Pulumi.yaml`. The language host is a stand-in (see its file);
 * it starts the SDK's own runner, so what loads and what does not is as it is with the real one.
 */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pulumiEnvironment } from "../../tools/deploy/engine.ts";
import { describeWithEngine } from "../support/engines.ts";

const ROOT = resolve(import.meta.dirname, "../..");

describeWithEngine("pulumi", "pulumi by hand, with a stand-in for the language host", () => {
  const dir = mkdtempSync(join(tmpdir(), "firebreak-by-hand-"));
  let env: NodeJS.ProcessEnv;

  beforeAll(() => {
    mkdirSync(join(dir, "state"));
    const host = join(dir, "host/pulumi-language-nodejs");
    mkdirSync(dirname(host));
    const main = join(ROOT, "test/support/language-host/main.ts");
    writeFileSync(host, `#!/bin/sh\nexec "${process.execPath}" "${main}" "$@"\n`);
    chmodSync(host, 0o755);
    env = {
      ...process.env,
      ...pulumiEnvironment(dir),
      PATH: [dirname(host), dirname(process.execPath), pulumiEnvironment(dir).PATH].join(delimiter),
      PULUMI_HOME: join(dir, "home"),
      PULUMI_BACKEND_URL: `file://${join(dir, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    };
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  const pulumi = (cwd: string, ...args: string[]) => {
    const { status, stdout, stderr } = spawnSync("pulumi", [...args, "--non-interactive"], {
      cwd,
      env,
      encoding: "utf8",
    });
    return { status, text: stdout + stderr };
  };

  test("a clone previews and deploys its own declarations", { timeout: 120_000 }, () => {
    const project = join(dir, "clone");
    for (const name of ["Pulumi.yaml", "Pulumi.dev.yaml", "program.ts", "package.json", "slos", "src", "templates"])
      cpSync(join(ROOT, name), join(project, name), { recursive: true });
    symlinkSync(join(ROOT, "node_modules"), join(project, "node_modules"));
    expect(pulumi(project, "stack", "init", "dev")).toMatchObject({ status: 0 });
    const preview = pulumi(project, "preview", "--stack", "dev");
    expect(preview).toMatchObject({ status: 0, text: expect.stringContaining("to create") });
    expect(existsSync(join(project, "deployed"))).toBe(false);
    expect(pulumi(project, "up", "--yes", "--stack", "dev")).toMatchObject({ status: 0 });
    expect(readFileSync(join(project, "deployed/prometheus/vllm.rules.yaml"), "utf8")).toContain("slo_service: vllm");
  });
});
