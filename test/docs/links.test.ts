/** Links of the pages lead somewhere, the index of the documentation has every page, and ARCHITECTURE.md names what is there. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { anchorsOf, isRelative, linksOf, resolveLink } from "../../src/emit/runbooks/markdown/markdown-links.ts";
import { allPages } from "../../tools/docs/fill.ts";

const ROOT = join(import.meta.dirname, "../..");
const pages = [...allPages(), "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"];
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");

test.each(pages)("the links of %s lead to files and headings", (page) => {
  const dead = linksOf(read(page))
    .filter(isRelative)
    .filter((link) => {
      const { file, anchor } = resolveLink(page, link);
      if (!existsSync(join(ROOT, file))) return true;
      return anchor !== "" && file.endsWith(".md") && !anchorsOf(read(file)).has(anchor);
    });
  expect(dead).toEqual([]);
});

test("docs/README.md lists every page of docs/", () => {
  const listed = linksOf(read("docs/README.md"));
  const written = readdirSync(join(ROOT, "docs")).filter((name) => name.endsWith(".md") && name !== "README.md");
  expect(written.filter((name) => !listed.includes(name))).toEqual([]);
});

describe("ARCHITECTURE.md", () => {
  const text = read("ARCHITECTURE.md");
  const paths = [...text.matchAll(/`((?:src|test|tools|bench|slos|docs)\/[\w./-]+)`/g)].map(([, path = ""]) => path);

  test("names paths that exist", () => {
    expect(paths.length).toBeGreaterThan(30);
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  test("has a row for every folder of src", () => {
    const folders = readdirSync(join(ROOT, "src"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => `src/${name}/`).filter((folder) => !text.includes(`| \`${folder}\``))).toEqual([]);
  });

  test("sends what is added to the registry of its own folder", () => {
    const steps = [...text.matchAll(/a file in `(src\/\w+)\/[^`]*`(?: and |, )a line in `([^`]+)`/g)];
    expect(steps.map(([, folder, registry]) => [folder, registry])).toEqual([
      ["src/sli", "src/sli/index.ts"],
      ["src/presets", "src/presets/index.ts"],
      ["src/emit", "src/emit/index.ts"],
    ]);
  });
});
