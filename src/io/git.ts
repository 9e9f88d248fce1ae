/** What git knows. Nothing here changes the repository, its index or its work tree. */
import { spawnSync } from "node:child_process";
import { systemCode } from "./write/unusable-path.ts";

/** Git itself is not there, or failed in a way that nobody foresaw. */
export class GitFailure extends Error {}

/** The root of the repository that the working directory is in; undefined outside one. */
export function repositoryRoot(): string | undefined {
  return ask(["rev-parse", "--show-toplevel"]);
}

/** The same, and the working directory where there is no repository, or no git. */
export function rootOrHere(): string {
  try {
    return repositoryRoot() ?? process.cwd();
  } catch (error) {
    if (error instanceof GitFailure) return process.cwd();
    throw error;
  }
}

/** The commit of a ref; of `main...` the one where HEAD left `main`. Undefined where git knows none. */
export function commitOf(ref: string): string | undefined {
  if (!ref.endsWith("...")) return ask(["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]);
  const other = commitOf(ref.slice(0, -"...".length));
  return other && ask(["merge-base", "HEAD", other]);
}

/**
 * Writes all files of a commit below a folder, by way of an index of its own.
 *
 * @throws {GitFailure} where git cannot.
 */
export function writeTree(
  commit: string,
  root: string,
  { index, tree }: { readonly index: string; readonly tree: string },
): void {
  // What is kept elsewhere is no declaration: it stays a pointer.
  const env = { ...process.env, GIT_INDEX_FILE: index, GIT_LFS_SKIP_SMUDGE: "1" };
  for (const args of [
    ["read-tree", commit],
    ["checkout-index", "--all", "--quiet", `--prefix=${tree}/`],
  ]) {
    const { status, stderr } = run(args, { cwd: root, env });
    if (status !== 0) throw new GitFailure(stderr.trim().split("\n", 1)[0] || `git ${args[0]} failed`);
  }
}

function ask(args: readonly string[]): string | undefined {
  const { status, stdout } = run(args);
  return status === 0 ? stdout.trim() : undefined;
}

function run(args: readonly string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}) {
  const result = spawnSync("git", args, { ...options, encoding: "utf8" });
  if (result.error) throw new GitFailure(`git does not start (${systemCode(result.error) ?? result.error.message})`);
  return result;
}
