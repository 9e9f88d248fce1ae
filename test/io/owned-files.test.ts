/** Which files are ours: what says so itself, and what an old list says. */
import { hash } from "node:crypto";
import { existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { build, codes, made, out, plan, put, read, root, tree, useOutput } from "./output.ts";

useOutput();

describe("a file in the way", () => {
  test("that does not say that it is ours is an error, and nothing is written", () => {
    build({ "a/a.md": "1" });
    put("a/b.md", "mine");
    const plan = build({ "a/a.md": "2", "a/b.md": "ours", "a/c.md": "3" });
    expect(codes(plan)).toEqual(["foreign-file"]);
    expect(tree()).toEqual(["a/a.md", "a/b.md"]);
    expect(read("a/a.md")).toBe(made("1"));
    expect(read("a/b.md")).toBe("mine");
  });

  test("with exactly our bytes is ours", () => {
    put("a/a.md", made("1"));
    expect(build({ "a/a.md": "1" })).toMatchObject({ unchanged: ["a/a.md"], issues: [] });
  });

  test.each(["a/x.yaml", "a"])("that is a folder or a file where a folder is needed is an error (%s)", (path) => {
    put(path === "a" ? "a" : "a/x.yaml/deep", "mine");
    expect(codes(build({ "a/x.yaml": "1" }))).toEqual(["foreign-file"]);
  });
});

describe("a hand edit", () => {
  test("of a file of ours is named and taken back", () => {
    build({ "a/a.md": "1" });
    put("a/a.md", made("1").replace("1\n", "edited\n"));
    expect(codes(build({ "a/a.md": "1" }))).toEqual(["edited-by-hand"]);
    expect(read("a/a.md")).toBe(made("1"));
  });

  test("is what a merge with conflicts leaves, also in the head: a build resolves it", () => {
    const [head1 = "", head2 = ""] = [made("1"), made("2")].map((text) => text.split("\n")[0]);
    put("a/a.md", `<<<<<<< HEAD\n${head1}\n1\n=======\n${head2}\n2\n>>>>>>> other\n`);
    expect(codes(build({ "a/a.md": "3" }))).toEqual(["edited-by-hand"]);
    expect(read("a/a.md")).toBe(made("3"));
  });

  test("of a file that is no longer made is named, and stays: nobody could make it again", () => {
    build({ "a/a.md": "1", "a/b.md": "2" });
    put("a/a.md", `${made("1")}mine\n`);
    const plan = build({});
    expect(codes(plan)).toEqual(["edited-by-hand"]);
    expect(plan.deleted).toEqual(["a/b.md"]);
    expect(tree()).toEqual(["a/a.md"]);
  });

  test("that is what the declarations say now is no edit", () => {
    build({ "a/a.md": "1" });
    put("a/a.md", made("2"));
    expect(build({ "a/a.md": "2" }).issues).toEqual([]);
  });

  test("is not what an older build wrote, whatever was declared since", () => {
    build({ "a/a.md": "1" });
    const later = build({ "a/a.md": "2" });
    expect(later.issues).toEqual([]);
    expect(build({ "a/a.md": "1" }).issues).toEqual([]);
  });

  test("is not what git makes of line ends", () => {
    build({ "a/a.md": "1", "a/b.md": "2", "a/c.md": "3" });
    for (const name of ["a", "b", "c"]) put(`a/${name}.md`, read(`a/${name}.md`).replaceAll("\n", "\r\n"));
    expect(plan({ "a/a.md": "1", "a/b.md": "new" })).toMatchObject({
      unchanged: ["a/a.md"],
      changed: [{ path: "a/b.md" }],
      deleted: ["a/c.md"],
      issues: [],
    });
  });
});

describe("a list that an older version left", () => {
  const old = (files: Readonly<Record<string, string>>, listed = files) => {
    for (const [path, content] of Object.entries(files)) put(path, content);
    const lines = Object.entries(listed).map(([path, text]) => `${hash("sha256", text)}  ${path}\n`);
    put(".firebreak", `# Made by firebreak. These files are its own.\n${lines.join("")}`);
  };

  test("makes its files ours once more, and is gone then", () => {
    old({ "a/x.yaml": "1", "a/y.yaml": "2", "elsewhere/z.yaml": "3" });
    const plan = build({ "a/x.yaml": "new" });
    expect(plan.issues).toEqual([]);
    expect(plan.deleted).toEqual(["a/y.yaml", "elsewhere/z.yaml", ".firebreak"]);
    expect(tree()).toEqual(["a/x.yaml"]);
  });

  test("names what was edited since: overwritten where it is made, kept where it is not", () => {
    const files = { "a/x.yaml": "1", "a/y.yaml": "2" };
    old({ "a/x.yaml": "edited", "a/y.yaml": "edited" }, files);
    expect(codes(build({ "a/x.yaml": "new" }))).toEqual(["edited-by-hand", "edited-by-hand"]);
    expect(tree()).toEqual(["a/x.yaml", "a/y.yaml"]);
    expect(read("a/x.yaml")).toBe(made("new"));
  });

  test("stays until a whole build: one of a single target does not know the others", () => {
    old({ "a/x.yaml": "1", "b/y.yaml": "2" });
    expect(build({ "a/x.yaml": "new" }, (path) => path.startsWith("a/")).deleted).toEqual([]);
    expect(build({ "a/x.yaml": "new", "b/y.yaml": "new" })).toMatchObject({ deleted: [".firebreak"], issues: [] });
  });

  test("cannot make a build delete files elsewhere", () => {
    const precious = join(root, "precious");
    writeFileSync(precious, "x");
    old({ "a/a.md": "1" }, { "a/a.md": "1", "../precious": "x", [precious]: "x" });
    put(".firebreak", `${read(".firebreak")}<<<<<<< merge\n`);
    expect(build({ "a/a.md": "2" }).deleted).toEqual([".firebreak"]);
    expect(existsSync(precious)).toBe(true);
  });

  test("is somebody else's where it does not say that firebreak made it", () => {
    put(".firebreak", "settings of mine\n");
    expect(build({ "a/a.md": "2" }).deleted).toEqual([]);
  });
});

describe("a symbolic link", () => {
  test("is never written through, as a folder or as a file", () => {
    mkdirSync(join(root, "elsewhere"));
    writeFileSync(join(root, "elsewhere/x.yaml"), "theirs");
    mkdirSync(join(out, "b"), { recursive: true });
    symlinkSync("../elsewhere", join(out, "a"));
    symlinkSync("../../elsewhere/x.yaml", join(out, "b/x.yaml"));
    expect(codes(build({ "a/x.yaml": "1", "b/x.yaml": "1" }))).toEqual(["foreign-file", "foreign-file"]);
    expect(readFileSync(join(root, "elsewhere/x.yaml"), "utf8")).toBe("theirs");
  });

  test("in a place of ours is not followed to delete", () => {
    mkdirSync(join(root, "elsewhere"));
    writeFileSync(join(root, "elsewhere/x.yaml"), made("1"));
    mkdirSync(join(out, "b"), { recursive: true });
    symlinkSync("../elsewhere", join(out, "a"));
    symlinkSync("../../elsewhere/x.yaml", join(out, "b/x.yaml"));
    expect(build({}).deleted).toEqual([]);
    expect(existsSync(join(root, "elsewhere/x.yaml"))).toBe(true);
  });

  test("to the output directory itself is the user's choice", () => {
    mkdirSync(join(root, "real"));
    symlinkSync("real", out);
    build({ "a/a.md": "1", "a/b.md": "2" });
    expect(build({ "a/a.md": "1" }).deleted).toEqual(["a/b.md"]);
    expect(existsSync(join(root, "real/a/a.md"))).toBe(true);
    expect(lstatSync(out).isSymbolicLink()).toBe(true);
  });
});
