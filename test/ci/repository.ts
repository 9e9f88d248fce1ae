/** Repositories of tests: their commits have an author, and no key. */
import { spawnSync } from "node:child_process";

/** Runs git in a folder. A failure is a mistake of the test. */
export function git(cwd: string, ...args: string[]): void {
  const identity = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"];
  const { status, stderr } = spawnSync("git", [...identity, ...args], { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
}

/** Commits all that is there. */
export function commit(root: string): void {
  git(root, "add", "--all");
  git(root, "commit", "--quiet", "--message", "declarations");
}
