/**
 * `npm test` itself: skips are named and counted, and nothing that fails, or runs nothing, passes. What needs engines is
 * left to `npm run test:engines`, which runs nothing else.
 */
import { spawnSync } from "node:child_process";
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const header = `
  import { beforeAll, describe, test } from "vitest";
  import { describeWithEngine } from ${JSON.stringify(join(root, "test/support/engines.ts"))};
`;
const noEngines = { FIREBREAK_CACHE: "/nowhere", PATH: "/usr/bin-of-nobody", FIREBREAK_ENGINES: "" };

interface Asked {
  readonly args?: string[];
  readonly env?: Record<string, string>;
  /** How many files have the text. */
  readonly files?: number;
}

/** Runs `npm test` on a test file in a folder of its own. */
function npmTest(file: string, { args = [], env = {}, files = 1 }: Asked = {}) {
  const cwd = mkdtempSync(join(tmpdir(), "firebreak-npm-test-"));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  symlinkSync(join(root, "node_modules"), join(cwd, "node_modules"));
  symlinkSync(join(root, "vitest.config.ts"), join(cwd, "vitest.config.ts"));
  mkdirSync(join(cwd, "test"));
  for (const name of "abc".slice(0, files)) writeFileSync(join(cwd, `test/${name}.test.ts`), header + file);
  const command = [join(root, "tools/test.ts"), ...args];
  const { status, stdout } = spawnSync(process.execPath, command, {
    cwd,
    env: { ...process.env, ...noEngines, ...env },
    encoding: "utf8",
  });
  const lines = stdout.trimEnd().split("\n");
  return { status, last: lines.at(-1), skips: lines.filter((line) => line.startsWith("skipped: ")) };
}

const needsTwo = `
  test("ok", () => {});
  describeWithEngine(["promtool", "amtool"], "rules", () => {
    beforeAll(() => { throw new Error("must not run"); });
    test("one", () => {});
    describe("nested", () => test("two", () => {}));
  });`;

test("a suite that needs engines is left out, counted under what it needs", () => {
  expect(npmTest(needsTwo, { env: { FIREBREAK_ENGINES: "required" } })).toEqual({
    status: 0,
    last: "1 passed, 0 failed, 2 skipped",
    skips: ["skipped: needs promtool and amtool (npm run test:engines): 2 tests"],
  });
});

test("without --engines a test that looks for an engine finds none, even if one is there", () => {
  const cache = join(import.meta.dirname, "nobody");
  const finds = `import { cachedEnginePath } from ${JSON.stringify(join(root, "tools/engines/find-engine.ts"))};
    test("ok", ({ expect }) => expect(cachedEnginePath("promtool")).not.toContain(${JSON.stringify(cache)}));`;
  const env = { FIREBREAK_CACHE: cache };
  expect(npmTest(finds, { env })).toMatchObject({ status: 0, last: "1 passed, 0 failed, 0 skipped" });
});

test("with --engines, only what needs engines is run and counted", () => {
  const found = `test("ok", () => { throw new Error() }); describeWithEngine([], "none", () => test("a", () => {}));`;
  expect(npmTest(found, { args: ["--engines"] })).toEqual({
    status: 0,
    last: "1 passed, 0 failed, 0 skipped",
    skips: [],
  });
});

test("with --engines, a missing engine skips its suite, counted under the reason", () => {
  const found = `${needsTwo} describeWithEngine([], "none", () => test("a", () => {}));`;
  expect(npmTest(found, { args: ["--engines"] })).toEqual({
    status: 0,
    last: "1 passed, 0 failed, 2 skipped",
    skips: ["skipped: promtool and amtool are not on this machine (run npm run engines): 2 tests"],
  });
});

test("with --engines, a missing engine fails where engines are required", () => {
  expect(npmTest(needsTwo, { args: ["--engines"], env: { FIREBREAK_ENGINES: "required" } })).toEqual({
    status: 1,
    last: "0 passed, 1 failed, 0 skipped",
    skips: [],
  });
});

test("skips are listed with their reasons, whoever gave them", () => {
  const note = `test("a", (context) => context.skip("no such bucket"))`;
  const reason = `test("b", { skip: true, meta: { skipReason: "no browser" } }, () => {})`;
  const none = `describe.skip("group", () => test("c", () => {}))`;
  expect(npmTest(`test("ok", () => {}); ${note}; ${reason}; ${none}; test.todo("d");`)).toEqual({
    status: 0,
    last: "1 passed, 0 failed, 4 skipped",
    skips: [
      "skipped: no such bucket: 1 test",
      "skipped: no browser: 1 test",
      "skipped: no reason given in test/a.test.ts > group: 1 test",
      "skipped: still to be written: 1 test",
    ],
  });
});

test.each([
  ["a failing test", `test("a", () => { throw new Error() })`, "1 passed, 1 failed, 0 skipped"],
  [
    "a failing hook",
    `describe("g", () => { beforeAll(() => { throw new Error() }); test("a", () => {}) })`,
    "1 passed, 1 failed, 1 skipped",
  ],
  ["an unhandled rejection", `test("a", () => { void Promise.reject(new Error()) })`, "2 passed, 1 failed, 0 skipped"],
  ["a file that does not load", `throw new Error()`, "0 passed, 1 failed, 0 skipped"],
])("%s fails the run", (_, failing, last) => {
  expect(npmTest(`test("ok", () => {}); ${failing}`)).toMatchObject({ status: 1, last });
});

test("a run of nothing fails", () => {
  expect(npmTest(`test("ok", () => {})`, { args: ["no-such-file"] })).toMatchObject({
    status: 1,
    last: "0 passed, 0 failed, 0 skipped",
  });
});

// npm run test:engines loads only the files that say so.
test("what needs engines says so in a test file, and in no helper", () => {
  const helpers = globSync("test/**/*.ts", { cwd: root, exclude: ["**/*.test.ts", "test/support/engines.ts"] });
  const calls = (file: string) => /\bdescribe(WithEngine|BeyondNpm)\(/.test(readFileSync(join(root, file), "utf8"));
  expect(helpers.length).toBeGreaterThan(20);
  expect(helpers.filter(calls)).toEqual([]);
});

test("what one file changes in its process, the next one does not find", () => {
  const changes = `test("ok", ({ expect }) => {
    expect([process.env.LEFT, process.env.HOME, process.cwd()]).toEqual([undefined, "/home", expect.not.stringMatching(/\\/$/)]);
    Object.assign(process.env, { LEFT: "behind", HOME: "/" });
    process.chdir("/");
  });`;
  const run = npmTest(changes, { files: 2, args: ["--maxWorkers=1"], env: { HOME: "/home" } });
  expect(run).toMatchObject({ status: 0, last: "2 passed, 0 failed, 0 skipped" });
});

test("arguments reach Vitest", () => {
  const run = npmTest(`test("one", () => {}); test("two", () => {});`, { args: ["-t", "one", "--reporter=dot"] });
  expect(run).toEqual({ status: 0, last: "1 passed, 0 failed, 1 skipped", skips: ["skipped: left out by -t: 1 test"] });
});
