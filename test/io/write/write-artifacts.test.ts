/** The output directory is shared with people: what is theirs stays, what is ours is exact. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { UnusablePath } from "../../../src/io/write/unusable-path.ts";
import { applyWrite, planWrite } from "../../../src/io/write/write-artifacts.ts";
import { build, FOLDERS, HEAD, made, out, paths, plan, put, read, root, tree, useOutput } from "../output.ts";

useOutput();

describe("a build", () => {
  test("into nothing makes the directory and the files, and nothing else", () => {
    const plan = build({ "prometheus/api.rules.yaml": "a", "runbooks/api/x.md": "b" });
    expect(paths(plan.created)).toEqual(["prometheus/api.rules.yaml", "runbooks/api/x.md"]);
    expect(tree()).toEqual(["prometheus/api.rules.yaml", "runbooks/api/x.md"]);
    expect(read("runbooks/api/x.md")).toBe(made("b"));
  });

  test("of the same artifacts touches no file", () => {
    build({ "a/x.yaml": "1" });
    const before = statSync(join(out, "a/x.yaml")).ino;
    expect(build({ "a/x.yaml": "1" }).unchanged).toEqual(["a/x.yaml"]);
    expect(statSync(join(out, "a/x.yaml")).ino).toBe(before);
  });

  test("replaces a changed file with a new one, so that no reader sees half of it", () => {
    build({ "a/x.yaml": "1" });
    const before = statSync(join(out, "a/x.yaml")).ino;
    expect(paths(build({ "a/x.yaml": "2" }).changed)).toEqual(["a/x.yaml"]);
    expect(read("a/x.yaml")).toBe(made("2"));
    expect(statSync(join(out, "a/x.yaml")).ino).not.toBe(before);
  });

  test("deletes what it made before and makes no longer, with folders that are empty then", () => {
    build({ "a/deep/x.yaml": "1", "b/y.yaml": "2" });
    expect(build({ "b/y.yaml": "2" }).deleted).toEqual(["a/deep/x.yaml"]);
    expect(tree()).toEqual(["b/y.yaml"]);
    expect(existsSync(join(out, "a"))).toBe(false);
  });

  test("leaves the files of people in its folders alone", () => {
    build({ "a/x.yaml": "1" });
    put("a/notes.md", "mine");
    put("a/old.yaml", "# Made by firebreak from an old declaration.\n");
    build({});
    expect(tree()).toEqual(["a/notes.md", "a/old.yaml"]);
  });

  test("looks for its own only where builds write, and no deeper", () => {
    const elsewhere = ["x.yaml", "elsewhere/x.yaml", "a/.hidden/deep/x.yaml", "a/other/a/x.yaml"];
    for (const path of elsewhere) put(path, made("1"));
    expect(build({ "a/y.yaml": "2" }).deleted).toEqual([]);
  });

  test("of one target deletes what it makes no longer, and nothing that others make", () => {
    build({ "a/x.yaml": "1", "a/z.yaml": "3", "b/y.yaml": "2" });
    const plan = build({ "a/x.yaml": "new" }, (path) => path.startsWith("a/"));
    expect(plan.deleted).toEqual(["a/z.yaml"]);
    expect(build({ "a/x.yaml": "new", "b/y.yaml": "2" })).toMatchObject({
      created: [],
      changed: [],
      deleted: [],
      issues: [],
    });
  });

  test.each([
    ["would leave the directory", { path: "../x", format: "text", value: `${HEAD}\n` }],
    ["is in no folder that builds write", { path: "x.yaml", format: "text", value: `${HEAD}\n` }],
    ["does not say that it is ours", { path: "a/x.yaml", format: "text", value: "1" }],
  ] as const)("refuses an artifact that %s", (_why, artifact) => {
    expect(() => planWrite({ directory: out, folders: FOLDERS, artifacts: [artifact] })).toThrow("Unsound");
  });
});

describe("two builds at once", () => {
  test("end as the one that ends last, whole", () => {
    build({ "a/x.yaml": "1", "a/y.yaml": "1" });
    // This one sees that y.yaml need not change; then the other one changes it.
    const slow = plan({ "a/x.yaml": "2", "a/y.yaml": "1" });
    build({ "a/x.yaml": "3", "a/y.yaml": "3", "a/z.yaml": "3" });
    applyWrite(slow);
    expect(tree()).toEqual(["a/x.yaml", "a/y.yaml"]);
    expect([read("a/x.yaml"), read("a/y.yaml")]).toEqual([made("2"), made("1")]);
  });

  test("say so where neither lets the other end", () => {
    const planned = plan({ "a/x.yaml": "1" });
    // Somebody puts a file of theirs back as soon as it is replaced.
    const output = {
      ...planned.output,
      get files() {
        put("a/x.yaml", "theirs");
        return planned.output.files;
      },
    };
    expect(() => applyWrite({ ...planned, output })).toThrow(/at the same time/);
  });
});

describe("a directory that cannot be written", () => {
  test("is said to be a file where it is one", () => {
    writeFileSync(out, "x");
    expect(() => build({ "a/a.md": "1" })).toThrow(UnusablePath);
  });

  test.each(["file/generated", "file/deep/generated"])("is refused below a file (%s)", (path) => {
    writeFileSync(join(root, "file"), "x");
    expect(() => applyWrite(plan({ "a/a.md": "1" }, undefined, join(root, path)))).toThrow(UnusablePath);
  });

  test("is refused where the system allows no files", () => {
    expect(() => applyWrite(plan({ "a/a.md": "1" }, undefined, "/proc/firebreak"))).toThrow(
      /^Cannot write to \/proc\/firebreak: .*Nothing was written\.$/,
    );
  });

  test("in a part keeps everything as it was, without temporary files", () => {
    build({ "a/a.md": "1" });
    const planned = plan({ "a/a.md": "2", "b/c.md": "3", "d/e.md": "4" });
    // Between the look and the write, somebody puts a file where a folder is needed.
    put("d", "in the way");
    expect(() => applyWrite(planned)).toThrow(UnusablePath);
    expect(tree()).toEqual(["a/a.md", "d"]);
    expect(existsSync(join(out, "b"))).toBe(false);
    expect(read("a/a.md")).toBe(made("1"));
  });
});

describe("an interruption", () => {
  test("leaves temporary files only when it kills outright, and the next build removes them wherever they are", () => {
    build({ "a/x.yaml": "1" });
    const { pid } = spawnSync(process.execPath, ["--version"]);
    const id = "0b0e7a52-5d0c-4c86-9d2f-2f1f3c1b9a10";
    // In a container, every build may have the same number.
    for (const name of [`${pid}-0`, `${pid}-${id}`, `${process.pid}-0`])
      for (const folder of ["", "a/", "b/", "runbooks/api/"]) put(`${folder}.firebreak-${name}.tmp`, "half");
    put("a/.firebreak-notes.tmp", "mine");
    build({ "a/x.yaml": "1" });
    expect(tree()).toEqual(["a/.firebreak-notes.tmp", "a/x.yaml"]);
    expect(readdirSync(out)).toEqual(["a"]);
  });

  test("of another build that still runs is none: its temporary files stay", () => {
    put(`a/.firebreak-${process.ppid}-0.tmp`, "not whole yet");
    build({ "a/x.yaml": "1" });
    expect(tree()).toEqual([`a/.firebreak-${process.ppid}-0.tmp`, "a/x.yaml"]);
  });

  test("waits until the files are whole", () => {
    const module = new URL("../../../src/io/write/without-interruption.ts", import.meta.url).href;
    const script = `import { withoutInterruption } from ${JSON.stringify(module)};
      withoutInterruption(() => { process.kill(process.pid, "SIGINT"); process.kill(process.pid, "SIGTERM"); });
      console.log("whole");`;
    const { stdout, signal } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
      encoding: "utf8",
    });
    expect({ stdout, signal }).toEqual({ stdout: "whole\n", signal: null });
  });
});
