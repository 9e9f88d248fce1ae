/**
 * Real engines for tests. A suite that needs one is skipped with a named reason where it is missing, and under
 * FIREBREAK_ENGINES=off, which `npm test` sets; under FIREBREAK_ENGINES=required, which CI sets, it fails instead.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, test } from "vitest";
import { findEngine } from "../../tools/engines/find-engine.ts";
import type { EngineName } from "../../tools/engines/pins.ts";
import { type Server, type ServerOptions, startServer } from "./engine-server.ts";

declare module "vitest" {
  interface TaskMeta {
    /** Why a skipped test or group is skipped; `npm test` prints and counts it. */
    skipReason?: string;
  }
}

/** What a program answered. */
export interface Answer {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  /** Folder to run in. */
  readonly cwd?: string;
  /** Text for the program's standard input. */
  readonly input?: string;
}

// By it `npm run test:engines` picks its tests: vitest.config.ts.
const TAGGED = { tags: ["engine"] };

// Looking on PATH runs the program, so once for each test file is enough.
const paths = new Map<EngineName, string | undefined>();

/** Path of an engine, or undefined where it is not on this machine. */
export function engine(name: EngineName): string | undefined {
  if (!paths.has(name)) paths.set(name, findEngine(name)?.path);
  return paths.get(name);
}

/** A suite that needs engines: `describeWithEngine("promtool", "rules pass", () => { test(…) })`. */
export function describeWithEngine(needed: EngineName | readonly EngineName[], title: string, suite: () => void): void {
  const names = [needed].flat();
  if (process.env.FIREBREAK_ENGINES === "off") skipSuite(title, leftOut(listed(names)), suite);
  else describeWhereFound(names, title, suite);
}

/** A suite that needs what npm did not bring, and looks for it itself: `describeBeyondNpm("Node 22.18", "on …", () => { test(…) })`. */
export function describeBeyondNpm(needed: string, title: string, suite: () => void): void {
  if (process.env.FIREBREAK_ENGINES === "off") skipSuite(title, leftOut(needed), suite);
  else describe(title, TAGGED, suite);
}

function leftOut(needed: string): string {
  return `needs ${needed} (npm run test:engines)`;
}

function describeWhereFound(names: readonly EngineName[], title: string, suite: () => void): void {
  const missing = names.filter((name) => engine(name) === undefined);
  const reason = `${listed(missing)} ${missing.length === 1 ? "is" : "are"} not on this machine (run npm run engines)`;
  if (missing.length === 0) describe(title, TAGGED, suite);
  else if (process.env.FIREBREAK_ENGINES === "required") failSuite(title, reason);
  else skipSuite(title, reason, suite);
}

function skipSuite(title: string, skipReason: string, suite: () => void): void {
  describe(title, { ...TAGGED, skip: true, meta: { skipReason } }, suite);
}

function failSuite(title: string, reason: string): void {
  describe(title, TAGGED, () => {
    test("its engines are on this machine", () => {
      throw new Error(reason);
    });
  });
}

function listed(names: readonly EngineName[]): string {
  return names.join(" and ");
}

/** Runs promtool to its end: `await runPromtool(["check", "rules", file])`. */
export function runPromtool(args: readonly string[], options: RunOptions = {}): Promise<Answer> {
  return runEngine("promtool", args, options);
}

/** Runs amtool to its end: `await runAmtool(["check-config", file])`. */
export function runAmtool(args: readonly string[], options: RunOptions = {}): Promise<Answer> {
  return runEngine("amtool", args, options);
}

/** Runs any engine to its end. A failure is an answer too: look at its `status`. */
export async function runEngine(
  name: EngineName,
  args: readonly string[],
  { cwd, input = "" }: RunOptions = {},
): Promise<Answer> {
  const child = spawn(enginePath(name), args, cwd === undefined ? {} : { cwd });
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (output.stderr += text));
  // A program may end without reading its input; its status tells.
  child.stdin.on("error", () => {}).end(input);
  const [status] = (await once(child, "close")) as [number | null];
  return { status: status ?? -1, ...output };
}

function enginePath(name: EngineName): string {
  const path = engine(name);
  if (path === undefined) throw new Error(`${name} is not on this machine: use describeWithEngine("${name}", …)`);
  return path;
}

/** Starts Prometheus and waits until it is ready. `POST ${url}/-/reload` reloads its configuration. */
export function startPrometheus(options: ServerOptions): Promise<Server> {
  const flags = ["--web.enable-lifecycle", ...(options.flags ?? [])];
  return startServer(enginePath("prometheus"), "--storage.tsdb.path", { ...options, flags });
}

/** Starts Alertmanager and waits until it is ready. */
export function startAlertmanager(options: ServerOptions): Promise<Server> {
  // No cluster: it would look for a private address and open a second port.
  const flags = ["--cluster.listen-address=", ...(options.flags ?? [])];
  return startServer(enginePath("alertmanager"), "--storage.path", { ...options, flags });
}
