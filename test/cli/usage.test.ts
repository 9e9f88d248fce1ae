/** Wrong usage is reported in words, with what may have been meant; help fits a screen. */
import { describe, expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { targetNames } from "../../src/emit/index.ts";
import { firebreak, project, SOUND } from "./firebreak.ts";

describe("wrong usage exits 2 and names what is wrong, and what was meant", () => {
  test.each([
    [["bild"], "bild", "build"],
    [["xyzzy"], "xyzzy"],
    [["build", "--ot", "x"], "--ot", "--out"],
    [["build", "--Strict"], "--Strict", "--strict"],
    [["check", "--out", "x"], "--out"],
    [["check", "-x"], "-x"],
    [["build", "--out"], "--out"],
    [["build", "--out="], "--out"],
    [["build", "--json=yes"], "--json"],
    [["build", "--target", "promtheus"], "promtheus", "prometheus"],
    [["check", "api"], "api"],
    [["diff"], "<base>"],
    [["diff", "main", "--fail-on", "losened"], "losened", "loosened"],
    [["diff", "main", "--format", "html"], "html"],
    [["explain", "api/availabilty"], "api/availabilty", "api/availability"],
    [["explain", "apis"], "apis"],
    [["test", "--slos", "slos/index.ts"], "--slos"],
    [["test", "--promtol", "x"], "--promtol", "--promtool"],
    [["test", "--jobs", "0"], "--jobs 0"],
    [["test", "--jobs", "two"], "--jobs two"],
    [["test", "api", "shop"], "shop"],
    [["test"], "generated/prometheus"],
    [["check", "--slos", "nowhere.ts"], "nowhere.ts"],
    [["check", "--slos", "slos"], "slos"],
  ])("firebreak %j", async (args, wrong, meant?: string) => {
    const { status, stdout, stderr } = await firebreak(project(SOUND), args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr.split("\n")[0]).toContain(wrong);
    expect(/Did you mean (\S+)\?/.exec(stderr)?.[1]).toBe(meant);
    expect(stderr).toMatch(/^firebreak: .+\n {2}hint: .+\n$/);
    expect(stderr).not.toMatch(/\n {4}at /);
  });

  test("a module given as an argument is answered with the option that takes it", async () => {
    const { stderr } = await firebreak(project(SOUND), ["check", "slos/index.ts"]);
    expect(stderr).toContain("hint: Write firebreak check --slos slos/index.ts.");
  });

  test("with --json there is still one document on stdout", async () => {
    const { status, stdout } = await firebreak(project(SOUND), ["build", "--json", "--slos", "nowhere.ts"]);
    expect(status).toBe(2);
    const failure = expect.stringContaining("nowhere.ts");
    const hint = expect.any(String);
    expect(JSON.parse(stdout)).toEqual({ ok: false, issues: [], code: "unusable-path", failure, hint });
  });
});

describe("help", () => {
  test.each([
    [["--help"]],
    [["simulate", "--help"]],
    [["init", "--help"]],
    [["doctor", "--help"]],
    [["review", "--help"]],
    [["-h"]],
    [["build", "--help"]],
    [["check", "-h"]],
    [["explain", "--help"]],
    [["diff", "--help"]],
    [["test", "--help"]],
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

test("without a command it helps, and without an argument it explains everything", async () => {
  const root = project(SOUND);
  const [bare, all, service] = await Promise.all(
    [[], ["explain"], ["explain", "api"]].map((args) => firebreak(root, args)),
  );
  expect([bare?.status, bare?.stdout]).toEqual([0, expect.stringContaining("Usage: firebreak <command>")]);
  expect(all?.stdout).toMatch(/^api\/availability\n/);
  expect(service?.stdout).toBe(all?.stdout);
});
