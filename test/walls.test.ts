/**
 * The walls of the house: what each folder of src may import. Data flows one way, so a stage sees what comes before it and
 * never what comes after. The table below is the whole law.
 */
import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const DECLARED = ["issue.ts", "time", "promql", "sli", "declare"];
const PARSED = [...DECLARED, "model", "parse"];
const PLANNED = [...PARSED, "compile"];
const NODE = ["node:*"];

/** Folders and files of src with what they import: other ones of src, packages, and parts of Node. */
const WALLS: Readonly<Record<string, readonly string[]>> = {
  "issue.ts": [],
  time: [],
  promql: ["issue.ts", "time", "@lezer/common", "@prometheus-io/lezer-promql"],
  buckets: ["promql"],
  sli: ["issue.ts", "time", "promql", "zod"],
  declare: ["issue.ts", "promql"],
  model: DECLARED,
  parse: [...DECLARED, "model", "zod"],
  presets: [...DECLARED, "parse", "buckets", "zod"],
  compile: PARSED,
  explain: PLANNED,
  prove: PLANNED,
  check: [...PLANNED, "explain", "prove", "buckets"],
  diff: [...PLANNED, "explain", "prove", "yaml"],
  simulate: [...PLANNED, "explain", "prove"],
  doctor: [...PLANNED, "explain", "check", "yaml", "zod"],
  init: [...PLANNED, "explain", "check", "presets", "buckets", "doctor"],
  emit: [...PLANNED, "explain", "prove", "yaml", "handlebars", "node:crypto"],
  review: [...PLANNED, "explain", "emit", "diff", "simulate", "d3-scale", "d3-shape"],
  "build.ts": [...PLANNED, "prove", "check", "emit"],
  play: ["promql", "yaml"],
  io: ["issue.ts", "declare", "emit", "play", ...NODE],
  // Pulumi is not loaded to build files, and the command line not to deploy.
  cli: [
    ...PLANNED,
    "explain",
    "emit",
    "diff",
    "simulate",
    "doctor",
    "review",
    "init",
    "io",
    "build.ts",
    "zod",
    ...NODE,
  ],
  pulumi: [...PLANNED, "emit", "io", "build.ts", "@pulumi/kubernetes", "@pulumi/pulumi", ...NODE],
};

/** Doors for the public alone: whatever they name is the API. */
const PUBLIC = ["index.ts", "api.ts"];

const files = globSync("src/**/*.ts");
const rooms = [...new Set(files.map(roomOf))].filter((room) => !PUBLIC.includes(room)).sort();

test("every folder of src has its row", () => expect(rooms).toEqual(Object.keys(WALLS).sort()));

test.each(Object.entries(WALLS))("%s imports what comes before it", (room, allowed) => {
  const foreign = files
    .filter((file) => roomOf(file) === room)
    .flatMap((file) => targetsOf(file).map((target) => ({ file, target })))
    .filter(({ target }) => target !== room && !allowed.includes(target));
  expect(foreign).toEqual([]);
});

test.each(Object.entries(WALLS))("%s uses the packages that it may import", (room, allowed) => {
  const used = new Set(files.filter((file) => roomOf(file) === room).flatMap(targetsOf));
  expect(allowed.filter((target) => !rooms.includes(target) && !used.has(target))).toEqual([]);
});

test("the grammar's parser is behind one door: nothing but promql/ knows it", () => {
  const readers = files.filter((file) => targetsOf(file).includes("@prometheus-io/lezer-promql"));
  expect(readers).toEqual(["src/promql/grammar/parse.ts"]);
});

test("slos/ sees the public API only", () => {
  const targets = globSync("slos/**/*.ts").flatMap((file) => importsOf(file).map((name) => ({ file, name })));
  const foreign = targets.filter(({ name }) => name.startsWith("..") || name.startsWith("/"));
  expect(foreign).toEqual([]);
});

test("no file needs itself, at first hand or through others: types neither", () => {
  const imports = new Map(files.map((file) => [file, neighboursOf(file)]));
  expect(files.filter((file) => reachableFrom(file, imports).has(file))).toEqual([]);
});

test("folders side by side import one another one way only", () => {
  const pairs = files.flatMap((file) => neighboursOf(file).map((other) => [dirname(file), dirname(other)] as const));
  const seen = new Set(pairs.map(([from, to]) => `${from} ${to}`));
  const bothWays = pairs.filter(([from, to]) => areSiblings(from, to) && seen.has(`${to} ${from}`));
  expect([...new Set(bothWays.map(([from]) => from))].sort()).toEqual([]);
});

test("units of time have one home", () => {
  const own =
    /^(?:export )?const (?:\[.*\b(?:HOUR|DAY)\b.*\]|\w*) = (?:3_?600(?:_000)?|86_?400(?:_000)?|604_?800(?:_000)?)\b|\b(?:MINUTE|HOUR|DAY|WEEK)(?:_MS|_SECONDS)? = /m;
  expect(files.filter((file) => roomOf(file) !== "time" && own.test(readFileSync(file, "utf8")))).toEqual([]);
});

test("a folder holds about fifteen files", () => {
  const sizes = Map.groupBy(files, (file) => dirname(file));
  expect([...sizes].filter(([, inside]) => inside.length > 16).map(([folder]) => folder)).toEqual([]);
});

/** Files of src that a file imports. */
function neighboursOf(file: string): string[] {
  return importsOf(file)
    .filter((name) => name.startsWith(".") && name.endsWith(".ts"))
    .map((name) => join(dirname(file), name));
}

function reachableFrom(file: string, imports: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set<string>();
  const queue = [file];
  for (let next = queue.pop(); next !== undefined; next = queue.pop())
    for (const other of imports.get(next) ?? [])
      if (!found.has(other)) {
        found.add(other);
        queue.push(other);
      }
  return found;
}

function areSiblings(one: string, other: string): boolean {
  return one !== other && dirname(one) === dirname(other) && dirname(one) !== ".";
}

/** `src/compile/slo/alert.ts` is in `compile`. */
function roomOf(file: string): string {
  return file.split("/")[1] ?? "";
}

/** A folder or file of src, a package, or `node:*`. */
function targetsOf(file: string): string[] {
  return importsOf(file).map((name) => {
    if (name.startsWith(".")) return roomOf(join(dirname(file), name));
    if (name === "node:crypto" && roomOf(file) === "emit") return name;
    return name.startsWith("node:") ? "node:*" : packageOf(name);
  });
}

function importsOf(file: string): string[] {
  return ts.preProcessFile(readFileSync(file, "utf8"), true, true).importedFiles.map(({ fileName }) => fileName);
}

function packageOf(name: string): string {
  return name
    .split("/")
    .slice(0, name.startsWith("@") ? 2 : 1)
    .join("/");
}
