/**
 * `pulumi` by hand: the real engine runs `program.ts` from `Pulumi.yaml`. The language host is a stand-in (see its file);
 * it starts the SDK's own runner, so what loads and what does not is as it is with the real one.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import { pulumiByHand } from "../support/by-hand.ts";
import { describeWithEngine } from "../support/engines.ts";

const ROOT = resolve(import.meta.dirname, "../..");

describeWithEngine("pulumi", "pulumi by hand, with a stand-in for the language host", () => {
  const dir = mkdtempSync(join(tmpdir(), "firebreak-by-hand-"));
  afterAll(() => rmSync(dir, { recursive: true }));

  test("a clone previews and deploys its own declarations", () => {
    const pulumi = pulumiByHand(dir);
    const project = join(dir, "clone");
    for (const name of ["Pulumi.yaml", "Pulumi.dev.yaml", "program.ts", "package.json", "slos", "src", "templates"])
      cpSync(join(ROOT, name), join(project, name), { recursive: true });
    symlinkSync(join(ROOT, "node_modules"), join(project, "node_modules"));
    expect(pulumi(project, "stack", "init", "dev")).toMatchObject({ status: 0 });
    const preview = pulumi(project, "preview", "--stack", "dev");
    expect(preview).toMatchObject({ status: 0, text: expect.stringContaining("to create") });
    expect(existsSync(join(project, "deployed"))).toBe(false);
    expect(pulumi(project, "up", "--yes", "--skip-preview", "--stack", "dev")).toMatchObject({ status: 0 });
    expect(readFileSync(join(project, "deployed/prometheus/vllm.rules.yaml"), "utf8")).toContain("slo_service: vllm");
  });

  test("what `init --pulumi` wrote deploys files", () => {
    const project = join(dir, "begun");
    mkdirSync(join(project, "node_modules"), { recursive: true });
    for (const name of readdirSync(join(ROOT, "node_modules")).filter((each) => !each.startsWith(".")))
      symlinkSync(join(ROOT, "node_modules", name), join(project, "node_modules", name));
    symlinkSync(ROOT, join(project, "node_modules/firebreak"));
    const init = ["init", "--name", "shop", "--owner", "web", "--pulumi"];
    expect(spawnSync(process.execPath, [join(ROOT, "src/cli/main.ts"), ...init], { cwd: project }).status).toBe(0);
    const home = join(dir, "init");
    mkdirSync(home);
    const pulumi = pulumiByHand(home);
    expect(pulumi(project, "stack", "init", "dev")).toMatchObject({ status: 0 });
    expect(pulumi(project, "up", "--yes", "--skip-preview", "--stack", "dev")).toMatchObject({ status: 0 });
    expect(readFileSync(join(project, "deployed/prometheus/shop.rules.yaml"), "utf8")).toContain("slo_service: shop");
  });
});
