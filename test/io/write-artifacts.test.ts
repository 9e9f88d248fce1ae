/** The output directory is shared with people: what is theirs stays, what is ours is exact. */
import { execFileSync, spawnSync } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import type { Artifact } from "../../src/emit/artifact.ts";
import { UnusablePath } from "../../src/io/unusable-path.ts";
import { applyWrite, planWrite, type WritePlan } from "../../src/io/write-artifacts.ts";

let root: string;
let out: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "firebreak-io-"));
  out = join(root, "generated");
  onTestFinished(() => rmSync(root, { recursive: true }));
});

describe("a build", () => {
  test("into nothing makes the directory, the files and the list", () => {
    const plan = build({ "prometheus/api.rules.yaml": "a", "overview.md": "b" });
    expect(paths(plan.created)).toEqual(["overview.md", "prometheus/api.rules.yaml"]);
    expect(tree()).toEqual([".firebreak", "overview.md", "prometheus/api.rules.yaml"]);
    expect(read("overview.md")).toBe("b\n");
  });

  test("of the same artifacts touches no file", () => {
    build({ "a/x.yaml": "1" });
    const before = statSync(join(out, "a/x.yaml")).ino;
    const listBefore = statSync(join(out, ".firebreak")).ino;
    const plan = build({ "a/x.yaml": "1" });
    expect(plan.unchanged).toEqual(["a/x.yaml"]);
    expect(statSync(join(out, "a/x.yaml")).ino).toBe(before);
    expect(statSync(join(out, ".firebreak")).ino).toBe(listBefore);
  });

  test("replaces a changed file with a new one, so that no reader sees half of it", () => {
    build({ "a/x.yaml": "1" });
    const before = statSync(join(out, "a/x.yaml")).ino;
    expect(paths(build({ "a/x.yaml": "2" }).changed)).toEqual(["a/x.yaml"]);
    expect(read("a/x.yaml")).toBe("2\n");
    expect(statSync(join(out, "a/x.yaml")).ino).not.toBe(before);
  });

  test("deletes what it made before and makes no longer, with folders that are empty then", () => {
    build({ "a/deep/x.yaml": "1", "b/y.yaml": "2" });
    expect(build({ "b/y.yaml": "2" }).deleted).toEqual(["a/deep/x.yaml"]);
    expect(tree()).toEqual([".firebreak", "b/y.yaml"]);
    expect(existsSync(join(out, "a"))).toBe(false);
  });

  test("leaves the files of people in its folders alone", () => {
    build({ "a/x.yaml": "1" });
    put("a/notes.md", "mine");
    build({});
    expect(tree()).toEqual([".firebreak", "a/notes.md"]);
  });

  test("of one target deletes nothing that another one still makes, and what nobody makes", () => {
    build({ "a/x.yaml": "1", "b/y.yaml": "2", "b/z.yaml": "3" });
    const plan = build({ "a/x.yaml": "new" }, ["a/x.yaml", "b/y.yaml"]);
    expect(plan.deleted).toEqual(["b/z.yaml"]);
    expect(build({ "a/x.yaml": "new", "b/y.yaml": "2" })).toMatchObject({
      created: [],
      changed: [],
      deleted: [],
      issues: [],
    });
  });

  test("refuses an artifact that would leave the directory", () => {
    expect(() => plan({ "../x": "1" })).toThrow("Unsound");
    expect(() => plan({ ".firebreak": "1" })).toThrow("Unsound");
  });
});

describe("the list", () => {
  test("names the owned paths sorted, one a line, and sha256sum can check it", () => {
    build({ "b.md": "2", "a/x.yaml": "1" });
    const lines = read(".firebreak")
      .split("\n")
      .filter((line) => !line.startsWith("#") && line !== "");
    expect(lines.map((line) => line.slice(66))).toEqual(["a/x.yaml", "b.md"]);
    expect(execFileSync("sha256sum", ["--check", ".firebreak"], { cwd: out, encoding: "utf8" })).toContain("b.md: OK");
  });

  test("that was lost is rebuilt from what the files say of themselves", () => {
    const files = {
      "prometheus/api.yaml": "# Made by firebreak 0.1\nrules: []",
      "runbooks/api/x.md": "<!-- Made by firebreak -->",
      "grafana/api.json": '{"tags": ["firebreak"]}',
      "review.html": "<!doctype html>\n<!-- Made by firebreak -->",
    };
    build({ ...files, "prometheus/old.yaml": "# Made by firebreak\n" });
    put("prometheus/mine.yaml", "groups: []");
    rmSync(join(out, ".firebreak"));
    const plan = build({ ...files, "prometheus/api.yaml": "# Made by firebreak 0.2" });
    expect(plan.issues).toEqual([]);
    expect(paths(plan.changed)).toEqual(["prometheus/api.yaml"]);
    expect(plan.deleted).toEqual(["prometheus/old.yaml"]);
    expect(tree()).toContain("prometheus/mine.yaml");
  });

  test("that was lost is not looked for in folders that no build writes", () => {
    put("test/golden/api.yaml", "# Made by firebreak\n");
    expect(build({ "prometheus/api.yaml": "1" }).deleted).toEqual([]);
  });

  test("cannot make a build delete files elsewhere", () => {
    build({ "a.md": "1" });
    writeFileSync(join(root, "precious"), "x");
    const sum = "0".repeat(64);
    put(".firebreak", `${read(".firebreak")}${sum}  ../precious\n${sum}  /etc/hostname\n<<<<<<< merge\n`);
    expect(build({ "a.md": "2" }).deleted).toEqual([]);
    expect(existsSync(join(root, "precious"))).toBe(true);
  });

  test("is right after a build that stopped in between", () => {
    const stopped = plan({ "a.md": "1", "b/c.md": "2" });
    rmSync(root, { recursive: true });
    mkdirSync(join(out, "b/c.md"), { recursive: true });
    expect(() => applyWrite(stopped)).toThrow();
    rmSync(join(out, "b/c.md"), { recursive: true });
    expect(build({ "a.md": "other", "b/c.md": "2" }).issues.filter((fact) => fact.level === "error")).toEqual([]);
  });
});

describe("a file in the way", () => {
  test("that is not listed is an error, and nothing is written", () => {
    build({ "a.md": "1" });
    put("b.md", "mine");
    const plan = build({ "a.md": "2", "b.md": "ours", "c.md": "3" });
    expect(codes(plan)).toEqual(["foreign-file"]);
    expect(tree()).toEqual([".firebreak", "a.md", "b.md"]);
    expect(read("a.md")).toBe("1\n");
    expect(read("b.md")).toBe("mine");
  });

  test("that is not listed but has our header is an error while there is a list", () => {
    build({ "a.md": "1" });
    put("b.md", "<!-- Made by firebreak -->\nand copied by me");
    expect(codes(build({ "a.md": "1", "b.md": "ours" }))).toEqual(["foreign-file"]);
  });

  test("with exactly our bytes becomes ours", () => {
    put("a.md", "1\n");
    expect(build({ "a.md": "1" }).issues).toEqual([]);
    expect(read(".firebreak")).toContain("a.md");
  });

  test.each(["a/x.yaml", "a"])("that is a folder or a file where a folder is needed is an error (%s)", (path) => {
    put(path === "a" ? "a" : "a/x.yaml/deep", "mine");
    expect(codes(build({ "a/x.yaml": "1" }))).toEqual(["foreign-file"]);
  });

  test("that is a list nobody can read is an error", () => {
    mkdirSync(join(out, ".firebreak"), { recursive: true });
    expect(codes(build({ "a.md": "1" }))).toEqual(["foreign-file"]);
  });
});

describe("a hand edit", () => {
  test("of an owned file is named and taken back", () => {
    build({ "a.md": "1" });
    put("a.md", "edited");
    expect(codes(build({ "a.md": "1" }))).toEqual(["edited-by-hand"]);
    expect(read("a.md")).toBe("1\n");
  });

  test("of an owned file that is no longer made is named before it goes", () => {
    build({ "a.md": "1" });
    put("a.md", "edited");
    const plan = build({});
    expect(codes(plan)).toEqual(["edited-by-hand"]);
    expect(plan.deleted).toEqual(["a.md"]);
  });

  test("that is what the declarations say now is no edit", () => {
    build({ "a.md": "1" });
    put("a.md", "2\n");
    expect(build({ "a.md": "2" }).issues).toEqual([]);
  });
});

describe("a symbolic link", () => {
  test("is never written through, as a folder or as a file", () => {
    mkdirSync(join(root, "elsewhere"));
    writeFileSync(join(root, "elsewhere/x.yaml"), "theirs");
    mkdirSync(out);
    symlinkSync("../elsewhere", join(out, "a"));
    symlinkSync("../elsewhere/x.yaml", join(out, "b.yaml"));
    expect(codes(build({ "a/x.yaml": "1", "b.yaml": "1" }))).toEqual(["foreign-file", "foreign-file"]);
    expect(readFileSync(join(root, "elsewhere/x.yaml"), "utf8")).toBe("theirs");
  });

  test("in an owned place is not followed to delete", () => {
    build({ "a/x.yaml": "1" });
    rmSync(join(out, "a"), { recursive: true });
    mkdirSync(join(root, "elsewhere"));
    writeFileSync(join(root, "elsewhere/x.yaml"), "theirs");
    symlinkSync("../elsewhere", join(out, "a"));
    expect(build({}).deleted).toEqual([]);
    expect(existsSync(join(root, "elsewhere/x.yaml"))).toBe(true);
  });

  test("to the output directory itself is the user's choice", () => {
    mkdirSync(join(root, "real"));
    symlinkSync("real", out);
    build({ "a.md": "1" });
    expect(existsSync(join(root, "real/a.md"))).toBe(true);
    expect(lstatSync(out).isSymbolicLink()).toBe(true);
  });
});

describe("a directory that cannot be written", () => {
  test("is said to be a file where it is one", () => {
    writeFileSync(out, "x");
    expect(() => build({ "a.md": "1" })).toThrow(UnusablePath);
  });

  test.each(["file/generated", "file/deep/generated"])("is refused below a file (%s)", (path) => {
    writeFileSync(join(root, "file"), "x");
    expect(() => applyWrite(planWrite({ directory: join(root, path), artifacts: [text("a.md", "1")] }))).toThrow(
      UnusablePath,
    );
  });

  test("is refused where the system allows no files", () => {
    expect(() => applyWrite(planWrite({ directory: "/proc/firebreak", artifacts: [text("a.md", "1")] }))).toThrow(
      /^Cannot write to \/proc\/firebreak: .*Nothing was written\.$/,
    );
  });

  test("in a part keeps everything as it was, without temporary files", () => {
    build({ "a.md": "1" });
    const planned = plan({ "a.md": "2", "b/c.md": "3", "d/e.md": "4" });
    // Between the look and the write, somebody puts a file where a folder is needed.
    put("d", "in the way");
    expect(() => applyWrite(planned)).toThrow(UnusablePath);
    expect(tree()).toEqual([".firebreak", "a.md", "d"]);
    expect(existsSync(join(out, "b"))).toBe(false);
    expect(read("a.md")).toBe("1\n");
  });
});

describe("an interruption", () => {
  test("leaves temporary files only when it kills outright, and the next build removes them", () => {
    build({ "a/x.yaml": "1" });
    const { pid } = spawnSync(process.execPath, ["--version"]);
    put(`a/.firebreak-${pid}-0.tmp`, "half");
    put("a/.firebreak-notes.tmp", "mine");
    build({ "a/x.yaml": "2" });
    expect(tree()).toEqual([".firebreak", "a/.firebreak-notes.tmp", "a/x.yaml"]);
  });

  test("waits until the files are whole", () => {
    const module = new URL("../../src/io/without-interruption.ts", import.meta.url).href;
    const script = `import { withoutInterruption } from ${JSON.stringify(module)};
      withoutInterruption(() => { process.kill(process.pid, "SIGINT"); process.kill(process.pid, "SIGTERM"); });
      console.log("whole");`;
    const { stdout, signal } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
      encoding: "utf8",
    });
    expect({ stdout, signal }).toEqual({ stdout: "whole\n", signal: null });
  });
});

function build(files: Readonly<Record<string, string>>, alsoMade: readonly string[] = []): WritePlan {
  const planned = plan(files, alsoMade);
  if (planned.issues.every((fact) => fact.level === "warning")) applyWrite(planned);
  return planned;
}

function plan(files: Readonly<Record<string, string>>, alsoMade: readonly string[] = []): WritePlan {
  return planWrite({
    directory: out,
    artifacts: Object.entries(files).map(([path, value]) => text(path, value)),
    alsoMade,
  });
}

function text(path: string, value: string): Artifact {
  return { path, format: "text", value };
}

function put(path: string, content: string): void {
  mkdirSync(dirname(join(out, path)), { recursive: true });
  writeFileSync(join(out, path), content);
}

function read(path: string): string {
  return readFileSync(join(out, path), "utf8");
}

function tree(): string[] {
  const entries = readdirSync(out, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(out.length + 1))
    .sort();
}

function paths(files: readonly { readonly path: string }[]): string[] {
  return files.map((file) => file.path);
}

function codes({ issues }: WritePlan): string[] {
  return issues.map((fact) => fact.code);
}
