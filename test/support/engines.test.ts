/**
 * The helpers for real engines, on the real engines.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { findEngine } from "../../tools/engines/find-engine.ts";
import { defaultEngines, pins } from "../../tools/engines/pins.ts";
import { isAtLeast, readVersion } from "../../tools/engines/version.ts";
import type { Server } from "./engine-server.ts";
import {
  describeWithEngine,
  engine,
  runAmtool,
  runEngine,
  runPromtool,
  startAlertmanager,
  startPrometheus,
} from "./engines.ts";

for (const name of defaultEngines) {
  describeWithEngine(name, `${name} on this machine`, () => {
    test("is at least the pin", async () => {
      const { stdout } = await runEngine(name, ["--version"]);
      expect(engine(name)).toBe(findEngine(name)?.path);
      expect(isAtLeast(readVersion(stdout) ?? "0.0.0", pins[name].version)).toBe(true);
    });
  });
}

describeWithEngine(["promtool", "amtool"], "runners", () => {
  test("a refusal is an answer", async () => {
    const cwd = mkdtempSync(join(tmpdir(), "firebreak-runners-"));
    onTestFinished(() => rmSync(cwd, { recursive: true }));
    writeFileSync(join(cwd, "bad.yaml"), "groups: 1");
    expect(await runPromtool(["check", "rules", "bad.yaml"], { cwd })).toMatchObject({ status: 1 });
    expect(await runAmtool(["check-config", "bad.yaml"], { cwd })).toMatchObject({ status: 1 });
  });

  test("text goes in on standard input", async () => {
    expect(await runPromtool(["check", "metrics"], { input: "# TYPE x gauge\n# HELP x X.\nx 1\n" })).toMatchObject({
      status: 0,
    });
  });
});

describeWithEngine("prometheus", "startPrometheus", () => {
  let prometheus: Server;
  beforeAll(async () => {
    prometheus = await startPrometheus({ config: "global: { scrape_interval: 1s }\n" });
  });
  afterAll(() => prometheus.stop());

  test("answers queries, also after a restart, and not once stopped", async () => {
    const query = () => fetch(`${prometheus.url}/api/v1/query?query=1`);
    expect((await query()).status).toBe(200);
    await prometheus.restart();
    expect((await query()).status).toBe(200);
    await prometheus.stop();
    await expect(query()).rejects.toThrow();
    expect(readFileSync(prometheus.logFile, "utf8")).toContain("ready to receive");
  });

  test("a configuration it refuses is an error with the log", async () => {
    await expect(startPrometheus({ config: "nonsense: 1\n" })).rejects.toThrow(/nonsense/);
  });
});

describeWithEngine("alertmanager", "startAlertmanager", () => {
  let alertmanager: Server;
  beforeAll(async () => {
    alertmanager = await startAlertmanager({ config: "route: { receiver: none }\nreceivers: [{ name: none }]\n" });
  });
  afterAll(() => alertmanager.stop());

  test("answers its API", async () => {
    expect((await fetch(`${alertmanager.url}/api/v2/status`)).status).toBe(200);
  });
});
