/** What the panels of an SLO show: its groups, its tiers, its window, and declared text as it was written. */
import { describe, expect, test } from "vitest";
import { hostileService, planOf, service, slo } from "./declarations.ts";
import { dashboardOf, panelsOf, queriesOf, rowsOf, sectionOf } from "./read-dashboards.ts";

describe("declared text", () => {
  const dashboard = dashboardOf(planOf([hostileService()]), "checkout");

  test("is no variable", () => {
    const shown = panelsOf(dashboard).flatMap(({ title, description, options, links = [] }) => [
      title,
      description,
      String(options.content ?? ""),
      ...links.map(({ url }) => url),
    ]);
    for (const text of [...shown, dashboard.title, dashboard.description]) expect(text).not.toMatch(/\$\w|\$\{|\[\[/);
  });

  test("is no HTML, heading or link in Markdown", () => {
    const content = panelsOf(dashboard)
      .map(({ options }) => String(options.content ?? ""))
      .join("\n");
    expect(content).not.toMatch(/<script|^#|(?<!\\)\]\(javascript/m);
  });
});

describe("groups", () => {
  const grouped = planOf([
    service("api", [
      slo("availability", { groupBy: ["model"] }),
      slo("latency", { sli: { kind: "latency", histogram: "latency_seconds", threshold: "1s" } }),
    ]),
  ]);
  const dashboard = dashboardOf(grouped, "api");

  test("each group label is a drop-down", () => {
    expect(dashboard.templating.list.map(({ name }) => name)).toEqual(["datasource", "model"]);
  });

  test("every panel of the SLO follows the drop-down, except for what all groups share", () => {
    const shared = /slo:(objective|coverage)_ratio/;
    for (const expr of queriesOf(sectionOf(dashboard, "availability")))
      if (!shared.test(expr)) expect(expr).toContain('model=~"$model');
    for (const expr of queriesOf(sectionOf(dashboard, "latency"))) expect(expr).not.toContain("$model");
  });

  test("a label named like the data source's variable gets another one", () => {
    const plan = planOf([service("api", [slo("availability", { groupBy: ["datasource"] })])]);
    expect(dashboardOf(plan, "api").templating.list.map(({ name }) => name)).toEqual([
      "datasource",
      "group_datasource",
    ]);
  });

  test("labels of the platform's identity are groups too", () => {
    const plan = planOf([service("api", [slo("availability")])], { identity: ["cluster"] });
    expect(dashboardOf(plan, "api").templating.list.map(({ name }) => name)).toEqual(["datasource", "cluster"]);
  });
});

describe("an SLO", () => {
  const dashboard = dashboardOf(planOf([service("api", [slo("availability")])]), "api");
  const burn = panelsOf(dashboard).find(({ title }) => title.startsWith("Burn rate, and"));

  test("shows the burn of each tier's long window against its threshold, in one colour", () => {
    expect(burn?.targets?.map(({ expr }) => /rate(\w+)\{/.exec(expr)?.[1])).toEqual(["1h", "6h", "1d", "3d"]);
    const thresholds = burn?.fieldConfig.defaults.thresholds?.steps.slice(1) ?? [];
    expect(thresholds.map(({ value }) => value)).toEqual([1, 3, 6, 14.4]);
    const colours = burn?.fieldConfig.overrides.map(
      ({ properties }) => (properties[0]?.value as { fixedColor?: string } | undefined)?.fixedColor,
    );
    expect(colours).toEqual([...thresholds].reverse().map(({ color }) => color));
  });

  test("shows the budget over its own window, whatever the dashboard's time range", () => {
    expect(panelsOf(dashboard).find(({ title }) => title.startsWith("Budget left, last"))?.timeFrom).toBe("30d");
  });

  test("links to its runbook from every graph", () => {
    const graphs = panelsOf(sectionOf(dashboard, "availability"));
    for (const { links } of graphs) expect(links?.[0]?.url).toBe("https://runbooks.example.com/api/availability");
  });

  test("without alerts is drawn too", () => {
    const plan = planOf([
      service("api", [
        slo("availability", { alerting: { enabled: false }, absence: { noData: false, broken: false } }),
      ]),
    ]);
    expect(panelsOf(dashboardOf(plan, "api")).map(({ title }) => title)).not.toContain("Alerts over time");
  });

  test("with many others is folded away under the table", () => {
    const plan = planOf([
      service(
        "api",
        ["a", "b", "c", "d"].map((name) => slo(name)),
      ),
    ]);
    expect(rowsOf(dashboardOf(plan, "api")).map(({ collapsed, panels }) => collapsed && panels.length > 0)).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });
});
