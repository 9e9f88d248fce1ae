/** Declarations that end the process, never end, or print: there is always one answer, and stdout holds nothing else. */
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import type { Issue } from "../../src/issue.ts";
import { PATIENCE_MS } from "../support/live-wait.ts";
import { firebreak, project, SOUND, startFirebreak } from "./firebreak.ts";

const sound = SOUND["slos/index.ts"];

interface Document {
  readonly ok: boolean;
  readonly issues: readonly Issue[];
}

/** Builds with these lines before sound declarations; stdout must be one document. */
async function buildWith(lines: string, env: Readonly<Record<string, string>> = {}) {
  const root = project({ "slos/index.ts": `${lines}\n${sound}` });
  const { status, stdout, stderr } = await firebreak(root, ["build", "--json"], env);
  return { status, stderr, written: existsSync(join(root, "generated")), ...(JSON.parse(stdout) as Document) };
}

describe("declarations that end the process are one issue at the place, and nothing is written", () => {
  test.each([
    ["at load", "const code = 0;\nprocess.exit(code);", 2],
    ["in a function", "const stop = () =>\n  process.exit();\nstop();", 2],
    ["past process.exit", "process.reallyExit(0);", 1],
    ["in a timer", "setTimeout(() => process.exit(0), 0);\nawait new Promise(() => {});", 1],
    ["when nothing is left to do", 'process.on("beforeExit", () => process.exit(0));\nawait new Promise(() => {});', 1],
    ["and say that all is well", 'process.on("exit", () => { process.exitCode = 0; });\nprocess.exit(0);', 2],
    ["by a signal", 'process.kill(process.pid, "SIGKILL");\nwhile (true) {}', 1],
    ["in another module", 'import "./deep/er.ts";', 1],
  ])("%s", async (_title, lines, line) => {
    const root = project({ "slos/index.ts": `${lines}\n${sound}`, "slos/deep/er.ts": "process.exit(0);" });
    const { status, stdout } = await firebreak(root, ["build", "--json"]);
    const { ok, issues } = JSON.parse(stdout) as Document;
    expect({ status, ok, written: existsSync(join(root, "generated")) }).toEqual({
      status: 1,
      ok: false,
      written: false,
    });
    expect(issues.map(({ code, path }) => [code, path])).toEqual([["not-loadable", ["services"]]]);
    expect(issues[0]?.source?.line).toBe(line);
    expect(issues[0]?.source?.file).toBe(lines.includes("deep") ? "slos/deep/er.ts" : "slos/index.ts");
  });

  test.each(["check", "build", "explain api/availability"])("%s says it to people too", async (command) => {
    const root = project({ "slos/index.ts": `process.exit(0);\n${sound}` });
    const { status, stdout, stderr } = await firebreak(root, command.split(" "));
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(/^slos\/index\.ts:1 not-loadable services: .*\n {2}hint: .*\n\n1 error\n/);
  });

  test("later than they load", async () => {
    const getter = "export const platform = { get retention() { process.exit(0); } };";
    const root = project({ "slos/index.ts": `${getter}\n${sound.replace(/export const platform[\s\S]*/, "")}` });
    const { status, stdout } = await firebreak(root, ["build", "--json"]);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, issues: [{ code: "not-loadable", source: { line: 1 } }] });
  });
});

describe("declarations that never end are one issue when their time is up", () => {
  // Long enough for a busy machine to come to the place: the first lines of a module load at once.
  const env = { FIREBREAK_LOAD_SECONDS: "3" };

  test.each([
    ["a loop", "let n = 0;\nwhile (true)\n  n += 1;", /[23]/],
    ["a promise with a timer", "setInterval(() => {}, 1000);\nawait new Promise(() => {});", /1/],
    [
      "a promise beside timers that follow each other",
      "const again = () => setTimeout(again);\nagain();\nawait new Promise(() => {});",
      /1/,
    ],
  ])("%s", async (_title, lines, line) => {
    const { status, ok, written, issues } = await buildWith(lines, env);
    expect({ status, ok, written }).toEqual({ status: 1, ok: false, written: false });
    expect(issues.map(({ code, path }) => [code, path])).toEqual([["not-loadable", ["services"]]]);
    expect(issues[0]?.source).toMatchObject({ file: "slos/index.ts" });
    expect(String(issues[0]?.source?.line)).toMatch(line);
  });

  test("code outside of JavaScript, too", async () => {
    const { status, issues } = await buildWith("Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);", {
      FIREBREAK_LOAD_SECONDS: "1",
    });
    expect(status).toBe(1);
    expect(issues.map(({ code }) => code)).toEqual(["not-loadable"]);
  });

  test.each(["0", "-1", "soon"])("a limit of %s is wrong usage", async (seconds) => {
    const { status, stderr } = await firebreak(project(SOUND), ["check"], { FIREBREAK_LOAD_SECONDS: seconds });
    expect({ status, stderr }).toMatchObject({ status: 2, stderr: expect.stringContaining("FIREBREAK_LOAD_SECONDS") });
  });
});

describe("whatever is thrown is reported", () => {
  test.each([
    ["a bigint in an object", "throw { a: 10n };", "10n"],
    ["what holds itself", "const a: { a?: unknown } = {}; a.a = a; throw a;", "Circular"],
    ["a symbol", 'throw Symbol("odd");', "odd"],
    ["nothing", "throw undefined;", "undefined"],
    [
      "a Proxy that throws",
      'throw new Proxy({}, { get() { throw new Error("no"); }, ownKeys() { throw new Error("no"); } });',
      "threw",
    ],
    [
      "an object that prints itself",
      'throw { [Symbol.for("nodejs.util.inspect.custom")]() { throw new Error("no"); } };',
      "threw",
    ],
    ["an error whose message is none", "throw Object.assign(new Error(), { message: 10n });", "10"],
    [
      "an error that throws when it is read",
      'throw Object.defineProperty(new Error(), "message", { get() { throw new Error("no"); } });',
      "threw",
    ],
    ["an error with a stack that is none", "throw Object.assign(new Error('odd'), { stack: 10n });", "odd"],
  ])("%s", async (_title, lines, message) => {
    const { status, ok, issues, stderr } = await buildWith(lines);
    expect({ status, ok, stderr }).toEqual({ status: 1, ok: false, stderr: "" });
    expect(issues.map(({ code }) => code)).toEqual(["not-loadable"]);
    expect(issues[0]?.message).toContain(message);
    expect(issues[0]?.message).not.toContain("\n");
  });
});

describe("what declarations print goes to stderr, so that stdout holds one document", () => {
  test.each([
    ["console.log", 'console.log("SAID");'],
    ["writeSync", 'import { writeSync } from "node:fs";\nwriteSync(1, "SAID\\n");'],
    [
      "a process that they start",
      'import { spawnSync } from "node:child_process";\nspawnSync("echo", ["SAID"], { stdio: "inherit" });',
    ],
    ["the end of the process", 'process.on("exit", () => console.log("SAID"));'],
    ["a getter", ""],
  ])("%s", async (title, lines) => {
    const text =
      title === "a getter"
        ? sound.replace("retention:", 'get settle() { console.log("SAID"); return "10s"; }, retention:')
        : `${lines}\n${sound}`;
    const root = project({ "slos/index.ts": text });
    const { status, stdout, stderr } = await firebreak(root, ["build", "--json"]);
    expect(status).toBe(0);
    const { ok, issues } = JSON.parse(stdout) as { ok: boolean; issues: { level: string }[] };
    expect({ ok, doubts: issues.filter(({ level }) => level !== "note") }).toEqual({ ok: true, doubts: [] });
    expect(stderr).toMatch(/^(SAID\n)+$/);
  });
});

test("a signal ends both processes, and is reported to whoever waits", async () => {
  const lines = `import { renameSync, writeFileSync } from "node:fs";
writeFileSync("new", String(process.pid));
renameSync("new", "pid");
setInterval(() => {}, 1000);
await new Promise(() => {});`;
  const root = project({ "slos/index.ts": lines });
  const outer = startFirebreak(root, ["check"]);
  const closed = once(outer, "close");
  await vi.waitFor(() => expect(existsSync(join(root, "pid"))).toBe(true), { timeout: PATIENCE_MS });
  outer.kill("SIGTERM");
  expect(await closed).toEqual([null, "SIGTERM"]);
  expect(() => process.kill(Number(readFileSync(join(root, "pid"), "utf8")), 0)).toThrow("ESRCH");
});

describe("declarations that change the working directory", () => {
  test.each([
    ["while they load", 'process.chdir("..");', sound],
    [
      "when they are read",
      'export const platform = { get retention() { process.chdir(".."); return "90d"; } };',
      sound.replace(/export const platform[\s\S]*/, ""),
    ],
  ])("%s write no files elsewhere", async (_title, lines, rest) => {
    const root = project({ "slos/index.ts": `${lines}\n${rest}` });
    await firebreak(root, ["build"]);
    expect(existsSync(join(root, "generated"))).toBe(true);
    expect(existsSync(join(root, "..", "generated"))).toBe(false);
  });
});
