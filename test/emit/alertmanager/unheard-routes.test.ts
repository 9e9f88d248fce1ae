/** Routes of others with `continue`, which would have heard of firebreak's alerts if its routes were not before them. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { mergeInto } from "../../../src/emit/alertmanager/merge.ts";
import { unheardRoutes } from "../../../src/emit/alertmanager/unheard-routes.ts";
import { compileConfig } from "../../../src/emit/alertmanager.ts";
import { describeWithEngine, runAmtool } from "../../support/engines.ts";
import { planFixture } from "../../support/plan-fixture.ts";

const plan = planFixture([{ id: "gateway/availability", groupBy: ["model"] }]);

/** A configuration with these routes. */
function configuration(...routes: readonly object[]): string {
  const lines = routes.map((route) => `  - ${JSON.stringify(route)}\n`).join("");
  return `route:\n  receiver: everyone\n  routes:\n${lines}receivers:\n- name: everyone\n- name: archive\n- name: pager\n`;
}

function unheard(...routes: readonly object[]): unknown[] {
  return unheardRoutes(configuration(...routes), plan, "am.yaml").map(({ code, path }) => [code, path.slice(2)]);
}

const archive = { receiver: "archive", continue: true };
const FIRST = [["route-unheard", ["routes", 0]]];

test.each<[string, object]>([
  ["takes everything", archive],
  ["takes every page", { ...archive, matchers: ['severity = "page"'] }],
  ["takes one of several severities", { ...archive, matchers: ["severity=~page|ticket"] }],
  ["takes what has a service, in braces", { ...archive, matchers: ['{slo_service!="", severity!~"none"}'] }],
  ["takes a name", { ...archive, match: { alertname: "SloBurnPageSlow" } }],
  ["takes names that are alike", { ...archive, match_re: { alertname: "Slo.*" } }],
  ["takes what has a group", { ...archive, matchers: ['model!=""'] }],
])("a route that %s is named", (_name, route) => {
  expect(unheard(route)).toEqual(FIRST);
});

test.each<[string, object[]]>([
  ["does not continue", [{ receiver: "archive" }]],
  ["takes alerts of others alone", [{ ...archive, matchers: ['slo_service=""'] }]],
  ["takes a label that no alert of ours has", [{ ...archive, matchers: ["team=database"] }]],
  ["never got them: another took them", [{ receiver: "pager" }, archive]],
  ["has matchers that cannot be read", [{ ...archive, matchers: ["severity"] }]],
])("a route that %s is not", (_name, routes) => {
  expect(unheard(...routes)).toEqual([]);
});

test("each is named once, also behind another and inside one that does not continue", () => {
  const inside = { receiver: "pager", matchers: ["severity=page"], routes: [{ continue: true }] };
  expect(unheard(archive, { ...archive, matchers: ["severity=ticket"] }, inside)).toEqual([
    ...FIRST,
    ["route-unheard", ["routes", 1]],
    ["route-unheard", ["routes", 2, "routes", 0]],
  ]);
});

test("firebreak's own routes are none of others, so merging again says the same", () => {
  const merged = mergeInto(configuration(archive), compileConfig(plan), "am.yaml");
  if (!("text" in merged)) throw new Error(JSON.stringify(merged.issues));
  expect(unheardRoutes(merged.text, plan, "am.yaml").map(({ path }) => path.slice(2))).toEqual([["routes", 0]]);
});

describeWithEngine("amtool", "Alertmanager", () => {
  test("gives such a route the alert before the merge, and not after it", async () => {
    const dir = mkdtempSync(join(tmpdir(), "firebreak-unheard-"));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    const file = join(dir, "am.yaml");
    const labels = ["alertname=SloBurnPageFast", "slo_service=gateway", "owner=ml", "severity=page"];
    const receivers = async (text: string): Promise<string> => {
      writeFileSync(file, text);
      return (await runAmtool(["config", "routes", "test", `--config.file=${file}`, ...labels])).stdout.trim();
    };
    const text = configuration(archive, { receiver: "pager" });
    const merged = mergeInto(text, compileConfig(plan), "am.yaml");
    expect(await receivers(text)).toBe("archive,pager");
    expect(await receivers("text" in merged ? merged.text : "")).toMatch(/^firebreak-[a-z-]+$/);
  });
});
