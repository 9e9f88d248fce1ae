/** A copy of the repository, in which one file at a time is a mutant. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Difference, Verdict } from "./judge.ts";
import { type Mutant, mutated } from "./mutants.ts";
import type { UnitTests } from "./unit-tests.ts";

export interface Tree {
  /** What the generated tests say of a mutant; `broken` where nothing can be built any more. */
  readonly judge: (mutant: Mutant) => Verdict | "broken";
  /** What a mutant changes beside the rules of the corpus. */
  readonly compare: (mutant: Mutant) => Difference;
  /** Whether unit tests notice a mutant: these ones. */
  readonly isNoticed: (mutant: Mutant, tests: UnitTests) => boolean;
  readonly remove: () => void;
}

const LEFT_OUT = [".git", "node_modules", "generated", "dist"];
/** Of what loops for ever: seconds of a processor, which a busy machine does not use up. */
const MOST_SECONDS = 180;
/** Of what waits for ever. */
const TIMEOUT_MS = 1_200_000;

export function treeOf(root: string): Tree {
  const folder = mkdtempSync(join(tmpdir(), "firebreak-mutate-"));
  for (const name of readdirSync(root).filter((name) => !LEFT_OUT.includes(name)))
    cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const kept = join(folder, "kept.json");
  const isSound = new Map<string, boolean>();
  if (runIn(folder, ["tools/mutate/judge.ts", "keep", kept]).status !== 0) throw new Error("the corpus does not build");

  return {
    judge: (mutant) => within(folder, mutant, () => verdictOf(folder, kept, mutant.path)),
    compare: (mutant) =>
      within(folder, mutant, () => JSON.parse(runIn(folder, ["tools/mutate/judge.ts", "compare", kept]).stdout)),
    isNoticed: (mutant, tests) => {
      const key = JSON.stringify(tests);
      if (!isSound.has(key)) isSound.set(key, pass(folder, tests));
      return isSound.get(key) === true && !within(folder, mutant, () => pass(folder, tests));
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}

function verdictOf(folder: string, kept: string, path: string): Verdict | "broken" {
  const { status, stdout, stderr } = runIn(folder, ["tools/mutate/judge.ts", "judge", kept, path]);
  if (stderr.includes("promtool is not on this machine")) throw new Error(stderr);
  return status === 0 ? (JSON.parse(stdout) as Verdict) : "broken";
}

function pass(folder: string, { paths, engines }: UnitTests): boolean {
  const none = { FIREBREAK_CACHE: "/nowhere", PATH: dirname(process.execPath), FIREBREAK_ENGINES: "" };
  const args = ["node_modules/vitest/vitest.mjs", "run", ...paths, "--bail=1", "--maxWorkers=1", "--no-isolate"];
  return runIn(folder, args, engines ? {} : none).status === 0;
}

function within<T>(folder: string, mutant: Mutant, task: () => T): T {
  const path = join(folder, mutant.path);
  const text = readFileSync(path, "utf8");
  try {
    writeFileSync(path, mutated(text, mutant));
    return task();
  } finally {
    writeFileSync(path, text);
  }
}

function runIn(cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return spawnSync("sh", ["-c", `ulimit -t ${MOST_SECONDS}; exec "$@"`, "sh", process.execPath, ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: "1", ...env },
    encoding: "utf8",
    timeout: TIMEOUT_MS,
    maxBuffer: 2 ** 28,
  });
}
