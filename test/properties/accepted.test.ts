/** What builds without an error is taken by the real engines, and what they would refuse is an issue at its place. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type BuildResult, build } from "../../src/build.ts";
import { render } from "../../src/emit/artifact.ts";
import { readTemplates } from "../../src/io/read-templates.ts";
import { printPath } from "../../src/issue.ts";
import { timeZones } from "../../src/time/time-zones.ts";
import { describeWithEngine, runAmtool, runPromtool } from "../support/engines.ts";
import { type Declared, hours, rows } from "./accepted-rows.ts";

const refused = rows.filter(([, , code]) => code !== undefined);
const taken = rows.filter(([, , code]) => code === undefined);

test.each(refused)("%s is one error at its place", (_title, declared, code, path) => {
  const errors = buildOf(declared).issues.filter(({ level }) => level === "error");
  expect(errors.map((fact) => [fact.code, printPath(fact.path)])).toEqual([[code, path]]);
});

test.each(taken)("%s builds", (_title, declared) => {
  expect(buildOf(declared).issues.filter(({ level }) => level === "error")).toEqual([]);
});

test("a zone in other capitals is reported the right ones", () => {
  const { issues } = buildOf({ platform: { businessHours: hours("Europe/berlin") } });
  expect(issues.find(({ code }) => code === "bad-value")?.hint).toContain("Europe/Berlin");
});

describeWithEngine(["promtool", "amtool"], "what builds, on the real engines", () => {
  test("is taken by promtool, without a finding of its linter", async () => {
    const files = writeAll((path) => /^prometheus\/.*\.rules\.yaml$/.test(path));
    const { status, stdout, stderr } = await runPromtool(["check", "rules", "--lint=all", "--lint-fatal", ...files]);
    expect({ status, failed: failures(`${stdout}${stderr}`) }).toEqual({ status: 0, failed: "" });
  });

  test("is taken by amtool", async () => {
    const files = writeAll((path) => path.endsWith("alertmanager.yaml") || path.endsWith(".tmpl"));
    const configs = files.filter((path) => path.endsWith("alertmanager.yaml"));
    const { status, stdout, stderr } = await runAmtool(["check-config", ...configs]);
    expect({ status, failed: failures(`${stdout}${stderr}`) }).toEqual({ status: 0, failed: "" });
  });

  test("amtool knows every time zone, and knows none in other capitals", async () => {
    const check = (zones: readonly string[]) => runAmtool(["check-config", configWith(zones)]);
    expect(await check(timeZones)).toMatchObject({ status: 0 });
    expect(await check(["Europe/berlin"])).toMatchObject({ status: 1 });
  });
});

/** Everything else is in order. */
function buildOf({ service, slo, budget, experiment, platform }: Declared): BuildResult {
  const sli = { kind: "events", total: "a_total", bad: "b_total" };
  const declared = {
    name: "s",
    owner: "team",
    slos: [{ name: "slo", objective: 99.9, sli, ...slo }],
    budgets: [
      {
        kind: "spend",
        name: "day",
        metric: "cost_dollars_total",
        per: "day",
        limit: { amount: 9, unit: "dollars" },
        ...budget,
      },
    ],
    experiments: [{ name: "ab", label: "variant", baseline: "A", slis: [{ name: "errors", sli }], ...experiment }],
    ...service,
  };
  const receivers = { default: { page: { pagerduty: { secret: "pd" } }, ticket: { webhook: { secret: "hook" } } } };
  const environment = { retention: "60d", runbooks: "https://runbooks.example.com", receivers, ...platform };
  return build({ services: [declared], platform: environment, templates: readTemplates() });
}

/** Writes what every row makes, each into a folder of its own; gives the paths. */
function writeAll(wanted: (path: string) => boolean): string[] {
  const root = temporaryFolder();
  return taken.flatMap(([, declared], index) =>
    buildOf(declared)
      .artifacts.filter(({ path }) => wanted(path))
      .map((artifact) => {
        const path = join(root, String(index), artifact.path);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, render(artifact));
        return path;
      }),
  );
}

function configWith(zones: readonly string[]): string {
  const path = join(temporaryFolder(), "alertmanager.yaml");
  const time_intervals = zones.map((location) => ({ name: location, time_intervals: [{ location }] }));
  const config = { route: { receiver: "a" }, receivers: [{ name: "a" }], time_intervals };
  writeFileSync(path, JSON.stringify(config));
  return path;
}

function temporaryFolder(): string {
  const root = mkdtempSync(join(tmpdir(), "firebreak-accepted-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  return root;
}

/** Each failure with the line after it, which says why. */
function failures(output: string): string {
  return [...output.matchAll(/FAILED:?[^\n]*\n[^\n]*/g)].map(([text]) => text).join("\n");
}
