/** What counts as the same test: the texts that promtool gets, and promtool; no comment of ours, and no place of a file. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { openPassed } from "../../../src/io/play/passed.ts";
import type { Piece } from "../../../src/play/piece.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "firebreak-passed-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
});

const TEST = `# Made by firebreak. Sum: 1
rule_files: ["0.rules.yaml"]
#
tests:
  - name: one
`;
const RULES = `# Made by firebreak. Sum: 2
groups:
#
  - name: api
    rules: [{ record: a, expr: b }]
`;

function pieceOf(test: string, rules: string, path = "/here/api.rules.yaml"): Piece {
  const files = [
    { name: "test.yaml", text: test },
    { name: "0.rules.yaml", text: rules },
  ];
  return { files, rules: [{ path, name: "0.rules.yaml" }] };
}

const remembers = (piece: Piece, promtool = "p"): boolean => openPassed(promtool, folder).has(piece);

test("nothing is known at first, and what was added is known to everybody who opens it later", () => {
  const piece = pieceOf(TEST, RULES);
  expect(remembers(piece)).toBe(false);
  openPassed("p", folder).add(piece);
  expect(remembers(piece)).toBe(true);
});

test.each([
  ["another sum at the top", pieceOf(TEST.replace("Sum: 1", "Sum: 3"), RULES.replace("Sum: 2", "Sum: 4"))],
  ["fewer lines that were taken out", pieceOf(TEST.replace("\n#\n", "\n"), RULES.replace("\n#\n", "\n#\n#\n#\n"))],
  ["another folder", pieceOf(TEST, RULES, "/elsewhere/api.rules.yaml")],
])("%s is the same test", (_what, piece) => {
  openPassed("p", folder).add(pieceOf(TEST, RULES));
  expect(remembers(piece)).toBe(true);
});

test.each([
  ["an expression", pieceOf(TEST, RULES.replace("expr: b", "expr: c"))],
  ["a test", pieceOf(TEST.replace("one", "two"), RULES)],
  ["a comment within what is played", pieceOf(TEST, RULES.replace("    rules", "    # said\n    rules"))],
  ["a text that moved from one file into the other", pieceOf(`${TEST}${RULES}`, "")],
])("with another %s it is another test", (_what, piece) => {
  openPassed("p", folder).add(pieceOf(TEST, RULES));
  expect(remembers(piece)).toBe(false);
});

test("another promtool has passed nothing, and one whose file is not found never has", () => {
  const piece = pieceOf(TEST, RULES);
  openPassed("p", folder).add(piece);
  expect(remembers(piece, "q")).toBe(false);
  openPassed(undefined, folder).add(piece);
  expect(openPassed(undefined, folder).has(piece)).toBe(false);
});

test("a test on rules outside of it is never remembered: they may change", () => {
  const piece = { ...pieceOf(TEST, RULES), rules: [{ path: "/here/api.rules.yaml" }] };
  openPassed("p", folder).add(piece);
  expect(remembers(piece)).toBe(false);
});

test("what was cut off in the middle of a line is no test", () => {
  const piece = pieceOf(TEST, RULES);
  openPassed("p", folder).add(piece);
  const path = join(folder, "passed-tests");
  const line = readFileSync(path, "utf8").trim();
  rmSync(path);
  appendFileSync(path, line.slice(0, 20));
  expect(remembers(piece)).toBe(false);
});

test("a list that has grown too long begins again", () => {
  const path = join(folder, "passed-tests");
  appendFileSync(path, `${"0".repeat(32)}\n`.repeat(500_000));
  const piece = pieceOf(TEST, RULES);
  openPassed("p", folder).add(piece);
  expect(statSync(path).size).toBe(33);
  expect(remembers(piece)).toBe(true);
});
