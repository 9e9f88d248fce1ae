/** Links to dashboards: Prometheus fills them in, and they set variables that the dashboard has. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { groupLink } from "../../../src/compile/annotations/dashboard-links.ts";
import type { SentAlert } from "../../../src/compile/plan.ts";
import { planOf, service, slo } from "../../emit/grafana/declarations.ts";
import { dashboardsOf } from "../../emit/grafana/read-dashboards.ts";
import { plan as everything } from "../../emit/grafana/world.ts";
import { describeWithEngine, runPromtool } from "../../support/engines.ts";

const dashboards = dashboardsOf(everything);

test("every alert links to a dashboard that there is, and sets variables that it has", () => {
  const alerts = everything.services.flatMap(({ alerts: own, slos, budgets, experiments }) => [
    ...own,
    ...[...slos, ...budgets, ...experiments].flatMap((each) => each.alerts),
  ]);
  expect(new Set(alerts.map(linkOf).map(({ pathname }) => pathname)).size).toBe(4);
  for (const { pathname, searchParams } of alerts.map(linkOf)) expectVariables(pathname, [...searchParams.keys()]);
});

test("so do the cells of the overview's tables", () => {
  const links = JSON.stringify(dashboards).match(/\/d\/firebreak-[^"]+/g) ?? [];
  expect(links.length).toBe(3);
  for (const link of links) {
    const { pathname, searchParams } = new URL(link.replace("&${__url_time_range}", ""), "https://g.example.com");
    expectVariables(pathname, [...searchParams.keys()]);
  }
});

test("without a Grafana there are none", () => {
  const plan = planOf([service("a", [slo("x", { groupBy: ["model"] })])], { dashboards: undefined } as object);
  for (const { annotations } of plan.services.flatMap(({ slos }) => slos.flatMap(({ alerts }) => alerts)))
    expect(annotations).not.toHaveProperty("dashboard_url");
});

describeWithEngine("promtool", "filled in by Prometheus", () => {
  test("a group's labels are a matcher, whatever is in them, and the span is twice what the alert looks at", async () => {
    const group = { model: 'a b+c&d="e"/ü#', region: "eu" };
    const plan = planOf([service("a", [slo("x", { groupBy: ["region", "model"] })])], {
      dashboards: "https://g.example.com/{{`x`}}/",
    });
    const [only] = plan.services[0]?.slos ?? [];
    if (!only) throw new Error("no SLO");
    const link = groupLink(only.slo, only.groupLabels, 3600, plan.platform);
    const template = typeof link === "object" ? link.template : "";
    const { searchParams } = new URL(await rendered(template, group));
    expect(Object.fromEntries(searchParams)).toEqual({
      "var-slo_service": "a",
      "var-slo": "x",
      "var-group": `model="${group.model}",region="eu"`,
      from: "now-2h",
      to: "now",
    });
  });
});

/** What Prometheus makes of an annotation: promtool prints it where it is not what was expected. */
async function rendered(template: string, labels: Readonly<Record<string, string>>): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), "firebreak-links-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const rule = { alert: "A", expr: "x", annotations: { link: template } };
  const series = `x{${Object.entries(labels)
    .map(([label, value]) => `${label}=${JSON.stringify(value)}`)
    .join(",")}}`;
  const alerts = { eval_time: "1m", alertname: "A", exp_alerts: [{ exp_labels: labels }] };
  const tests = [{ interval: "1m", input_series: [{ series, values: "1 1" }], alert_rule_test: [alerts] }];
  writeFileSync(join(dir, "rules.json"), JSON.stringify({ groups: [{ name: "g", rules: [rule] }] }));
  writeFileSync(join(dir, "tests.json"), JSON.stringify({ rule_files: ["rules.json"], tests }));
  const { stdout, stderr } = await runPromtool(["test", "rules", "tests.json"], { cwd: dir });
  return /link="(https:[^"]*)"/.exec(`${stdout}${stderr}`)?.[1] ?? `${stdout}${stderr}`;
}

/** As it would be for labels without anything special. */
function linkOf({ annotations: { dashboard_url: link = "" } }: SentAlert): URL {
  return new URL((typeof link === "string" ? link : link.template).replaceAll(/\{\{.*?\}\}/g, "value"));
}

function expectVariables(pathname: string, parameters: readonly string[]): void {
  const dashboard = dashboards.find(({ uid }) => pathname === `/d/${uid}`);
  const known = dashboard?.templating.list.map(({ name }) => `var-${name}`) ?? [];
  expect([...known, "from", "to"]).toEqual(expect.arrayContaining([...parameters]));
}
