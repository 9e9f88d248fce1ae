/** `firebreak test`, as a process: what it says, with a promtool that says what it is told to. */
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { outputs } from "../../../src/cli/describe/outputs.ts";
import { LEAST_VERSION } from "../../../src/io/play/promtool.ts";
import { pins } from "../../../tools/engines/pins.ts";
import { type Answer, firebreak, project, put, startFirebreak } from "../firebreak.ts";

const RULES = `groups:
  - name: api
    rules:
      - record: a
        expr: x
`;
const tests = (...names: readonly string[]): string => `rule_files:
  - api.rules.yaml
tests:
${names.map((name) => `  - name: ${name}\n    promql_expr_test: [{ eval_time: 1m, expr: a, exp_samples: [] }]\n`).join("")}`;

const FILES = {
  "generated/prometheus/api.rules.yaml": RULES,
  "generated/prometheus/api.tests.yaml": tests("one", "two"),
  "generated/prometheus/api.days.tests.yaml": tests("days"),
  "generated/prometheus/shop.tests.yaml": tests("three"),
};

/** Fails what is called bad, and names its rules as promtool does. */
const STAND_IN = `#!/bin/sh
if [ "$1" = --version ]; then echo "promtool, version 3.15.0 (branch: x)"; exit 0; fi
if grep -q "name: bad" "$3"; then
  echo "  FAILED:" >&2
  echo "$(dirname "$3")/0.rules.yaml: it is bad" >&2
  exit 1
fi
echo "  SUCCESS"
`;

/** In a project with a promtool of its own, and a folder of its own for what is temporary. */
async function run(
  files: Readonly<Record<string, string>>,
  args: readonly string[] = [],
  promtool = STAND_IN,
): Promise<Answer & { readonly root: string; readonly left: readonly string[] }> {
  const root = project(files);
  put(root, "promtool", promtool);
  chmodSync(join(root, "promtool"), 0o755);
  mkdirSync(join(root, "tmp"));
  const answer = await firebreak(root, ["test", ...args], environmentOf(root));
  return { ...answer, root, left: readdirSync(join(root, "tmp")).filter((name) => name.startsWith("firebreak-test")) };
}

/** Its own promtool, and nothing that was remembered elsewhere. */
function environmentOf(root: string): Readonly<Record<string, string>> {
  const tmp = join(root, "tmp");
  return { PATH: `${root}:${process.env.PATH}`, TMPDIR: tmp, FIREBREAK_CACHE: join(tmp, "cache") };
}

const BAD = { ...FILES, "generated/prometheus/shop.tests.yaml": tests("three", "bad") };

describe("where promtool passes", () => {
  test("each service is a line, and all of them the last one", async () => {
    const { status, stdout, stderr } = await run(FILES);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout.trimEnd().split("\n").slice(0, -1).sort()).toEqual(["api: 3 tests passed", "shop: 1 test passed"]);
    expect(stdout).toMatch(/\n2 services: 4 tests passed\n$/);
  });

  test("one service is played alone where it is named", async () => {
    const { stdout } = await run(BAD, ["api"]);
    expect(stdout).toBe("api: 3 tests passed\n1 service: 3 tests passed\n");
  });
});

describe("where promtool fails a test", () => {
  test("its name and promtool's words are said, without paths that are gone", async () => {
    const { status, stdout, left } = await run(BAD, ["shop"]);
    expect(status).toBe(1);
    expect(stdout).toBe(`shop: 1 of 2 tests failed
  generated/prometheus/shop.tests.yaml: bad
  generated/prometheus/api.rules.yaml: it is bad
1 service: 1 of 2 tests failed
`);
    expect(left).toEqual([]);
  });

  test("what it says of many is said once, below all their names", async () => {
    const { stdout } = await run({ ...FILES, "generated/prometheus/shop.tests.yaml": tests("bad", "bad too") });
    expect(stdout.match(/\.tests\.yaml: bad/g)?.length).toBe(2);
    expect(stdout.match(/it is bad/g)?.length).toBe(1);
  });

  test("data has the same", async () => {
    const { status, stdout } = await run(BAD, ["--json"]);
    const file = "generated/prometheus/shop.tests.yaml";
    const words = "generated/prometheus/api.rules.yaml: it is bad";
    expect([status, JSON.parse(stdout)]).toEqual([
      1,
      {
        ok: false,
        issues: [],
        out: "generated",
        services: [
          { service: "api", tests: 3, earlier: 0, failures: [] },
          { service: "shop", tests: 2, earlier: 0, failures: [{ file, test: "bad", words }] },
        ],
      },
    ]);
  });

  test.each([[FILES], [BAD]])("data has the form that the schema says", async (files) => {
    const { stdout } = await run(files, ["--json"]);
    expect(outputs.test?.safeParse(JSON.parse(stdout)).error).toBe(undefined);
  });

  test("a promtool that was killed has not passed", async () => {
    const killed = STAND_IN.replace('echo "  SUCCESS"', () => "kill -9 $$");
    const { status, stdout } = await run(FILES, ["shop"], killed);
    expect(status).toBe(1);
    expect(stdout).toContain("promtool was ended by SIGKILL.");
  });
});

describe("what has passed before", () => {
  const again = async (root: string, ...args: readonly string[]) => {
    const { stdout } = await firebreak(root, ["test", ...args], environmentOf(root));
    return stdout.trimEnd().split("\n").sort();
  };

  test("is not played again, and that is said", async () => {
    const { root } = await run(FILES);
    expect(await again(root)).toEqual([
      "2 services: 4 tests passed, all of them earlier on the same rules; --all plays them again",
      "api: 3 tests passed, all of them earlier on the same rules",
      "shop: 1 test passed, all of them earlier on the same rules",
    ]);
  });

  test("is played again where a rule that it reads is another, and only then", async () => {
    const { root } = await run({
      ...FILES,
      "generated/prometheus/shop.rules.yaml": `${RULES}      - record: b\n        expr: y\n`,
      "generated/prometheus/shop.tests.yaml": tests("three", "four")
        .replace("api.rules", "shop.rules")
        .replace(/(name: four\n.*expr: )a/, "$1b"),
    });
    put(root, "generated/prometheus/shop.rules.yaml", `# moved\n${RULES}      - record: b\n        expr: z\n`);
    expect(await again(root, "shop")).toContain("shop: 2 tests passed, 1 of them earlier on the same rules");
  });

  test("is played again with --all, by another promtool, and where nothing can be remembered", async () => {
    const { root } = await run(FILES);
    expect(await again(root, "--all")).toContain("2 services: 4 tests passed");
    put(root, "promtool", `${STAND_IN}# another\n`);
    expect(await again(root)).toContain("2 services: 4 tests passed");
    rmSync(join(root, "tmp/cache"), { recursive: true });
    put(root, "tmp/cache", "");
    expect(await again(root)).toContain("2 services: 4 tests passed");
  });

  test("is all that is remembered: what failed fails again", async () => {
    const { root } = await run(BAD, ["shop"]);
    const { status, stdout } = await firebreak(root, ["test", "shop"], environmentOf(root));
    expect(status).toBe(1);
    expect(stdout).toContain("shop: 1 of 2 tests failed, 1 passed earlier on the same rules");
    expect(stdout).toContain("generated/prometheus/shop.tests.yaml: bad");
  });
});

test("a file that is not understood is promtool's to read, as it is and where it is", async () => {
  const { status, stdout } = await run({ "generated/prometheus/own.tests.yaml": '{ "tests": [] } # name: bad\n' });
  expect(status).toBe(1);
  expect(stdout).toContain("own: 1 of 1 test failed\n  generated/prometheus/own.tests.yaml\n");
});

describe("what cannot be played exits 2, with what to do", () => {
  const version = (text: string) => STAND_IN.replace(/promtool, version .*\)/, text);

  test.each([
    ["no promtool", FILES, ["--promtool", "no-such-promtool"], STAND_IN, "no-such-promtool is not on PATH"],
    ["no such file", FILES, ["--promtool", "./nowhere"], STAND_IN, "./nowhere does not run (ENOENT)"],
    ["another program", FILES, [], version("amtool, version 0.31.1"), "is not promtool"],
    ["an old promtool", FILES, [], version("promtool, version 3.14.9 (branch: x)"), "is version 3.14.9"],
    ["a candidate", FILES, [], version("promtool, version 3.15.0-rc.1 (branch: x)"), "is version 3.15.0-rc.1"],
    ["no file", { "generated/prometheus/a.tests.yaml/b": "" }, [], STAND_IN, "cannot be read (EISDIR)"],
    ["no such service", FILES, ["shops"], STAND_IN, "There are no tests of shops. Did you mean shop?"],
    ["no folder", {}, [], STAND_IN, "generated/prometheus has no *.tests.yaml"],
    ["no tests", { "o/prometheus/a.rules.yaml": RULES }, ["--out", "o"], STAND_IN, "o/prometheus has no *.tests.yaml"],
  ])("%s", async (_what, files, args, promtool, words) => {
    const { status, stdout, stderr } = await run(files, args, promtool);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(words);
    expect(stderr).toMatch(/^firebreak: .+\n {2}hint: .+\n$/);
  });

  test.each([
    ["promtool, version 3.15.1 (x)"],
    ["promtool, version 4.0.0-rc.0 (x)"],
    ["promtool, version  (branch: )"],
  ])("but %s may play them", async (said) => {
    expect((await run(FILES, [], version(said))).status).toBe(0);
  });

  test("the version is the one that this repository tests with", () => {
    expect(pins.promtool.version).toBe(LEAST_VERSION);
  });
});

test("of very many services that there are, a few are named", async () => {
  const many = Object.fromEntries(
    Array.from({ length: 200 }, (_, index) => [`generated/prometheus/s${index}.tests.yaml`, tests("one")]),
  );
  const { stderr } = await run(many, ["nobody"]);
  expect(stderr).toMatch(/There are tests of 200 services/);
  expect(stderr.length).toBeLessThan(200);
});

test("an interruption leaves nothing of promtool's own behind either", async () => {
  const slow = STAND_IN.replace("if grep", () => 'mkdir "$TMPDIR/test_storage"; sleep 30; exit 0\nif grep');
  const root = project({ "generated/prometheus/api.tests.yaml": tests("one") });
  put(root, "promtool", slow);
  chmodSync(join(root, "promtool"), 0o755);
  mkdirSync(join(root, "tmp"));
  const left = () => readdirSync(join(root, "tmp"), { recursive: true }).map(String);
  const child = startFirebreak(root, ["test"], environmentOf(root));
  await vi.waitFor(() => expect(left().some((path) => path.endsWith("test_storage"))).toBe(true), 20_000);
  child.kill("SIGINT");
  const [, signal] = (await once(child, "close")) as [number | null, string | null];
  expect([signal, left().filter((path) => !path.startsWith("node-compile-cache"))]).toEqual(["SIGINT", []]);
});

test("nothing is written into the project", async () => {
  const { root } = await run(FILES);
  expect(readdirSync(root).sort()).toEqual(["generated", "promtool", "tmp"]);
  expect(existsSync(join(root, "generated/prometheus/test.yaml"))).toBe(false);
});
