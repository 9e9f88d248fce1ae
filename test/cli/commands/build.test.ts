/** `firebreak build`, as a process. */
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { firebreak, MAIN, NOTED, project, put, SOUND, startFirebreak } from "../firebreak.ts";

const WRONG = { "slos/index.ts": SOUND["slos/index.ts"].replace("99.9", "100") };
const DOUBTFUL = { "slos/index.ts": SOUND["slos/index.ts"].replace('retention: "60d",', "") };

describe("a sound declaration", () => {
  test("is written, with what it means and what was made on stdout, and nothing on stderr", async () => {
    const root = project(SOUND);
    const { status, stdout, stderr } = await firebreak(root, ["build"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: NOTED });
    expect(stdout).toMatch(
      /^SLO +OBJECTIVE +WINDOW +ERROR BUDGET +PAGES WITHIN\napi\/availability +99\.9% +30d +43m12s +2m12s\n/,
    );
    expect(stdout).toMatch(/generated\/prometheus +\d+ files? +\d+ created\n/);
    expect(existsSync(join(root, "generated/prometheus/api.rules.yaml"))).toBe(true);
  });

  test("of very many SLOs, those that differ in their name alone share a line, so that warnings stay in sight", async () => {
    const declared = SOUND["slos/index.ts"].replace(/slos: \[(.+)\],\n/, (_all, slo: string) => {
      const [many, other] = [slo.replace('"availability"', "`slo-${at}`"), slo.replace("99.9", "99")];
      return `slos: [${other}, ...Array.from({ length: 50 }, (_, at) => (${many}))],\n`;
    });
    const { stdout } = await firebreak(project({ "slos/index.ts": declared }), ["build"]);
    const [, ...rows] = stdout.split("\nError budget:")[0]?.split("\n") ?? [];
    expect(rows.map((row) => row.split(/ {2,}/).slice(0, 2))).toEqual([
      ["api/availability", "99%"],
      ["api/slo-0, api/slo-1 and 48 more", "99.9%"],
    ]);
  });

  test("is the same the second time, byte for byte and file for file", async () => {
    const root = project(SOUND);
    await firebreak(root, ["build"]);
    const before = snapshot(root);
    const { stdout } = await firebreak(root, ["build"]);
    expect(stdout).not.toMatch(/created|changed,|deleted/);
    expect(snapshot(root)).toEqual(before);
  });

  test("goes into the directory that --out names", async () => {
    const root = project(SOUND);
    await firebreak(root, ["build", "--out", "deep/er"]);
    expect(readdirSync(root).sort()).toEqual(["deep", "slos"]);
    expect(existsSync(join(root, "deep/er/prometheus/api.rules.yaml"))).toBe(true);
  });

  test("of one target leaves the files of the others alone", async () => {
    const root = project(SOUND);
    await firebreak(root, ["build"]);
    const before = snapshot(root);
    put(root, "slos/index.ts", SOUND["slos/index.ts"].replace("99.9", "99.5"));
    const { status } = await firebreak(root, ["build", "--target", "prometheus"]);
    const changed = [...snapshot(root)].filter(([path, text]) => before.get(path) !== text).map(([path]) => path);
    expect(status).toBe(0);
    expect(changed).toContain("prometheus/api.rules.yaml");
    expect(changed.filter((path) => !path.startsWith("prometheus/"))).toEqual([]);
    expect([...snapshot(root).keys()]).toEqual([...before.keys()]);
  });
});

describe("issues", () => {
  test("that are errors exit 1 and write nothing", async () => {
    const root = project(WRONG);
    const { status, stdout, stderr } = await firebreak(root, ["build"]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(
      /^slos\/index\.ts:\d+ objective-out-of-range api\.slos\[0\]\.objective: .*\n {2}hint: .*\n\n1 error\nSome checks wait until the errors are corrected\.\n$/,
    );
    expect(existsSync(join(root, "generated"))).toBe(false);
  });

  test("that are warnings are shown, and the files written", async () => {
    const root = project(DOUBTFUL);
    const { status, stderr } = await firebreak(root, ["build"]);
    expect(status).toBe(0);
    expect(stderr).toMatch(/warning retention-unknown [\s\S]*\n\n1 warning\n(1 note: see firebreak check\.\n)?$/);
    expect(existsSync(join(root, "generated/prometheus/api.rules.yaml"))).toBe(true);
  });

  test("that are warnings stop everything with --strict", async () => {
    const root = project(DOUBTFUL);
    const { status, stderr } = await firebreak(root, ["build", "--strict"]);
    expect(status).toBe(1);
    expect(stderr).toContain("--strict");
    expect(existsSync(join(root, "generated"))).toBe(false);
  });
});

describe("--json gives exactly one document on stdout", () => {
  test("of what was done", async () => {
    const root = project(SOUND);
    const { stdout, stderr } = await firebreak(root, ["build", "--json"]);
    const document = JSON.parse(stdout) as { files: { created: string[] }; issues: { level: string }[] };
    expect(stderr).toBe("");
    expect(document).toMatchObject({
      ok: true,
      out: "generated",
      files: { changed: [], unchanged: [], deleted: [] },
      slos: [
        {
          id: "api/availability",
          objectivePercent: 99.9,
          windows: ["30d"],
          windowSeconds: 2_592_000,
          budgetMinutes: 43.2,
          pagesWithinSeconds: 131.84,
        },
      ],
    });
    expect(document.issues.filter(({ level }) => level !== "note")).toEqual([]);
    expect(document.files.created).toContain("prometheus/api.rules.yaml");
  });

  test("also at exit 1", async () => {
    const { status, stdout, stderr } = await firebreak(project(WRONG), ["build", "--json"]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      issues: [{ code: "objective-out-of-range", level: "error", path: ["api", "slos", 0, "objective"] }],
    });
  });
});

describe("files of people", () => {
  test("in the way are named, exit 1, and stay", async () => {
    const root = project({ ...SOUND, "generated/prometheus/api.rules.yaml": "mine" });
    const { status, stderr } = await firebreak(root, ["build"]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^foreign-file "generated\/prometheus\/api\.rules\.yaml": /);
    expect([...snapshot(root).keys()]).toEqual(["prometheus/api.rules.yaml"]);
  });

  test("that edit ours are named and taken back; with --strict they stop the build", async () => {
    const root = project(SOUND);
    await firebreak(root, ["build"]);
    const rules = join(root, "generated/prometheus/api.rules.yaml");
    const before = readFileSync(rules, "utf8");
    writeFileSync(rules, `${before}# edited\n`);
    expect(await firebreak(root, ["build", "--strict"])).toMatchObject({ status: 1 });
    expect(readFileSync(rules, "utf8")).toBe(`${before}# edited\n`);
    const { status, stderr } = await firebreak(root, ["build"]);
    expect({ status, stderr }).toMatchObject({ status: 0, stderr: expect.stringContaining("edited-by-hand") });
    expect(readFileSync(rules, "utf8")).toBe(before);
  });

  test("are told from ours by what every file says of itself", async () => {
    const root = project(SOUND);
    await firebreak(root, ["build"]);
    put(root, "generated/prometheus/mine.rules.yaml", "groups: []\n");
    put(root, "slos/index.ts", SOUND["slos/index.ts"].replaceAll('"api"', '"web"'));
    const { status, stderr } = await firebreak(root, ["build"]);
    expect({ status, named: stderr.includes("edited-by-hand") }).toEqual({ status: 0, named: false });
    const paths = [...snapshot(root).keys()];
    expect(paths).toContain("prometheus/web.rules.yaml");
    expect(paths).toContain("prometheus/mine.rules.yaml");
    expect(paths.filter((path) => path.includes("api"))).toEqual([]);
  });
});

describe("an unusable --out exits 2, and nothing is written", () => {
  test.each([
    ["slos/index.ts", "is a file"],
    ["slos/index.ts/deep", "ENOTDIR"],
    ["/proc/firebreak", "Cannot write to /proc/firebreak"],
  ])("%s", async (out, expected) => {
    const root = project(SOUND);
    const { status, stdout, stderr } = await firebreak(root, ["build", "--out", out]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(expected);
    expect(stderr).not.toMatch(/\n {4}at /);
    expect(readdirSync(root)).toEqual(["slos"]);
  });
});

describe("the other end of the pipe", () => {
  test("may close: the build goes on and ends well", async () => {
    const root = project(SOUND);
    const child = startFirebreak(root, ["build"]);
    let stderr = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.stdout?.destroy();
    const [status] = (await once(child, "close")) as [number | null];
    expect({ status, stderr }).toEqual({ status: 0, stderr: NOTED });
    expect(existsSync(join(root, "generated/prometheus/api.rules.yaml"))).toBe(true);
  });

  test.each([
    [{}, false],
    [{ FORCE_COLOR: "1" }, true],
    [{ NO_COLOR: "1" }, false],
  ])("gets no colour unless it asks for it: %j", async (env, coloured) => {
    const { stdout, stderr } = await firebreak(project(DOUBTFUL), ["build"], env);
    expect(stdout.includes("\u001b[")).toBe(coloured);
    expect(stderr.includes("\u001b[")).toBe(coloured);
  });

  test("sees progress and colour when it is a terminal, and NO_COLOR is honoured", (context) => {
    const root = project(DOUBTFUL);
    const onTerminal = (env: string) =>
      spawnSync("script", ["-qec", `env ${env} ${process.execPath} ${MAIN} build`, "/dev/null"], {
        cwd: root,
        encoding: "utf8",
        env: { PATH: process.env.PATH, TERM: "xterm" },
      });
    const plain = onTerminal("A=b");
    if (plain.error) return context.skip("script (util-linux) is not on this machine");
    expect(plain.stdout).toMatch(
      /\r\u001b\[2Kreading slos\/index\.ts …\r\u001b\[2K[\s\S]*\u001b\[33mretention-unknown/,
    );
    expect(onTerminal("NO_COLOR=1").stdout).not.toMatch(/\u001b\[\d+m/);
  });
});

function snapshot(root: string): Map<string, string> {
  const out = join(root, "generated");
  const paths = (readdirSync(out, { recursive: true }) as string[])
    .filter((path) => statSync(join(out, path)).isFile())
    .sort();
  return new Map(paths.map((path) => [path, readFileSync(join(out, path), "utf8")]));
}
