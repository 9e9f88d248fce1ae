/**
 * Engines: which one is found, what is refused, and that the pins agree with the Go modules.
 */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { unpack, verifyChecksum } from "../../tools/engines/download-release.ts";
import { cachedEnginePath, findEngine } from "../../tools/engines/find-engine.ts";
import { defaultEngines, type EngineName, type EnginePin, pins } from "../../tools/engines/pins.ts";
import { isAtLeast, readVersion } from "../../tools/engines/version.ts";

const enginesFolder = join(import.meta.dirname, "../../tools/engines");

/** A folder that is gone after the test. */
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "firebreak-engines-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Writes a program that prints one line, as an engine does for its version. */
function fakeProgram(path: string, line: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\necho '${line}'\n`);
  chmodSync(path, 0o755);
  return path;
}

describe("versions", () => {
  test.each([
    ["promtool, version 3.15.0 (branch: HEAD, revision: 5241a27)\n  go version: go1.26.8", "3.15.0"],
    ["0.87.0 (revision: unknown)", "0.87.0"],
    ["v0.16.0", "0.16.0"],
    ["prometheus, version 3.16.0-rc.0 (branch: HEAD)", "3.16.0-rc.0"],
    ["promtool, version  (branch: , revision: unknown)\n  go version: go1.26.8", undefined],
    ["", undefined],
  ])("%j names %s", (output, version) => {
    expect(readVersion(output)).toBe(version);
  });

  test.each([
    ["3.15.0", "3.15.0", true],
    ["3.15.1", "3.15.0", true],
    ["4.0.0", "3.15.0", true],
    ["3.16.0-rc.0", "3.15.0", true],
    ["3.15.0-rc.0", "3.15.0", false],
    ["3.9.5", "3.15.0", false],
    ["2.53.4", "3.15.0", false],
  ])("%s instead of %s: %s", (version, pin, expected) => {
    expect(isAtLeast(version, pin)).toBe(expected);
  });
});

describe("the cache", () => {
  test.each([
    [{ FIREBREAK_CACHE: "/f", XDG_CACHE_HOME: "/x", HOME: "/h" }, "/f"],
    [{ FIREBREAK_CACHE: "", XDG_CACHE_HOME: "/x", HOME: "/h" }, "/x/firebreak"],
    [{ HOME: "/h" }, "/h/.cache/firebreak"],
  ])("with %j it is %s", (environment, folder) => {
    expect(cachedEnginePath("promtool", environment)).toBe(`${folder}/engines/promtool-3.15.0/promtool`);
  });
});

describe("lookup", () => {
  const emptyCache = { FIREBREAK_CACHE: "/nowhere" };

  test("the cache comes before PATH", () => {
    const environment = { FIREBREAK_CACHE: temporaryFolder(), PATH: temporaryFolder() };
    fakeProgram(join(environment.PATH, "promtool"), "promtool, version 9.0.0");
    const path = fakeProgram(cachedEnginePath("promtool", environment), "");
    expect(findEngine("promtool", environment)).toEqual({
      name: "promtool",
      version: "3.15.0",
      path,
      origin: "the cache",
    });
  });

  test("on PATH, what is too old or says no version is passed over", () => {
    const folders = [temporaryFolder(), temporaryFolder(), temporaryFolder()] as const;
    fakeProgram(join(folders[0], "promtool"), "promtool, version 2.53.0");
    fakeProgram(join(folders[1], "promtool"), "promtool, version  (branch: )");
    const path = fakeProgram(join(folders[2], "promtool"), "promtool, version 3.16.1");
    const found = findEngine("promtool", { ...emptyCache, PATH: folders.join(":") });
    expect(found).toEqual({ name: "promtool", version: "3.16.1", path, origin: "PATH" });
  });

  test("nothing is found where nothing is", () => {
    expect(findEngine("promtool", { ...emptyCache, PATH: temporaryFolder() })).toBeUndefined();
    expect(findEngine("promtool", emptyCache)).toBeUndefined();
  });
});

describe("npm run engines -- --check", () => {
  const check = (environment: Record<string, string>, ...names: string[]) =>
    spawnSync(process.execPath, [join(enginesFolder, "main.ts"), "--check", ...names], {
      env: environment,
      encoding: "utf8",
    });

  test("names what is missing, and fails", () => {
    const { status, stdout } = check({ FIREBREAK_CACHE: "/nowhere", PATH: "" });
    expect(stdout).toBe(defaultEngines.map((name) => `${name} ${pins[name].version} missing\n`).join(""));
    expect(status).toBe(1);
  });

  test("prints name, version and path of what is there, and where it was found", () => {
    const environment = { FIREBREAK_CACHE: temporaryFolder(), PATH: "" };
    const path = fakeProgram(cachedEnginePath("sloth", environment), "");
    expect(check(environment, "sloth")).toMatchObject({ status: 0, stdout: `sloth 0.16.0 ${path} from the cache\n` });
  });

  test("refuses an unknown name", () => {
    expect(check({ PATH: "" }, "grafana")).toMatchObject({ status: 2, stdout: "" });
  });
});

describe("pins", () => {
  const names = Object.keys(pins) as EngineName[];

  // Prometheus numbers its Go module 0.315.0 where the program is 3.15.0.
  const moduleVersion = ({ module, version }: EnginePin) =>
    module === "prometheus" ? version.replace(/^3\./, "0.3") : version;

  test("replay is built on the Prometheus that the tests run", () => {
    const prometheusOf = (folder: string) =>
      readFileSync(join(enginesFolder, folder, "go.mod"), "utf8").match(
        /\tgithub\.com\/prometheus\/prometheus (\S+)/,
      )?.[1];
    expect(prometheusOf(pins.replay.module)).toBe(prometheusOf(pins.prometheus.module));
  });

  const isOurs = (name: EngineName) => name === "pulumi-resource-kubernetes";
  const ourPrograms: readonly EngineName[] = ["replay", "apply-as"];

  test.each(names.filter((name) => !isOurs(name) && !ourPrograms.includes(name)))(
    "%s: the Go module is the pinned version, and the program is one of its tools",
    (name) => {
      const pin: EnginePin = pins[name];
      const goMod = readFileSync(join(enginesFolder, pin.module, "go.mod"), "utf8");
      const source = pin.package.split("/cmd/")[0];
      expect(goMod).toContain(`\t${source} v${moduleVersion(pin)} `);
      expect(goMod).toMatch(new RegExp(`^(tool |\t)${pin.package}$`, "m"));
    },
  );

  test.each(names.filter(isOurs))("%s: our own main package runs the pinned commit", (name) => {
    const { module, package: program, folder, version }: EnginePin = pins[name];
    const goMod = readFileSync(join(enginesFolder, module, "go.mod"), "utf8");
    expect(goMod).toMatch(new RegExp(`^module ${program}$`, "m"));
    const [, day] = version.split("-dev.");
    expect(goMod).toMatch(new RegExp(`\\s${folder?.module} v\\S+-${day}\\d{6}-[0-9a-f]{12}$`, "m"));
  });

  test.each(names)("%s: a release is official, of the pinned version, and has a checksum", (name) => {
    const { releases = {}, version }: EnginePin = pins[name];
    for (const { url, sha256 } of Object.values(releases)) {
      expect(url).toMatch(/^https:\/\/github\.com\/prometheus\/\w+\/releases\/download\//);
      expect(url).toContain(`/v${version}/`);
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    }
  });
});

describe("releases", () => {
  test("bytes that are not those pinned are refused", () => {
    const sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    expect(() => verifyChecksum(Buffer.from("abc"), { url: "https://x", sha256 })).not.toThrow();
    expect(() => verifyChecksum(Buffer.from("abd"), { url: "https://x", sha256 })).toThrow(/not ba7816bf/);
  });

  test("one program is taken out of the tarball", () => {
    const folder = temporaryFolder();
    fakeProgram(join(folder, "prometheus-1/promtool"), "hello");
    const tarball = spawnSync("tar", ["-cz", "-C", folder, "prometheus-1"]).stdout;
    const target = join(temporaryFolder(), "promtool");
    unpack(tarball, "prometheus-1/promtool", target);
    expect(spawnSync(target, { encoding: "utf8" }).stdout).toBe("hello\n");
    expect(() => unpack(tarball, "prometheus-1/amtool", target)).toThrow(/amtool/);
  });
});
