/**
 * Loads declarations: a module that exports `services`, and `platform` if it wants other than the defaults; or JSON that
 * has them, such as what `explain --json` prints.
 * Whatever is wrong with it becomes one issue. Nothing here looks at the values: that is parsing.
 */
import { once } from "node:events";
import { existsSync, readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { setImmediate as nextTurn, setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { type Issue, issue } from "../../issue.ts";
import { noteDirectory } from "../write/note-directory.ts";
import { UnusablePath } from "../write/unusable-path.ts";
import { setting } from "./apart.ts";
import { noteBuiltIns } from "./built-ins.ts";
import { describeLoadFailure } from "./load-failure.ts";
import { displayPath } from "./locate-failure.ts";
import { registerTypeScriptHooks } from "./typescript-hooks.ts";
import { watchLoading } from "./watch-loading.ts";

/** Paths of modules, relative to the working directory. */
export interface DeclarationFiles {
  readonly slos: string;
  /** Takes the place of the `platform` that the declarations export. */
  readonly platform?: string | undefined;
}

/** What the modules export, not yet looked at. */
export interface Declarations {
  readonly services: unknown;
  readonly platform: unknown;
  /** `not-loadable`, at most one for each module. */
  readonly issues: readonly Issue[];
}

/**
 * Loads the declarations.
 *
 * @throws {UnusablePath} where there is no such file.
 */
export async function loadDeclarations(files: DeclarationFiles): Promise<Declarations> {
  const slos = await loadModule(files.slos, "services");
  const platform = files.platform === undefined ? slos : await loadModule(files.platform, "platform");
  return {
    services: slos.exports.services,
    platform: platform.exports.platform,
    issues: [...new Set([slos.issue, platform.issue])].filter((fact) => fact !== undefined),
  };
}

type Exports = Readonly<Record<string, unknown>>;

interface Loaded {
  readonly exports: Exports;
  readonly issue?: Issue;
}

async function loadModule(file: string, wanted: "services" | "platform"): Promise<Loaded> {
  const path = resolve(file);
  requireFile(file, path);
  try {
    const exports = isJson(path) ? readSaved(path) : await importQuietly(pathToFileURL(path).href);
    return exports[wanted] === undefined ? { exports, issue: missingExport(path, wanted, exports) } : { exports };
  } catch (error) {
    return { exports: {}, issue: describeLoadFailure(error, path, wanted) };
  }
}

/** JSON is data: nothing runs. */
function readSaved(path: string): Exports {
  const saved = (JSON.parse(readFileSync(path, "utf8")) ?? {}) as Exports;
  return (saved.declared ?? saved) as Exports;
}

function requireFile(file: string, path: string): void {
  if (!existsSync(path))
    throw new UnusablePath(`There is no file ${file}.`, "Name the module that holds your declarations.");
  if (statSync(path).isDirectory())
    throw new UnusablePath(
      `${file} is a directory.`,
      `Name a module in it, such as ${file.replace(/\/$/, "")}/index.ts.`,
    );
}

async function importQuietly(url: string): Promise<Exports> {
  const goBack = noteDirectory();
  const putBack = noteBuiltIns();
  const hooks = registerTypeScriptHooks();
  const ended = new AbortController();
  const endWatch = setting && watchLoading(setting);
  try {
    const exports = await Promise.race([importModule(url), strayFailure(ended.signal), timeUp(ended.signal)]);
    const [changed] = putBack();
    if (changed !== undefined) throw new Error(`It changes ${changed}, which everything else uses.`);
    return exports;
  } finally {
    putBack();
    ended.abort();
    endWatch?.();
    hooks.deregister();
    goBack();
  }
}

async function importModule(url: string): Promise<Exports> {
  const exports = (await import(url)) as Exports;
  // A promise that the module left to fail on its own fails by the next turn.
  await nextTurn();
  return exports;
}

/** Rejects when the module fails outside its own evaluation, or waits for what never comes. */
async function strayFailure(signal: AbortSignal): Promise<never> {
  const idle = once(process, "beforeExit", { signal }).then(() => [
    new Error("It waits for a promise that never settles."),
  ]);
  const [error] = await Promise.race([once(process, "uncaughtException", { signal }), idle]);
  throw error;
}

/** Rejects when a module waits too long; one that never waits is found by `watchLoading`. */
async function timeUp(signal: AbortSignal): Promise<never> {
  const { limitSeconds = Number.POSITIVE_INFINITY } = setting ?? {};
  if (limitSeconds > LONGEST_TIMER_SECONDS) return new Promise(() => {});
  await wait(limitSeconds * 1000, undefined, { signal, ref: false });
  throw new Error(`It still waits after ${limitSeconds} s, for a promise that never settles.`);
}

const LONGEST_TIMER_SECONDS = 2_000_000;

function isJson(path: string): boolean {
  return path.endsWith(".json");
}

function missingExport(path: string, wanted: string, exports: Exports): Issue {
  const file = displayPath(path);
  const names = Object.keys(exports).map((name) => `\`${name}\``);
  const found = names.length === 0 ? "it exports nothing" : `it exports ${names.join(", ")}`;
  const fact = isJson(path) ? `${file} has no \`${wanted}\`` : `${file} does not export \`${wanted}\`; ${found}`;
  return issue("not-loadable", [wanted], `${fact}.`, missingHint(path, wanted), { file, line: 1, column: 1 });
}

function missingHint(path: string, wanted: string): string {
  if (isJson(path)) return "Save it from declarations that build: `firebreak explain --json`.";
  return wanted === "services"
    ? "Write `export const services = [...]`, a list of services."
    : "Write `export const platform = definePlatform({ ... })`.";
}
