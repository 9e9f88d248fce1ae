/** Issues as annotations: in the platforms' own form, whatever their words contain. */
import { expect, test } from "vitest";
import { annotate } from "../../../src/cli/print/annotate.ts";
import { issue } from "../../../src/issue.ts";

const places = { root: process.cwd(), slos: "slos/index.ts", strict: false };
const source = { file: "slos/a,b.ts", line: 5, column: 3 };
const placed = issue("bad-selector", ["shop", "slos", 0], "it is 100% wrong:\nhere.", "Correct it.", source);
const placeless = issue("retention-unknown", ["platform", "retention"], "it is not declared.", "Declare it.");

test("what GitHub reads as an end is written as a code", () => {
  expect(annotate("github", [placed], places)).toBe(
    "::error file=slos/a%2Cb.ts,line=5,col=3,title=bad-selector::shop.slos[0]: it is 100%25 wrong:%0Ahere. Correct it.",
  );
});

test("an issue without a place has none on GitHub, and the module's first line on GitLab", () => {
  expect(annotate("github", [placeless], places)).toMatch(/^::warning title=retention-unknown::/);
  expect(JSON.parse(annotate("gitlab", [placeless], places))).toMatchObject([
    { severity: "minor", location: { path: "slos/index.ts", lines: { begin: 1 } } },
  ]);
});

test("with strict a warning is an error", () => {
  expect(annotate("github", [placeless], { ...places, strict: true })).toMatch(/^::error /);
});

test("files are named from the repository's root", () => {
  const root = process.cwd().replace(/\/[^/]+$/, "");
  const [folder] = process.cwd().split("/").slice(-1);
  expect(JSON.parse(annotate("gitlab", [placed], { ...places, root }))).toMatchObject([
    { location: { path: `${folder}/slos/a,b.ts` } },
  ]);
});

test("an issue keeps its fingerprint when its line moves, and two issues have two", () => {
  const prints = (facts: Parameters<typeof annotate>[1]): string[] =>
    (JSON.parse(annotate("gitlab", facts, places)) as { fingerprint: string }[]).map(({ fingerprint }) => fingerprint);
  const moved = { ...placed, source: { ...source, line: 50 } };
  const other = { ...placed, path: ["shop", "slos", 1] };
  const [one, two, three] = prints([placed, moved, other]);
  expect(one).toBe(two);
  expect(three).not.toBe(one);
});
