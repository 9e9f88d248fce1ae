/** The script of the Action and of the GitLab template, over a real repository with two branches. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { MAIN, project, put, SOUND } from "../cli/firebreak.ts";
import { commit, git } from "./repository.ts";

const SCRIPT = join(import.meta.dirname, "..", "..", "ci", "review.sh");
const DECLARATIONS = SOUND["slos/index.ts"];

/** A repository whose branch `change` has other declarations than `main`. */
function repository(changed: string): string {
  const root = project(SOUND);
  git(root, "init", "--quiet", "--initial-branch", "main");
  commit(root);
  git(root, "checkout", "--quiet", "-b", "change");
  put(root, "slos/index.ts", changed);
  put(root, "other", "");
  commit(root);
  return root;
}

function review(cwd: string, policy: string, more: Readonly<Record<string, string>> = {}) {
  const env = { ...process.env, FIREBREAK: `${process.execPath} ${MAIN}`, ...more };
  const { status, stderr } = spawnSync("sh", [SCRIPT, "main...", "out", policy], { cwd, env, encoding: "utf8" });
  const read = (name: string): string => readFileSync(join(cwd, "out", name), "utf8");
  return { status, stderr, comment: read("comment.md"), page: read("review.html"), policy: read("policy").trim() };
}

test("a loosened objective fails by policy, and the comment says so and whose it is", async () => {
  const { status, comment, page, policy } = review(repository(DECLARATIONS.replace("99.9,", "99.5,")), "loosened", {
    STACK: "prod",
  });
  expect([status, policy]).toEqual([0, "1"]);
  expect(page).toContain("<!doctype html>");
  await expect(comment).toMatchFileSnapshot("comment.golden.md");
});

test("what changes no declaration has an empty comment, and passes", () => {
  const { comment, policy } = review(repository(DECLARATIONS), "any");
  expect([comment, policy]).toEqual(["", "0"]);
});

test("the step summary has the comment", () => {
  const root = repository(DECLARATIONS.replace("99.9,", "99.5,"));
  const { comment } = review(root, "", { GITHUB_STEP_SUMMARY: join(root, "summary.md") });
  expect(readFileSync(join(root, "summary.md"), "utf8")).toBe(comment);
});

test("inputs reach the shell as variables alone, and the stage that builds has no token", () => {
  const text = readFileSync(join(import.meta.dirname, "..", "..", "ci", "github", "action.yml"), "utf8");
  const { runs } = parse(text) as { runs: { steps: { run?: string }[] } };
  expect(runs.steps.flatMap(({ run = "" }) => run.match(/\$\{\{/g) ?? [])).toEqual([]);
  expect(text).not.toMatch(/secrets\.|github\.token/);
});
