/** Modules that do not load: one issue each, with its place and what to write instead. In a real process: Vitest loads modules its own way. */
import { describe, expect, test } from "vitest";
import type { Issue } from "../../../src/issue.ts";
import { firebreak, project, put, SOUND } from "../../cli/firebreak.ts";

interface Refused {
  readonly text: string;
  readonly line: number;
  readonly column?: number;
  /** What the hint says to write. */
  readonly toWrite?: string;
}

const BROKEN: Readonly<Record<string, Refused>> = {
  "a syntax error": { text: "export const a = 1;\nconst b = { c: 1,, };", line: 2, column: 18 },
  "an unclosed brace": { text: "export const services = [{", line: 1 },
  "a name declared twice": { text: "const a = 1;\nconst a = 2;", line: 2, column: 7 },
  "a name declared twice in another module": { text: 'import "./twice.ts";', line: 3, column: 7 },
  "an enum": { text: "export const a = 1;\nexport enum Color { red }", line: 2, column: 8, toWrite: "as const" },
  "a namespace": { text: "namespace A { export const b = 1 }", line: 1 },
  "a parameter property": {
    text: "class A {\n  constructor(private b: number) {}\n}",
    line: 2,
  },
  "an import assignment": { text: 'import a = require("a");', line: 1 },
  "a type imported as a value": {
    text: 'import { defineService } from "firebreak";\nimport { Thing } from "./thing.js";',
    line: 2,
    column: 10,
    toWrite: "import type",
  },
  "a name that is not there": { text: "export const services = [event({})];", line: 1 },
  "built-ins that are changed": {
    text: "Array.prototype.map = (() => []) as never;\nexport const services = [];",
    line: 1,
  },
  "an export that is not there": {
    text: 'import { defineServce } from "firebreak";',
    line: 1,
  },
  "a constructor that was dropped": {
    text: 'import { meanOfSlices } from "firebreak";',
    line: 1,
    toWrite: "timeSlices",
  },
  "a module that is not there": {
    text: 'import "firebreak";\n\nimport { a } from "./nowhere.js";',
    line: 3,
    column: 19,
  },
  "a package that is not installed": {
    text: 'import { a } from "@acme/slos/deep";',
    line: 1,
    toWrite: "npm install @acme/slos`",
  },
  "a part of firebreak that is not there": {
    text: 'import { a } from "firebreak/nope";',
    line: 1,
    toWrite: 'from "firebreak"',
  },
  "JSON without its attribute": { text: 'import a from "./a.json";', line: 1, toWrite: 'type: "json"' },
  "a module that throws": {
    text: "const a: { b?: { c: number } } = {};\nexport const services = [a.b!.c];",
    line: 2,
  },
  "a module that throws no error": { text: 'throw "no";', line: 1 },
  "a promise that fails by itself": {
    text: 'export const services = [];\nPromise.reject(new Error("later"));',
    line: 2,
  },
  "a promise that never settles": { text: "await new Promise(() => {});", line: 1 },
  "a circle of imports": { text: 'import { b } from "./circle.ts";\nexport const a = b;', line: 2 },
  CommonJS: { text: 'const a = require("firebreak");', line: 1 },
  "no services": { text: "export const servics = [];", line: 1, toWrite: "export const services" },
  nothing: { text: "", line: 1, toWrite: "export const services" },
};

describe("what does not load is one issue with its place", () => {
  test.each(Object.entries(BROKEN))("%s", async (_title, { text, line, column, toWrite }) => {
    const root = project({
      "slos/index.ts": text,
      "slos/thing.ts": "export interface Thing { a: number }",
      "slos/circle.ts": 'import { a } from "./index.ts";\nexport const b = a;',
      "slos/twice.ts": "const a = 1;\n\nconst a = 2;",
      "slos/a.json": "{}",
    });
    const { status, stdout, stderr } = await firebreak(root, ["check", "--json"]);
    const { ok, issues } = JSON.parse(stdout) as { ok: boolean; issues: Issue[] };
    expect({ status, ok, stderr }).toEqual({ status: 1, ok: false, stderr: "" });
    expect(issues.map((fact) => fact.code)).toEqual(["not-loadable"]);
    expect(issues[0]?.source?.file).toMatch(/^slos\/(index|circle|twice)\.ts$/);
    expect(issues[0]?.source?.line).toBe(line);
    if (column !== undefined) expect(issues[0]?.source?.column).toBe(column);
    expect(issues[0]).toMatchObject({ message: expect.stringMatching(/./), hint: expect.stringMatching(/./) });
    if (toWrite !== undefined) expect(issues[0]?.hint).toContain(toWrite);
    expect(issues[0]?.message).not.toMatch(/\n| {4}at /);
  });
});

describe("a user's project", () => {
  test('needs neither firebreak installed nor "type": "module"', async () => {
    const root = project({ ...SOUND, "package.json": '{ "type": "commonjs" }' });
    expect(await firebreak(root, ["check"])).toMatchObject({ status: 0, stdout: "1 SLO checked: no issues.\n" });
  });

  test.each(["./api", "./api.js", "./api.ts", "./folder", "./folder/index.js"])("may import %s", async (specifier) => {
    const api = SOUND["slos/index.ts"];
    const root = project({
      "slos/index.ts": `export * from "${specifier}";`,
      "slos/api.ts": api,
      "slos/folder/index.ts": api,
    });
    expect(await firebreak(root, ["check"])).toMatchObject({ status: 0 });
  });

  test("may keep JavaScript that Node finds", async () => {
    const root = project({ "slos/index.ts": 'export * from "./api.mjs";', "slos/api.mjs": SOUND["slos/index.ts"] });
    expect(await firebreak(root, ["check"])).toMatchObject({ status: 0 });
  });

  test("may print while it loads, and leave timers behind", async () => {
    const root = project(SOUND);
    put(root, "slos/index.ts", `${SOUND["slos/index.ts"]}console.log("hello"); setInterval(() => {}, 1000);`);
    const { status, stdout, stderr } = await firebreak(root, ["check", "--json"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "hello\n" });
    expect(JSON.parse(stdout)).toMatchObject({ ok: true });
  });
});

describe("--platform", () => {
  const OTHER =
    'import { definePlatform } from "firebreak";\nexport const platform = definePlatform({ scrapeInterval: "nonsense" as "1s" });';

  test("takes the place of the declared platform", async () => {
    const root = project({ ...SOUND, "slos/staging.ts": OTHER });
    const { status, stderr } = await firebreak(root, ["check", "--platform", "slos/staging.ts"]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^slos\/staging\.ts:2 bad-duration platform\.scrapeInterval:/);
  });

  test("needs a module that exports one", async () => {
    const root = project({ ...SOUND, "slos/staging.ts": "export const x = 1;" });
    const { status, stderr } = await firebreak(root, ["check", "--platform", "slos/staging.ts"]);
    expect({ status, stderr }).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^slos\/staging\.ts:1 not-loadable platform: .*`x`/),
    });
  });
});
