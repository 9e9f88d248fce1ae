/** `firebreak check` and `explain`, as processes. */
import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { firebreak, NOTED, project, SOUND } from "../firebreak.ts";

describe("check", () => {
  test("says on stdout in one line that nothing is wrong, and writes nothing", async () => {
    const root = project(SOUND);
    const stdout = expect.stringMatching(/^1 SLO checked: (no issues|1 note)\.\n$/);
    expect(await firebreak(root, ["check"])).toMatchObject({ status: 0, stdout });
    expect(readdirSync(root)).toEqual(["slos"]);
  });

  test("names on stderr what no generated test makes fire, and nothing else of what is sound; --strict builds it", async () => {
    const root = project(SOUND);
    const { status, stderr } = await firebreak(root, ["check", "--strict"]);
    expect(stderr).toMatch(/^(slos\/index\.ts:2 note not-proven api: .*\n( {2}.*\n)*\n1 note\n)?$/);
    expect(status).toBe(0);
    expect(await firebreak(root, ["build", "--strict"])).toMatchObject({ status: 0, stderr: NOTED });
  });

  test("counts budgets and experiments too", async () => {
    const more = `budgets: [{ kind: "spend", name: "daily", metric: "cost_dollars_total", limit: usd(5), per: "day" }],
  experiments: [{ name: "variant", label: "variant", baseline: "a", slis: [{ name: "ok", sli: events({ total: "requests_total", bad: "errors_total" }) }] }],
})];`;
    const root = project({
      "slos/index.ts": SOUND["slos/index.ts"].replace("})];", more).replace("events }", "events, usd }"),
    });
    const { stdout } = await firebreak(root, ["check"]);
    expect(stdout).toMatch(/^1 SLO, 1 budget, 1 experiment checked: (no issues|1 note)\.\n$/);
    const { stdout: built } = await firebreak(root, ["build"]);
    expect(built).toMatch(/\nBUDGET +LIMIT +BY +ALERTS AT\napi\/daily +\$5 per day +- +50% \/ 80% \/ 100%\n/);
    expect(built).toMatch(/\nEXPERIMENT +BY +AGAINST +OVER\napi\/variant +variant +a +1d\n/);
  });

  test("finds what build finds", async () => {
    const root = project({
      "slos/index.ts": SOUND["slos/index.ts"].replace("99.9", "100").replace('retention: "60d",', ""),
    });
    const [check, build] = [await firebreak(root, ["check", "--json"]), await firebreak(root, ["build", "--json"])];
    const issuesOf = ({ stdout }: { stdout: string }) => (JSON.parse(stdout) as { issues: unknown }).issues;
    expect({ status: check.status, issues: issuesOf(check) }).toEqual({
      status: build.status,
      issues: issuesOf(build),
    });
  });

  test("prints SARIF at the lines of the declarations, and exits as without it", async () => {
    const root = project({
      "slos/index.ts": SOUND["slos/index.ts"].replace('"errors_total"', '"job:errors_total:sum"'),
    });
    const { status, stdout } = await firebreak(root, ["check", "--annotate", "sarif"]);
    const { runs } = JSON.parse(stdout) as { runs: [{ results: object[] }] };
    expect(runs[0].results).toContainEqual(
      expect.objectContaining({
        ruleId: "recorded-sum",
        locations: [
          expect.objectContaining({
            physicalLocation: {
              artifactLocation: { uri: "slos/index.ts" },
              region: { startLine: 4, startColumn: expect.any(Number) },
            },
          }),
        ],
      }),
    );
    expect(status).toBe(0);
    expect(await firebreak(root, ["check", "--annotate", "sarif", "--strict"])).toMatchObject({ status: 1 });
  });

  test.each([
    ["two documents on stdout", ["--json", "--annotate", "sarif"]],
    ["annotations that it does not know", ["--annotate", "bitbucket"]],
  ])("refuses %s", async (_name, args) => {
    expect(await firebreak(project(SOUND), ["check", ...args])).toMatchObject({ status: 2 });
  });

  test("takes any module with --slos", async () => {
    const root = project({ "other/place.mts": SOUND["slos/index.ts"] });
    expect(await firebreak(root, ["check", "--slos", "other/place.mts"])).toMatchObject({ status: 0 });
  });
});

describe("explain", () => {
  test("prints an SLO's sections, aligned", async () => {
    const { status, stdout, stderr } = await firebreak(project(SOUND), ["explain", "api/availability"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^api\/availability\n\nPromise\n {2}objective {3,}99\.9% over 30d\n/);
    expect(stdout).toMatch(/\n {2}page-fast +page +14\.4× +1h \/ 5m/);
  });

  test("shows the parts of what build calls pages within", async () => {
    const root = project(SOUND);
    const { stdout } = await firebreak(root, ["explain", "api/availability"]);
    expect(stdout).toMatch(/\n {2}page-fast +51\.8s \/ .* 1m10s\n/);
    expect(stdout).toMatch(/\n {2}group wait +10s for pages/);
    const { stdout: built } = await firebreak(root, ["build"]);
    expect(built).toMatch(/api\/availability .* 2m12s\n/);
  });

  test("gives the same as data with --json", async () => {
    const { stdout } = await firebreak(project(SOUND), ["explain", "api/availability", "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      explanation: { id: "api/availability", sections: expect.any(Array) },
    });
  });

  test("of declarations that do not load exits 1 with the issue", async () => {
    const { status, stdout, stderr } = await firebreak(project({ "slos/index.ts": "" }), [
      "explain",
      "api/availability",
    ]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain("not-loadable");
  });
});
