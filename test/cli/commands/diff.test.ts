/** `firebreak diff` over a real git repository, as a process. */
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { describeWithEngine, startPrometheus } from "../../support/engines.ts";
import { firebreak, project, put, SOUND } from "../firebreak.ts";

const DECLARATIONS = SOUND["slos/index.ts"];
const LOOSER = DECLARATIONS.replace("objective: 99.9", "objective: 99.5");

/** A repository whose first commit holds `files`; its work tree is looser. */
function repository(files: Readonly<Record<string, string>> = SOUND): string {
  const root = project(files);
  git(root, "init", "--quiet", "--initial-branch", "main");
  commit(root);
  put(root, "slos/index.ts", LOOSER);
  return root;
}

function git(root: string, ...args: string[]): string {
  const identity = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"];
  const { status, stdout, stderr } = spawnSync("git", [...identity, ...args], { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim();
}

function commit(root: string): void {
  git(root, "add", "--all");
  git(root, "commit", "--quiet", "--message", "declarations");
}

interface Found {
  readonly ok: boolean;
  readonly summary: string;
  readonly failed: readonly string[];
  readonly breaks: readonly { readonly kind: string; readonly id: string }[];
  readonly changes: readonly { readonly kind: string; readonly id: string }[];
  readonly issues: readonly { readonly code: string; readonly path: readonly string[] }[];
  readonly baseIssues: readonly { readonly code: string; readonly source: { readonly file: string } }[];
}

async function found(root: string, ...args: string[]): Promise<Found> {
  const { stdout } = await firebreak(root, ["diff", ...args, "--json"]);
  return JSON.parse(stdout) as Found;
}

describe("a commit", () => {
  test("is compared with the work tree, which stays as it is, and leaves nothing behind", async () => {
    const root = repository();
    const before = git(root, "status", "--porcelain");
    mkdirSync(join(root, ".git/tmp"));
    const temporary = { TMPDIR: join(root, ".git/tmp") };
    const { status, stdout, stderr } = await firebreak(root, ["diff", "main"], temporary);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^\*\*`api\/availability` is loosened from 99\.9% to 99\.5%\.\*\*\n\n### What breaks\n/);
    expect(git(root, "status", "--porcelain")).toBe(before);
    expect(readdirSync(join(root, ".git/tmp"))).toEqual([]);
    expect(git(root, "worktree", "list").split("\n")).toHaveLength(1);
  });

  test("with three dots is where the branch left it: what others did there since is no change of this one", async () => {
    const root = repository();
    git(root, "stash", "--quiet");
    git(root, "checkout", "--quiet", "-b", "feature");
    git(root, "checkout", "--quiet", "main");
    put(root, "slos/index.ts", DECLARATIONS.replace('name: "availability"', 'name: "success"'));
    commit(root);
    git(root, "checkout", "--quiet", "feature");
    expect((await found(root, "main")).changes).not.toEqual([]);
    expect((await found(root, "main...")).changes).toEqual([]);
  });

  test("is read from the same folder of the repository, with the packages that are installed", async () => {
    const index = `import { objective } from "numbers";\n${DECLARATIONS.replace("objective: 99.9", "objective")}`;
    const root = project({
      "team/slos/index.ts": index,
      "packages/numbers/index.js": "export const objective = 99.9;",
    });
    put(root, "packages/numbers/package.json", '{ "type": "module", "exports": "./index.js" }');
    put(root, ".gitignore", "node_modules\n");
    mkdirSync(join(root, "node_modules"));
    symlinkSync(join(root, "packages/numbers"), join(root, "node_modules/numbers"));
    git(root, "init", "--quiet");
    commit(root);
    put(root, "team/slos/index.ts", LOOSER);
    expect((await found(join(root, "team"), "HEAD")).summary).toContain("from 99.9% to 99.5%");
  });

  test("whose node_modules is a link out of the repository finds the packages that it leads to", async () => {
    const root = project({ "repository/slos/index.ts": DECLARATIONS, "packages/shared/index.js": "" });
    const repo = join(root, "repository");
    symlinkSync("../packages", join(repo, "node_modules"));
    git(repo, "init", "--quiet");
    commit(repo);
    put(repo, "slos/index.ts", LOOSER);
    expect((await found(repo, "HEAD")).summary).toContain("from 99.9% to 99.5%");
  });

  test("without declarations makes everything new", async () => {
    const root = repository({ "README.md": "" });
    const { status, stdout, stderr } = await firebreak(root, ["diff", "main"]);
    expect(status).toBe(0);
    expect(stderr).toContain("main has no slos/index.ts");
    expect(stdout).toContain("SLO `api/availability` is new");
  });

  test("that does not compile is reported with its own issues", async () => {
    const root = repository({ "slos/index.ts": DECLARATIONS.replace("99.9", "0.999") });
    const { ok, issues, baseIssues } = await found(root, "main");
    expect({ ok, issues }).toEqual({ ok: false, issues: [] });
    expect(baseIssues.map(({ code, source }) => [code, source.file])).toEqual([
      ["objective-out-of-range", "slos/index.ts"],
    ]);
    expect((await firebreak(root, ["diff", "main"])).status).toBe(1);
  });

  test.each([["nowhere"], ["nowhere..."], ["--", "-x"], ["./nowhere"]])(
    "that git does not know is an issue: %s %s",
    async (...args) => {
      const root = repository();
      const { issues } = JSON.parse((await firebreak(root, ["diff", "--json", ...args])).stdout) as Found;
      expect(issues.map(({ code, path }) => [code, path])).toEqual([["no-base", ["base"]]]);
    },
  );

  test("outside of a repository is an issue, and the same on a terminal", async () => {
    const { status, stdout, stderr } = await firebreak(project(SOUND), ["diff", "main"], {
      GIT_CEILING_DIRECTORIES: tmpdir(),
    });
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(/no-base base: .*main/);
  });
});

describe("a folder or a module", () => {
  test("is a base too", async () => {
    const root = project({ ...SOUND, "before/slos/index.ts": LOOSER, "old.ts": LOOSER });
    for (const base of ["before", "./before", "old.ts"])
      expect((await found(root, base)).summary).toContain("is tightened from 99.5% to 99.9%");
  });
});

describe("what `explain --json` printed", () => {
  test("of declarations that do not build is no base, and the hint says what would be", async () => {
    const root = project({ "slos/index.ts": DECLARATIONS.replace("99.9", "0.999") });
    put(root, "base.json", (await firebreak(root, ["explain", "--json"])).stdout);
    put(root, "slos/index.ts", DECLARATIONS);
    const { status, stderr } = await firebreak(root, ["diff", "base.json"]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/\nbase\.json:1 not-loadable services: base\.json has no `services`\.\n {2}hint: Save it /);
  });

  test("is a base too, with the platform that it had", async () => {
    const root = project(SOUND);
    put(root, "base.json", (await firebreak(root, ["explain", "--json"])).stdout);
    expect(await found(root, "base.json")).toMatchObject({ ok: true, changes: [], breaks: [] });
    put(root, "slos/index.ts", LOOSER.replace('secret: "pd"', 'secret: "other"'));
    const { breaks } = await found(root, "base.json");
    expect(breaks.map(({ kind, id }) => [kind, id])).toEqual([
      ["loosened", "api/availability"],
      ["rerouted", "web page"],
    ]);
  });

  test("cut short is an issue", async () => {
    const root = project({ ...SOUND, "base.json": '{ "declared": {' });
    const { baseIssues } = await found(root, "base.json");
    expect(baseIssues.map(({ code }) => code)).toEqual(["not-loadable"]);
  });
});

describe("--rules", () => {
  const rules = (expr: string) => JSON.stringify({ groups: [{ name: "g", rules: [{ alert: "Own", expr }] }] });
  const renamed = DECLARATIONS.replace('name: "availability"', 'name: "success"');

  test("names the rules of one's own that read what goes", async () => {
    const files = { "rules/a.yaml": rules('slo:info{slo="availability"}'), "rules/b.yaml": rules("up == 0") };
    const root = project({ ...SOUND, ...files, "old.ts": DECLARATIONS });
    put(root, "slos/index.ts", renamed);
    const { failed, breaks } = await found(root, "old.ts", "--rules", "rules/*.yaml", "--fail-on", "still-read");
    expect([failed, breaks.map(({ kind }) => kind)]).toEqual([["still-read"], ["still-read", "renamed"]]);
  });

  test("that match nothing are wrong usage, and what cannot be read is a warning", async () => {
    const root = project({ ...SOUND, "rules/a.yaml": "a: [" });
    expect((await firebreak(root, ["diff", ".", "--rules", "no/*.yaml"])).status).toBe(2);
    expect((await found(root, ".", "--rules", "rules/*.yaml")).issues).toMatchObject([{ code: "rules-unreadable" }]);
  });
});

describeWithEngine("prometheus", "--against a real Prometheus", () => {
  test("says what loading the rules would change, and fails by --fail-on any", async () => {
    const root = project(SOUND);
    expect((await firebreak(root, ["build"])).status).toBe(0);
    const config = JSON.stringify({ rule_files: [join(root, "generated/prometheus/*.rules.yaml")] });
    const server = await startPrometheus({ config });
    onTestFinished(() => server.stop());
    const args = ["diff", "--against", `prometheus=${server.url}`, "--fail-on", "any"];
    expect(await firebreak(root, args)).toEqual({ status: 0, stdout: "", stderr: "" });
    put(root, "slos/index.ts", LOOSER);
    const { status, stdout, stderr } = await firebreak(root, args);
    expect([status, stderr]).toEqual([1, "Fails by --fail-on: any.\n"]);
    expect(stdout).toMatch(/^\*\*\d rule groups? loaded with other content \(\d+ rules\)\.\*\*/);
    expect(stdout).toContain("SloBurnPageFast (availability, page-fast)");
  });
});

describe("--against", () => {
  test("a port at which nothing listens is an issue of its own", async () => {
    const { status, stdout } = await firebreak(project(SOUND), [
      "diff",
      "--against",
      "prometheus=http://127.0.0.1:1",
      "--json",
    ]);
    expect([status, JSON.parse(stdout)]).toMatchObject([
      1,
      { ok: false, issues: [{ code: "prometheus-unreachable", path: ["--against"] }] },
    ]);
  });

  test.each([
    [["--against", "mimir"]],
    [["--against", "prometheus=http://localhost", "main"]],
    [["--against", "prometheus=http://localhost", "--fail-on", "loosened"]],
    [[]],
  ])("is wrong usage with anything else: %j", async (args) => {
    const { status, stderr } = await firebreak(project(SOUND), ["diff", ...args]);
    expect([status, stderr]).toEqual([2, expect.stringContaining("hint:")]);
  });
});

describe("what does not differ", () => {
  test("is nothing at all in a pipe, and one line of text", async () => {
    const root = project(SOUND);
    expect(await firebreak(root, ["diff", "."])).toEqual({ status: 0, stdout: "", stderr: "" });
    const { stdout } = await firebreak(root, ["diff", ".", "--format", "text"]);
    expect(stdout).toBe("Against . nothing changes.\n");
  });
});

describe("--fail-on", () => {
  test("exits 1 for its kinds of breaks alone, and prints what it found all the same", async () => {
    const root = project({ ...SOUND, "old.ts": DECLARATIONS.replace("99.9", "99.99") });
    const failing = await firebreak(root, ["diff", "old.ts", "--fail-on", "removed,loosened"]);
    expect(failing.status).toBe(1);
    expect(failing.stdout).toContain("is loosened");
    expect(failing.stderr).toContain("loosened");
    expect((await firebreak(root, ["diff", "old.ts", "--fail-on", "removed"])).status).toBe(0);
    expect(await found(root, "old.ts", "--fail-on", "any")).toMatchObject({ ok: false, failed: ["loosened"] });
    put(root, "slos/index.ts", DECLARATIONS.replace("99.9,", '99.9, loosened: { from: 99.99, why: "Agreed." },'));
    expect(await found(root, "old.ts", "--fail-on", "loosened")).toMatchObject({ ok: true, failed: [] });
  });
});

test("declarations that do not compile are reported first, as build tells them", async () => {
  const root = repository();
  put(root, "slos/index.ts", DECLARATIONS.replace("99.9", "0.999"));
  const { status, stdout, stderr } = await firebreak(root, ["diff", "main"]);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toContain("objective-out-of-range");
});
