/** Wrong usage is told in words, with what may have been meant; help fits a screen. */
import { describe, expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { targetNames } from "../../src/emit/index.ts";
import { firebreak, project, SOUND } from "./firebreak.ts";

describe("wrong usage exits 2 and says what was meant", () => {
  test.each([
    [[], "Name a command."],
    [["bild"], "There is no command bild. Did you mean build?"],
    [["xyzzy"], "There is no command xyzzy.\n"],
    [["build", "--ot", "x"], "build has no option --ot. Did you mean --out?"],
    [["build", "--Strict"], "build has no option --Strict. Did you mean --strict?"],
    [["check", "--out", "x"], "check has no option --out."],
    [["check", "-x"], "check has no option -x."],
    [["build", "--out"], "argument missing."],
    [["build", "--out="], "--out needs a value."],
    [["build", "--json=yes"], "does not take an argument."],
    [["build", "--target", "promtheus"], "There is no target promtheus. Did you mean prometheus?"],
    [["check", "api"], "check takes no argument api."],
    [["diff"], "diff needs <base>."],
    [["diff", "main", "--fail-on", "losened"], "--fail-on knows no losened. Did you mean loosened?"],
    [["diff", "main", "--format", "html"], "There is no format html."],
    [["explain"], "explain needs <service>/<slo>."],
    [
      ["explain", "api/availabilty"],
      "There is no SLO, budget or experiment api/availabilty. Did you mean api/availability?",
    ],
    [["explain", "api"], "There is no SLO, budget or experiment api."],
    [["check", "--slos", "nowhere.ts"], "There is no file nowhere.ts."],
    [["check", "--slos", "slos"], "slos is a directory."],
  ])("firebreak %j", async (args, expected) => {
    const { status, stdout, stderr } = await firebreak(project(SOUND), args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(expected);
    expect(stderr).toMatch(/^firebreak: .+\n {2}hint: .+\n$/);
    expect(stderr).not.toMatch(/\n {4}at /);
  });

  test("with --json there is still one document on stdout", async () => {
    const { status, stdout } = await firebreak(project(SOUND), ["build", "--json", "--slos", "nowhere.ts"]);
    expect(status).toBe(2);
    expect(JSON.parse(stdout)).toEqual({ ok: false, issues: [], failure: "There is no file nowhere.ts." });
  });
});

describe("help", () => {
  test.each([
    [["--help"]],
    [["-h"]],
    [["build", "--help"]],
    [["check", "-h"]],
    [["explain", "--help"]],
    [["diff", "--help"]],
  ])("%j fits a screen and has an example", async (args) => {
    const { status, stdout, stderr } = await firebreak(project({}), args);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const lines = stdout.trimEnd().split("\n");
    expect(lines.length).toBeLessThanOrEqual(24);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(110);
    expect(stdout).toMatch(/Examples?:\n {2}firebreak /);
  });

  test("of build names every target", async () => {
    const { stdout } = await firebreak(project({}), ["build", "--help"]);
    expect(targetNames.filter((name) => !stdout.includes(name))).toEqual([]);
  });

  test("--version is the package's", async () => {
    expect(await firebreak(project({}), ["--version"])).toEqual({
      status: 0,
      stdout: `${manifest.version}\n`,
      stderr: "",
    });
  });
});

test("a bug prints its stack, and asks for a report", async () => {
  const broken = {
    NODE_OPTIONS: "--import=data:text/javascript,Array.prototype.flatMap=()=>{throw(new(Error)('broken'))}",
  };
  const { status, stdout, stderr } = await firebreak(project(SOUND), ["check"], broken);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toMatch(/bug in firebreak[\s\S]*Error: broken\n {4}at /);
});
