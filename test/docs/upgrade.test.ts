/** What docs/upgrade.md says of the first hours after the files were changed, in promtool. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { defineService, events, latency } from "../../src/index.ts";
import { readPage } from "../../tools/docs/fill.ts";
import { describeWithEngine, runPromtool } from "../support/engines.ts";
import { buildFiles, makeWorkspace, writeFiles } from "../support/live-build.ts";

const shop = defineService({
  name: "shop",
  owner: "web",
  runbooks: "https://runbooks.example.com/shop",
  slos: [
    { name: "speed", objective: 99, sli: latency({ histogram: "wait_seconds", threshold: "1s", buckets: [1] }) },
    // Its tickets' windows are short enough for a test.
    { name: "search", objective: 99, window: "7d", sli: events({ total: "searches_total", bad: "failures_total" }) },
    { name: "checkout", objective: 99, sli: events({ total: "requests_total", bad: "errors_total" }) },
  ],
});

interface File {
  readonly groups: { readonly rules: { readonly record?: string; readonly expr: string }[] }[];
}

/** The files were changed after six hours and a bit. */
const CHANGED = 370;
const EVALUATIONS = 2 * CHANGED;
const inputs = ["speed", "checkout"].flatMap((slo) => [
  history("slo:objective_ratio", slo, `0.99x${EVALUATIONS + 100}`),
  history("slo:total:increase", slo, `100x${EVALUATIONS + 100}`),
  history("slo:bad:increase", slo, `0x${EVALUATIONS + (slo === "speed" ? 0 : 100)}`),
]);
/** Tiles know nothing from before the change. Ten minutes after it a quarter is bad for three minutes: little of its window. */
const blip = [
  history("slo:objective_ratio", "search", `0.99x${EVALUATIONS + 100}`),
  history("slo:total:increase", "search", `_x${EVALUATIONS} 100x100`),
  history("slo:bad:increase", "search", `_x${EVALUATIONS} 0x19 24x5 0x80`),
];
const good = history("slo:good:increase", "speed", `_x${EVALUATIONS} 100x100`);

describeWithEngine("promtool", "after the change of files, in good health", () => {
  const firing = (severity: string, minute: number, slos: readonly string[]) => ({
    eval_time: `${CHANGED + minute}m`,
    expr: `group by (slo) (ALERTS{alertstate="firing", severity="${severity}", alertname=~"SloBurn.+"})`,
    exp_samples: slos.map((slo) => ({ labels: `{slo="${slo}"}`, value: 1 })),
  });

  const pages = (minute: number, slos: readonly string[]) => firing("page", minute, slos);

  test("what counts good pages for up to twenty minutes, and what counts bad does not", async () => {
    const answer = await proven(
      [...inputs, good],
      [pages(-1, []), pages(2, ["speed"]), pages(5, ["speed"]), pages(20, [])],
    );
    expect(answer).toContain("SUCCESS");
  });

  test("a blip opens a ticket", async () => {
    const answer = await proven(blip, [firing("ticket", 9, []), firing("ticket", 18, ["search"])]);
    expect(answer).toContain("SUCCESS");
  });
});

describeWithEngine("promtool", "the renamed copy that runs beside the old files", () => {
  test("is made by the command on the page, and shares no name with what it is a copy of", async () => {
    const workspace = makeWorkspace("beside");
    const built = buildFiles([shop], {}).files["prometheus/shop.rules.yaml"] ?? "";
    writeFiles(workspace.dir, { "generated/prometheus/shop.rules.yaml": built });
    execFileSync("sh", ["-c", commandOnThePage()], { cwd: workspace.dir });
    const { stdout } = await runPromtool(["check", "rules", "next/shop.rules.yaml"], { cwd: workspace.dir });
    const renamed = readFileSync(join(workspace.dir, "next/shop.rules.yaml"), "utf8");
    workspace.remove();
    expect(stdout).toContain("SUCCESS");
    const [before, after] = [namesIn(built), namesIn(renamed)];
    expect(after).toHaveLength(before.length);
    expect(after.filter((name) => before.includes(name))).toEqual([]);
    // The old rules look for pages by `tier`, the new ones for their own.
    expect([built, renamed].map((text) => text.match(/[ ,{]tier=~/g)?.length ?? 0)).toEqual([
      expect.toSatisfy(isPositive),
      0,
    ]);
    expect(renamed).not.toMatch(/\bslo:[a-z]|severity: (?!none)|[ ,{]tier(: |=)/);
  });
});

function isPositive(count: number): boolean {
  return count > 0;
}

function commandOnThePage(): string {
  return /```sh\n(mkdir -p next\n[\s\S]*?)```/.exec(readPage("docs/upgrade.md"))?.[1] ?? "exit 1";
}

function namesIn(text: string): string[] {
  return [...text.matchAll(/- (?:record|alert): (\S+)/g)].map(([, name = ""]) => name);
}

async function proven(series: readonly object[], checks: readonly object[]): Promise<string> {
  const workspace = makeWorkspace("upgrade");
  const one = { interval: "30s", input_series: series, promql_expr_test: checks };
  writeFiles(workspace.dir, {
    "shop.rules.yaml": withoutBase(buildFiles([shop], {}).files["prometheus/shop.rules.yaml"] ?? ""),
    "shop.tests.yaml": stringify({ rule_files: ["shop.rules.yaml"], evaluation_interval: "30s", tests: [one] }),
  });
  const { stdout, stderr } = await runPromtool(["test", "rules", "shop.tests.yaml"], { cwd: workspace.dir });
  workspace.remove();
  return `${stdout}${stderr}`;
}

function history(record: string, slo: string, values: string) {
  return { series: `${record}{slo_service="shop", slo="${slo}"}`, values };
}

/** The base is given, as the old rules and then the new ones recorded it. */
function withoutBase(text: string): string {
  const file = parse(text) as File;
  const given = /^slo:(objective_ratio|(total|bad|good):increase)$/;
  const groups = file.groups.map((group) => ({
    ...group,
    rules: group.rules.filter(({ record }) => record === undefined || !given.test(record)),
  }));
  return stringify({ groups });
}
