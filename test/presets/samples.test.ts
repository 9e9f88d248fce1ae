/**
 * The expositions that prove presets are made by hand: each says at its head what it was compared with, repository, path and
 * version, or why it was compared with nothing. Those are named here, so that nobody takes them for proof.
 */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { presets } from "../../src/presets/index.ts";

const FOLDER = new URL("samples/", import.meta.url);

/** Compared with no source of the system itself, and why. */
const NOT_COMPARED: Readonly<Record<string, string>> = {
  "ai-quality": "its names are proposed here, and no system has them",
  "ai-service": "its names are proposed here, and no system has them",
  "http-prometheus": "a habit of many client libraries, and of no single system",
};

const samples = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".prom"))
  .map((file) => file.replace(/\.prom$/, ""));

describe.each(samples)("%s", (name) => {
  const head = headOf(name);

  test("says at its head what it was compared with, or that it was not", () => {
    expect(head).toMatch(name in NOT_COMPARED ? /^Not compared: / : /^Compared with /);
  });

  test("is the proof of a preset", () => {
    expect(presets.flatMap(({ examples }) => examples.map(({ sample }) => sample))).toContain(name);
  });
});

test.each(samples.filter((name) => !(name in NOT_COMPARED)))("%s names a repository, a version and a path", (name) => {
  const head = headOf(name);
  expect(head).toMatch(/\b[\w.-]+\/[\w.-]+, /);
  expect(head).toMatch(/\b(commit [0-9a-f]{7,40}|tags? v?\d[\w.]*|a dump of )/);
  expect(head).toMatch(/\b[\w.…-]+\/[\w./…-]+\.(go|py|rs|lua|cc|yaml|md|txt|log|csv)\b/);
});

test("those that were not compared exist", () => {
  expect(samples).toEqual(expect.arrayContaining(Object.keys(NOT_COMPARED)));
});

/** The comment that it begins with, as one line. */
function headOf(name: string): string {
  const text = readFileSync(new URL(`${name}.prom`, FOLDER), "utf8");
  const lines = text.split("\n");
  const end = lines.findIndex((line) => !line.startsWith("# ") || /^# (HELP|TYPE) /.test(line));
  return lines
    .slice(0, end)
    .map((line) => line.slice(2))
    .join(" ");
}
