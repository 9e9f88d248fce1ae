/**
 * Everything that can be declared, with what it becomes: one SLO, budget or experiment for each kind and feature, in
 * small services whose output a reviewer reads. `npm test -- test/golden -u` rewrites it.
 */
import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { build } from "../../src/build.ts";
import { render } from "../../src/emit/artifact.ts";
import { templatesFor } from "../../src/io/read-templates.ts";
import { hasErrors } from "../../src/issue.ts";
import { experimentSchema } from "../../src/parse/experiment/experiment.ts";
import { alertingSchema } from "../../src/parse/slo/alerting.ts";
import { sloSchema } from "../../src/parse/slo/slo-schema.ts";
import { spendSchema } from "../../src/parse/spend/spend-schema.ts";
import { kindNames } from "../../src/sli/index.ts";
import { describeWithEngine, runAmtool, runPromtool } from "../support/engines.ts";
import { platform, services } from "./everything/index.ts";

const golden = join(import.meta.dirname, "everything", "generated");
const rulesFolder = join(golden, "prometheus");
const files = built();
/** Dashboards, and objects that wrap what is here already, are too long to read: their digests tell whether they changed. */
const isRead = ({ path }: { readonly path: string }): boolean =>
  /^(prometheus|alertmanager|runbooks)\/|^kubernetes\/alertmanager\.yaml$/.test(path);
const read = files.filter(isRead);
const digests = files.filter((file) => !isRead(file)).map(({ path, text }) => `${sha256(text)}  ${path}\n`);

function built(): { readonly path: string; readonly text: string }[] {
  const { artifacts, issues } = build({ services, platform, templates: templatesFor(services) });
  if (hasErrors(issues)) throw new Error(JSON.stringify(issues.filter(({ level }) => level === "error")));
  return artifacts.map((artifact) => ({ path: artifact.path, text: render(artifact) }));
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

test.each(read)("$path is as reviewed", async ({ path, text }) => {
  await expect(text).toMatchFileSnapshot(join(golden, path));
});

test("dashboards and Kubernetes objects are as they were", async () => {
  await expect(digests.join("")).toMatchFileSnapshot(join(golden, "digests.txt"));
});

test("nothing lies there that is no longer made", () => {
  const there = readdirSync(golden, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = there.map(({ parentPath, name }) => join(parentPath, name).slice(golden.length + 1));
  const made = ["digests.txt", ...read.map(({ path }) => path)];
  expect(paths.filter((path) => !made.includes(path))).toEqual([]);
});

const slos = services.flatMap((service) => service.slos ?? []);
const budgets = services.flatMap((service) => service.budgets ?? []);
const experiments = services.flatMap((service) => service.experiments ?? []);
const alerting = slos.flatMap((slo) => slo.alerting ?? []);

test.each<[what: string, known: object, declared: readonly object[]]>([
  ["an SLO", sloSchema.shape, slos],
  ["alerting", alertingSchema.shape, alerting],
  ["a budget", spendSchema.shape, budgets],
  ["an experiment", experimentSchema.shape, experiments],
])("every field of %s is declared somewhere", (_what, known, declared) => {
  const used = new Set(declared.flatMap((each) => Object.keys(each)));
  expect(Object.keys(known).filter((field) => !used.has(field))).toEqual([]);
});

test("every kind of SLI is declared somewhere", () => {
  expect([...new Set(slos.map(({ sli }) => sli.kind))].sort()).toEqual([...kindNames].sort());
});

const named = (ending: string): string[] =>
  read
    .map(({ path }) => path)
    .filter((path) => path.startsWith("prometheus/") && path.endsWith(ending))
    .map((path) => path.slice("prometheus/".length));

describeWithEngine("promtool", "promtool", () => {
  test.each(named(".rules.yaml"))("accepts %s, lints included", async (file) => {
    const { status, stdout, stderr } = await runPromtool(["check", "rules", "--lint=all", "--lint-fatal", file], {
      cwd: rulesFolder,
    });
    expect(`${stdout}${stderr}`).toContain("SUCCESS");
    expect(status).toBe(0);
  });

  // Minutes of two processors, for cases that the tests of each kind prove on smaller declarations.
  describe("with GOLDEN_PROOFS=1", {
    skip: !process.env.GOLDEN_PROOFS,
    meta: { skipReason: "slow: set GOLDEN_PROOFS=1" },
  }, () => {
    test.each(named(".tests.yaml"))("proves %s", { timeout: 3_600_000 }, async (file) => {
      const { status, stdout, stderr } = await runPromtool(["test", "rules", file], { cwd: rulesFolder });
      expect(`${stdout}${stderr}`).toContain("SUCCESS");
      expect(status).toBe(0);
    });
  });
});

describeWithEngine("amtool", "amtool", () => {
  test("accepts the Alertmanager configuration in strict mode", async () => {
    const config = join(golden, "alertmanager", "alertmanager.yaml");
    const { status, stderr } = await runAmtool(["check-config", "--enable-feature=utf8-strict-mode", config]);
    expect(stderr).not.toContain("FAILED");
    expect(status).toBe(0);
  });
});
