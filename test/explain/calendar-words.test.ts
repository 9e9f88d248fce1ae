/** What people read of calendar windows: everywhere the same, and where they are inexact. */
import { describe, expect, test } from "vitest";
import { compile } from "../../src/compile/compile.ts";
import { explain } from "../../src/explain/explain.ts";
import { parse } from "../../src/parse/parse.ts";
import { print } from "../../src/promql/print.ts";

const declaration = {
  name: "s",
  objective: 99.9,
  window: [{ calendar: "month", offset: "+01:00" }, "7d"],
  sli: { kind: "events", total: "a_total", bad: "b_total" },
};

function compiled(platform: object) {
  const {
    services,
    platform: environment,
    issues,
  } = parse({
    services: [{ name: "svc", owner: "team", slos: [declaration] }],
    platform,
  });
  expect(issues.filter(({ level }) => level === "error")).toEqual([]);
  const { plan } = compile(services, environment);
  const slo = plan.services[0]?.slos[0];
  if (!slo) throw new Error("nothing was compiled");
  return { plan, slo };
}

function rowsOf(platform: object): string[] {
  const { plan, slo } = compiled(platform);
  return explain(plan, slo).sections.flatMap(({ rows }) => rows.map((row) => row.join(" | ")));
}

describe("a calendar window", () => {
  test("is explained with its length and its bound", () => {
    const rows = rowsOf({ retention: "60d" });
    expect(rows).toContain("objective | 99.9% over a calendar month (UTC+01:00)");
    expect(rows).toContain("error budget | 0.1%, 43m12s of full outage in 30 days");
    expect(rows).toContain("over 7d | 10m5s of full outage; recorded, no tiers of its own");
    expect(rows.filter((row) => row.startsWith("calendar month, UTC+01:00 | "))).toEqual([
      expect.stringContaining("up to 4m of events"),
    ]);
  });

  test("is said to forget in a long pause, whatever is kept of old samples", () => {
    for (const retention of ["15d", "60d"])
      expect(rowsOf({ retention }).filter((row) => row.includes("one of more than 3d all of the month"))).toHaveLength(
        1,
      );
  });

  test("is named in slo:info, and lasts as long as the month does", () => {
    const rules = compiled({}).slo.groups.flatMap(({ rules: all }) => all);
    const record = (name: string) => rules.find((rule) => rule.type === "record" && rule.record === name);
    expect(record("slo:info")?.labels.window).toBe("calendar month, UTC+01:00; 7d");
    const seconds = record("slo:window_seconds");
    expect(seconds && print(seconds.expr)).toBe("days_in_month(vector(time() + 3600)) * 86400");
  });
});
