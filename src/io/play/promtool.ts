/** promtool, which plays the tests: found, asked for its version, and run. */
import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { systemCode, UnusablePath } from "../write/unusable-path.ts";

export interface Promtool {
  /** As it says itself; none where it does not. */
  readonly version: string | undefined;
  /** What it says of itself and every byte of it, as a digest; none where its file is not found. Reads all of it. */
  readonly identity: () => Promise<string | undefined>;
  /** Plays a test file to its end. What it stores meanwhile goes to a folder: where it is killed, it does not remove it. */
  readonly test: (path: string, folder: string) => Promise<Answer>;
  /** Ends whatever runs. */
  readonly stop: () => void;
}

export interface Answer {
  /** Null where a signal ended it. */
  readonly status: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The first one that the generated tests were played with. */
export const LEAST_VERSION = "3.15.0";

/**
 * Opens it.
 *
 * @param program - A path, or a name on PATH.
 * @throws {UnusablePath} where it does not run or is too old.
 */
export async function openPromtool(program: string): Promise<Promtool> {
  const running = new Set<ChildProcess>();
  const run = (args: readonly string[], env: NodeJS.ProcessEnv) => runTo(program, args, { running, env });
  const said = await run(["--version"], {}).catch(refuse(program));
  return {
    version: requireVersion(said, program),
    identity: () => identityOf(program, said),
    test: (path, folder) => run(["test", "rules", path], { TMPDIR: folder, TMP: folder, TEMP: folder }),
    stop: () => {
      for (const child of running) child.kill("SIGKILL");
    },
  };
}

function refuse(program: string): (error: unknown) => never {
  return (error) => {
    const code = systemCode(error);
    if (code === undefined) throw error;
    const what = code === "ENOENT" && !/[\\/]/.test(program) ? "is not on PATH" : `does not run (${code})`;
    throw new UnusablePath(`${program} ${what}.`, HINT, error);
  };
}

const HINT = `promtool comes with Prometheus, ${LEAST_VERSION} or newer: name it with --promtool PATH.`;

/** One without a version was built by somebody who knows it. */
function requireVersion({ status, stdout, stderr }: Answer, program: string): string | undefined {
  const said = `${stdout}${stderr}`;
  if (status !== 0 || !/^promtool\b/m.test(said)) throw new UnusablePath(`${program} is not promtool.`, HINT);
  const version = /^promtool, version (\d+\.\d+\.\d+\S*)/m.exec(said)?.[1];
  if (version === undefined || isAtLeast(version, LEAST_VERSION)) return version;
  throw new UnusablePath(`${program} is version ${version}, and the tests need ${LEAST_VERSION}.`, HINT);
}

/** A release candidate of the least one is too old. */
function isAtLeast(version: string, least: string): boolean {
  const [numbers = "", candidate] = version.split("-");
  const [ours, theirs] = [numbers, least].map((each) => each.split(".").map(Number)) as [number[], number[]];
  const differing = ours.findIndex((part, index) => part !== theirs[index]);
  return differing === -1 ? candidate === undefined : (ours[differing] ?? 0) > (theirs[differing] ?? 0);
}

/** A script may start another promtool today than it did yesterday: what that says of itself counts too. */
async function identityOf(program: string, { stdout, stderr }: Answer): Promise<string | undefined> {
  const path = fileOf(program);
  if (path === undefined) return undefined;
  const hash = createHash("sha256").update(`${stdout}${stderr}`);
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

function fileOf(program: string): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const paths = /[\\/]/.test(program) ? [program] : folders.map((folder) => join(folder, program));
  return paths.find((path) => existsSync(path));
}

/** It lives for seconds: collecting garbage seldom saves a tenth of its time, and takes 160 MB in place of 100. */
const GO = { GOGC: "400", GOMEMLIMIT: "1GiB" };

interface Run {
  readonly running: Set<ChildProcess>;
  readonly env: NodeJS.ProcessEnv;
}

function runTo(program: string, args: readonly string[], { running, env }: Run): Promise<Answer> {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...GO, ...process.env, ...env } });
  running.add(child);
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (output.stderr += text));
  return new Promise<Answer>((done, fail) => {
    child.on("error", fail);
    child.on("close", (status, signal) => done({ status, signal, ...output }));
  }).finally(() => running.delete(child));
}
