/** The job that holds `generated/` fresh, over a real repository. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { firebreak, MAIN, project, put, SOUND } from "../cli/firebreak.ts";
import { commit, git } from "./repository.ts";

const CI = join(import.meta.dirname, "..", "..", "ci");
const DECLARATIONS = SOUND["slos/index.ts"];

/** A repository whose generated files are committed. */
async function repository(): Promise<string> {
  const root = project(SOUND);
  git(root, "init", "--quiet", "--initial-branch", "main");
  expect(await firebreak(root, ["build"])).toMatchObject({ status: 0 });
  commit(root);
  return root;
}

function fresh(cwd: string, more: Readonly<Record<string, string>> = {}) {
  const { GITHUB_ACTIONS: _github, GITLAB_CI: _gitlab, ...inherited } = process.env;
  const env = { ...inherited, FIREBREAK: `${process.execPath} ${MAIN}`, ...more };
  return spawnSync("sh", [join(CI, "fresh.sh")], { cwd, env, encoding: "utf8" });
}

test("what is committed is what is declared: it passes, and prints no annotation", async () => {
  const { status, stdout } = fresh(await repository(), { GITHUB_ACTIONS: "true" });
  expect({ status, annotated: stdout.includes("::error") }).toEqual({ status: 0, annotated: false });
});

test("a declaration whose generated files were not committed fails, and says what to run", async () => {
  const root = await repository();
  put(root, "slos/index.ts", DECLARATIONS.replace("99.9,", "99.5,"));
  const { status, stdout, stderr } = fresh(root, { GITHUB_ACTIONS: "true" });
  expect(status).toBe(1);
  expect(stdout).toMatch(/ M generated\/prometheus\/api\.rules\.yaml\n/);
  expect(stdout).toContain("::error title=generated is stale::Run npx firebreak build");
  expect(stderr).toContain("Run npx firebreak build, and commit generated.");
});

test("a file that is made and was never committed is stale too", async () => {
  const root = await repository();
  git(root, "rm", "--quiet", "--cached", "generated/prometheus/api.rules.yaml");
  git(root, "commit", "--quiet", "--message", "without");
  expect(fresh(root)).toMatchObject({
    status: 1,
    stdout: expect.stringContaining("\n?? generated/prometheus/api.rules.yaml\n"),
  });
});

test("an issue is an annotation on the line of its declaration", async () => {
  const root = await repository();
  put(root, "slos/index.ts", DECLARATIONS.replace("99.9,", "100,"));
  const { status, stdout } = fresh(root, { GITHUB_ACTIONS: "true" });
  expect(status).toBe(1);
  expect(stdout).toMatch(/^::error file=slos\/index\.ts,line=\d+,col=\d+,title=objective-out-of-range::api\.slos/m);
});

test("on GitLab issues are a report of code quality, and its file is what the template names", async () => {
  const root = await repository();
  put(root, "slos/index.ts", DECLARATIONS.replace("99.9,", "100,"));
  expect(fresh(root, { GITLAB_CI: "true" }).status).toBe(1);
  const template = parse(readFileSync(join(CI, "gitlab/review.yml"), "utf8")) as Record<string, unknown>;
  const { codequality } = (template["firebreak:fresh"] as { artifacts: { reports: { codequality: string } } }).artifacts
    .reports;
  expect(JSON.parse(readFileSync(join(root, codequality), "utf8"))).toMatchObject([
    { check_name: "objective-out-of-range", severity: "major", location: { path: "slos/index.ts" } },
  ]);
});

test("the job that runs the declarations has no credentials", () => {
  const text = readFileSync(join(CI, "github/fresh.yml"), "utf8");
  const { permissions, on } = parse(text) as { permissions: object; on: string };
  expect({ permissions, on }).toEqual({ permissions: { contents: "read" }, on: "pull_request" });
  expect(text).toContain("persist-credentials: false");
  expect(text).not.toMatch(/secrets\.|github\.token/);
});
