/** Where an engine is taken from, in order: the cache, `PATH`, the pinned release, source. Releases and Go are stand-ins. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { cachedEnginePath } from "../../tools/engines/find-engine.ts";
import { type EnginePin, pins } from "../../tools/engines/pins.ts";
import { findOrProvision } from "../../tools/engines/provision.ts";

const pinned = "promtool, version 3.15.0";

/** What is on a machine: the cache and `PATH` are empty, and there is a release and Go, unless said otherwise. */
interface Machine {
  readonly cache?: string;
  readonly path?: string;
  readonly release?: "sound" | "altered" | "gone" | "none";
  readonly go?: boolean;
}

test("the cache comes before everything else", async () => {
  const { from, log } = await take({ cache: pinned, path: pinned });
  expect([from, log]).toEqual(["the cache", ""]);
});

test("a program of the pinned version on PATH comes before a download", async () => {
  const { from, log } = await take({ path: pinned });
  expect([from, log]).toEqual(["PATH", ""]);
});

test("an older program on PATH does not count", async () => {
  const { from } = await take({ path: "promtool, version 3.14.9" });
  expect(from).toMatch(/^the release http/);
});

test("the pinned release comes before source", async () => {
  const { from, builds } = await take({});
  expect(from).toMatch(/^the release http.*promtool-3\.15\.0\.tar\.gz$/);
  expect(builds).toBe(0);
});

test.each([
  ["is none of this platform", "none", ""],
  ["cannot be had", "gone", "answered 404"],
  ["has not the pinned checksum", "altered", "as pinned"],
] as const)("source comes last: the release %s", async (_reason, release, expected) => {
  const { from, builds, log } = await take({ release });
  expect(from).toBe("source");
  expect(builds).toBe(1);
  expect(log).toContain(expected);
});

test("what was provisioned is in the cache the next time, and nothing else is", async () => {
  const machine = await makeMachine({});
  captureLog();
  const { path } = await findOrProvision("promtool", machine);
  expect(path).toBe(cachedEnginePath("promtool", machine.environment));
  expect(await findOrProvision("promtool", machine)).toMatchObject({ path, origin: "the cache" });
  expect(readdirSync(dirname(dirname(path)))).toEqual([basename(dirname(path))]);
});

test("without a release and without Go it is an error, and the cache stays empty", async () => {
  const machine = await makeMachine({ release: "gone", go: false });
  const log = captureLog();
  await expect(findOrProvision("promtool", machine)).rejects.toThrow(/could not be provisioned/);
  expect(log()).toContain("Go is not on this machine");
  expect(existsSync(cachedEnginePath("promtool", machine.environment))).toBe(false);
});

test("a program that says it is of another version is refused", async () => {
  const machine = await makeMachine({ release: "none" }, "promtool, version 3.14.0");
  captureLog();
  await expect(findOrProvision("promtool", machine)).rejects.toThrow(/prints 3\.14\.0/);
});

async function take(machine: Machine) {
  const made = await makeMachine(machine);
  const log = captureLog();
  const { origin, path, version } = await findOrProvision("promtool", made);
  expect(spawnSync(path, { encoding: "utf8" }).stdout).toContain(version);
  return { from: origin, builds: made.builds(), log: log() };
}

/** The lines on stderr so far. */
function captureLog(): () => string {
  const spy = vi.spyOn(console, "error").mockImplementation(() => {});
  onTestFinished(() => spy.mockRestore());
  return () => spy.mock.calls.flat().join("\n");
}

async function makeMachine({ cache, path, release = "sound", go = true }: Machine, released = pinned) {
  const root = mkdtempSync(join(tmpdir(), "firebreak-provision-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const environment = { FIREBREAK_CACHE: join(root, "cache"), PATH: join(root, "bin") };
  if (cache) program(cachedEnginePath("promtool", environment), printing(cache));
  if (path) program(join(environment.PATH, "promtool"), printing(path));
  const log = join(root, "builds");
  if (go) program(join(environment.PATH, "go"), goThatBuilds(printing(released), log));
  const pin = { ...pins.promtool, releases: await releases(release, released) } as EnginePin;
  return { environment, pin, builds: () => (existsSync(log) ? readFileSync(log, "utf8").split("\n").length - 1 : 0) };
}

function program(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  chmodSync(path, 0o755);
}

function printing(line: string): string {
  return `#!/bin/sh\necho '${line}'\n`;
}

/** Answers `go version`; `go build -o FILE` writes a program there, and a line to the log. */
function goThatBuilds(text: string, log: string): string {
  return `#!/bin/sh
[ "$1" = version ] && exit 0
while [ "$1" != -o ]; do shift; done
echo build >> '${log}'
/bin/cat > "$2" <<'END'
${text}END
/bin/chmod 755 "$2"
`;
}

/** A server on this machine with a release in it, and what would be pinned of it. */
async function releases(release: Machine["release"], line: string): Promise<EnginePin["releases"]> {
  if (release === "none") return undefined;
  const tarball = makeTarball(line);
  const server = createServer((_request, response) => {
    response.writeHead(release === "gone" ? 404 : 200).end(release === "altered" ? `${tarball}x` : tarball);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/promtool-3.15.0.tar.gz`;
  const sha256 = createHash("sha256").update(tarball).digest("hex");
  return { [`${process.platform}-${process.arch}`]: { url, sha256 } };
}

function makeTarball(line: string): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "firebreak-release-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  program(join(folder, "promtool-3.15.0/promtool"), printing(line));
  return spawnSync("tar", ["-cz", "-C", folder, "promtool-3.15.0"]).stdout;
}
