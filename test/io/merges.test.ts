/** Output is committed, so it is merged: by git itself, with what two people change at the same time. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { build } from "../../src/build.ts";
import type { PlatformDeclaration, ServiceDeclaration, SloDeclaration } from "../../src/declare/declaration.ts";
import type { Artifact } from "../../src/emit/artifact.ts";
import { targetNames } from "../../src/emit/index.ts";
import { readTemplates } from "../../src/io/read-templates.ts";
import { applyWrite, planWrite, type WritePlan } from "../../src/io/write/write-artifacts.ts";
import { gateway, platform as plain, search, speed } from "../pulumi/declarations.ts";

const platform: PlatformDeclaration = {
  ...plain,
  kubernetes: {
    kind: "operator",
    namespace: "monitoring",
    selectorLabels: { release: "kps" },
    alertmanager: { as: "secret", name: "alertmanager-main" },
  },
};

type Change = (service: ServiceDeclaration) => ServiceDeclaration;

const fast: SloDeclaration = { ...speed, name: "fast", objective: 90 };
const before: ServiceDeclaration[] = [
  gateway,
  { ...search, slos: [...(search.slos ?? []), { ...fast, name: "slow" }] },
];

const changes: Readonly<Record<string, Change>> = {
  "an objective": (service) => ({ ...service, slos: service.slos?.map((slo) => ({ ...slo, objective: 99 })) ?? [] }),
  "an added SLO": (service) => ({ ...service, slos: [...(service.slos ?? []), fast] }),
  "a removed SLO": (service) => ({ ...service, slos: service.slos?.slice(1) ?? [] }),
};

const pairs = Object.keys(changes).flatMap((one) => Object.keys(changes).map((other) => [one, other] as const));

describe("two branches that change two services merge without a conflict, into what a fresh build makes", () => {
  test.each(pairs)("%s and %s", (one, other) => {
    const repository = makeRepository();
    const [first, second] = before as [ServiceDeclaration, ServiceDeclaration];
    const changed = [changes[one]?.(first) ?? first, changes[other]?.(second) ?? second] as const;
    commit(repository, before);
    branch(repository, "one", [changed[0], second]);
    branch(repository, "other", [first, changed[1]]);
    const merge = git(repository, "merge", "--no-edit", "one");
    expect(merge.status, merge.stdout).toBe(0);
    expect(todo(plan(repository, changed))).toEqual([]);
  });
});

test("two branches that change one service conflict, and a build resolves it", () => {
  const repository = makeRepository();
  const [first, second] = before as [ServiceDeclaration, ServiceDeclaration];
  commit(repository, before);
  branch(repository, "one", [changes["an objective"]?.(first) ?? first, second]);
  branch(repository, "other", [changes["an added SLO"]?.(first) ?? first, second]);
  expect(git(repository, "merge", "--no-edit", "one").status).toBe(1);
  const both = [changes["an added SLO"]?.(changes["an objective"]?.(first) ?? first) ?? first, second];
  const planned = plan(repository, both);
  expect(planned.issues.map(({ level }) => level)).not.toContain("error");
  applyWrite(planned);
  expect(todo(plan(repository, both))).toEqual([]);
  expect(conflicts(repository)).toEqual([]);
});

test("what git makes of line ends on checkout is no edit, and nothing to write", () => {
  const repository = makeRepository();
  commit(repository, before);
  git(repository, "config", "core.autocrlf", "true");
  rmSync(join(repository, "generated"), { recursive: true });
  git(repository, "checkout", "--", "generated");
  expect(readFileSync(join(repository, "generated/prometheus/search.rules.yaml"), "utf8")).toContain("\r\n");
  expect(todo(plan(repository, before))).toEqual([]);
  const edited = join(repository, "generated/grafana/slo.json");
  writeFileSync(edited, readFileSync(edited, "utf8").replace("One objective", "An objective"));
  expect(todo(plan(repository, before))).toEqual(["grafana/slo.json", "edited-by-hand"]);
});

function makeRepository(): string {
  const repository = mkdtempSync(join(tmpdir(), "firebreak-merge-"));
  onTestFinished(() => rmSync(repository, { recursive: true }));
  git(repository, "init", "--quiet", "--initial-branch=main");
  return repository;
}

function branch(repository: string, name: string, services: readonly ServiceDeclaration[]): void {
  git(repository, "checkout", "--quiet", "-b", name, "main");
  commit(repository, services);
}

function commit(repository: string, services: readonly ServiceDeclaration[]): void {
  applyWrite(plan(repository, services));
  git(repository, "add", "--all");
  const { status } = git(repository, "commit", "--quiet", "--message=build");
  expect(status).toBe(0);
}

function plan(repository: string, services: readonly ServiceDeclaration[]): WritePlan {
  const artifacts = artifactsOf(services);
  expect(artifacts).not.toEqual([]);
  return planWrite({ directory: join(repository, "generated"), artifacts, folders: targetNames });
}

/** Each only once: most pairs have a side in common. */
const built = new Map<string, readonly Artifact[]>();

function artifactsOf(services: readonly ServiceDeclaration[]): readonly Artifact[] {
  const key = JSON.stringify(services);
  const artifacts = built.get(key) ?? build({ services, platform, templates: readTemplates() }).artifacts;
  built.set(key, artifacts);
  return artifacts;
}

/** What a build would change or say. */
function todo({ created, changed, deleted, issues }: WritePlan): string[] {
  return [...[...created, ...changed].map(({ path }) => path), ...deleted, ...issues.map(({ code }) => code)];
}

function conflicts(repository: string): string[] {
  const paths = readdirSync(join(repository, "generated"), { recursive: true, withFileTypes: true });
  const files = paths.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return files.filter((file) => readFileSync(file, "utf8").includes("<<<<<<<"));
}

/** Without whatever this machine's user has set. */
const SETTINGS = {
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_AUTHOR_NAME: "a",
  GIT_AUTHOR_EMAIL: "a@example.com",
  GIT_COMMITTER_NAME: "a",
  GIT_COMMITTER_EMAIL: "a@example.com",
};

function git(repository: string, ...args: string[]): { readonly status: number | null; readonly stdout: string } {
  return spawnSync("git", args, { cwd: repository, encoding: "utf8", env: { PATH: process.env.PATH, ...SETTINGS } });
}
