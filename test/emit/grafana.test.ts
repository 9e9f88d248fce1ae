/** Laws of every dashboard: what Grafana, its linter and a person at night rely on. */
import { describe, expect, test } from "vitest";
import { render } from "../../src/emit/artifact.ts";
import { grafana } from "../../src/emit/grafana.ts";
import type { Dashboard, Panel, Row } from "../../src/emit/grafana/model.ts";
import type { Plan } from "../../src/compile/plan.ts";
import { parseExpression } from "../../src/promql/parse.ts";
import { everyKind, hostileService, planOf, service, slo } from "./grafana/declarations.ts";

const all = dashboardsOf(planOf([...everyKind(), hostileService()]));

describe.each(all.map((dashboard) => [dashboard.title, dashboard] as const))("%s", (_title, dashboard) => {
  const panels = panelsOf(dashboard);

  test("every query is PromQL", () => {
    for (const { title, targets } of panels) {
      for (const { expr } of targets ?? []) expect(parseExpression(expr), `${title}: ${expr}`).toMatchObject({ ok: true });
    }
  });

  test("every variable asks for the values of a label, anew when the time range changes", () => {
    for (const variable of dashboard.templating.list.filter(({ type }) => type === "query")) {
      const [, selector = "", label] = /^label_values\((.*), (\w+)\)$/.exec(variable.query) ?? [];
      expect(parseExpression(selector)).toMatchObject({ ok: true });
      expect(label).toMatch(/^[a-z_]+$/);
      expect(variable.refresh).toBe(2);
    }
  });

  test("panels and queries are numbered apart", () => {
    const ids = [...panels, ...rowsOf(dashboard)].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => Number.isInteger(id) && id > 0)).toBe(true);
    for (const { targets = [] } of panels) expect(new Set(targets.map(({ refId }) => refId)).size).toBe(targets.length);
  });

  test("every panel says what it shows, and in which unit", () => {
    for (const panel of panels) {
      expect(panel.title).not.toBe("");
      expect(panel.description, panel.title).toMatch(/\.$/);
      if (panel.targets) expect(panel.fieldConfig.defaults.unit, panel.title).toBeTruthy();
    }
  });

  test("every query goes to the data source that was chosen", () => {
    expect(dashboard.templating.list.filter(({ type }) => type === "datasource").map(({ name }) => name)).toEqual(["datasource"]);
    for (const { datasource, targets = [] } of panels.filter((panel) => panel.targets)) {
      for (const source of [datasource, ...targets.map((target) => target.datasource)]) expect(source).toEqual({ type: "prometheus", uid: "${datasource}" });
    }
  });

  test("panels stand beside each other within 24 columns", () => {
    const taken = new Set<string>();
    for (const { gridPos } of [...panels, ...rowsOf(dashboard).filter((row) => !row.collapsed)]) {
      expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
      for (const cell of cellsOf(gridPos)) {
        if (dashboard.panels.some((panel) => "panels" in panel && panel.collapsed)) continue;
        expect(taken.has(cell), `${cell} is taken twice`).toBe(false);
        taken.add(cell);
      }
    }
  });

  test("it can be provisioned, and is not edited in Grafana", () => {
    expect(dashboard).toMatchObject({ id: null, editable: false, schemaVersion: 42, timezone: "browser" });
    expect(dashboard.uid).toMatch(/^[\w-]{1,40}$/);
  });

  test("nothing is left undefined", () => {
    expect(JSON.stringify(dashboard)).not.toMatch(/undefined|NaN|Infinity|\[object/);
    expect(JSON.parse(JSON.stringify(dashboard))).toEqual(dashboard);
  });
});

describe("declared text", () => {
  const dashboard = dashboardOf(planOf([hostileService()]), "checkout");

  test("is no variable", () => {
    const shown = panelsOf(dashboard).flatMap(({ title, description, options, links = [] }) => [title, description, String(options["content"] ?? ""), ...links.map(({ url }) => url)]);
    for (const text of [...shown, dashboard.title, dashboard.description]) expect(text).not.toMatch(/\$\w|\$\{|\[\[/);
  });

  test("is no HTML, heading or link in Markdown", () => {
    const content = panelsOf(dashboard).map(({ options }) => String(options["content"] ?? "")).join("\n");
    expect(content).not.toMatch(/<script|^#|(?<!\\)\]\(javascript/m);
  });
});

describe("groups", () => {
  const grouped = planOf([service("api", [slo("availability", { groupBy: ["model"] }), slo("latency", { sli: { kind: "latency", histogram: "latency_seconds", threshold: "1s" } })])]);
  const dashboard = dashboardOf(grouped, "api");

  test("each group label is a drop-down", () => {
    expect(dashboard.templating.list.map(({ name }) => name)).toEqual(["datasource", "model"]);
  });

  test("every panel of the SLO follows the drop-down, except for what all groups share", () => {
    const shared = /slo:(objective|coverage)_ratio/;
    for (const expr of queriesOf(sectionOf(dashboard, "availability"))) if (!shared.test(expr)) expect(expr).toContain('model=~"$model');
    for (const expr of queriesOf(sectionOf(dashboard, "latency"))) expect(expr).not.toContain("$model");
  });

  test("a label named like the data source's variable gets another one", () => {
    const plan = planOf([service("api", [slo("availability", { groupBy: ["datasource"] })])]);
    expect(dashboardOf(plan, "api").templating.list.map(({ name }) => name)).toEqual(["datasource", "group_datasource"]);
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
    const colours = burn?.fieldConfig.overrides.map(({ properties }) => (properties[0]?.value as { fixedColor: string }).fixedColor);
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
    const plan = planOf([service("api", [slo("availability", { alerting: { enabled: false }, absence: { noData: false, broken: false } })])]);
    expect(panelsOf(dashboardOf(plan, "api")).map(({ title }) => title)).not.toContain("Alerts over time");
  });

  test("with many others is folded away under the table", () => {
    const plan = planOf([service("api", ["a", "b", "c", "d"].map((name) => slo(name)))]);
    expect(rowsOf(dashboardOf(plan, "api")).map(({ collapsed, panels }) => collapsed && panels.length > 0)).toEqual([true, true, true, true]);
  });
});

describe("neighbours", () => {
  test("an SLO's panels keep their numbers when another is added", () => {
    const before = sectionOf(dashboardOf(planOf([service("api", [slo("b")])]), "api"), "b");
    const after = sectionOf(dashboardOf(planOf([service("api", [slo("a"), slo("b")])]), "api"), "b");
    expect(after.panels.map(({ id }) => id)).toEqual(before.panels.map(({ id }) => id));
  });

  test("the order of declarations changes nothing", () => {
    const services = [service("b", [slo("y"), slo("x")]), service("a", [slo("z")])];
    const reversed = [service("a", [slo("z")]), service("b", [slo("x"), slo("y")])];
    expect(filesOf(planOf(services))).toEqual(filesOf(planOf(reversed)));
  });

  test("a service called overview has a file and a uid of its own", () => {
    const plan = planOf([service("overview", [slo("x")])]);
    const files = filesOf(plan).map(([path]) => path);
    expect(files).toEqual(["grafana/overview_.json", "grafana/overview.json"]);
    expect(new Set(dashboardsOf(plan).map(({ uid }) => uid)).size).toBe(2);
  });

  test("a service with a long name has a uid that fits, and the overview links to it", () => {
    const name = "a".repeat(63);
    const plan = planOf([service(name, [slo("x")]), service("short", [slo("x")])]);
    const { uid } = dashboardOf(plan, name);
    expect(uid).toHaveLength(40);
    const queries = queriesOf(dashboardsOf(plan).at(-1)).join().replaceAll(/\s+/g, " ");
    expect(queries).toContain(`"dashboard", "${uid}", "slo_service", "${name}"`);
  });

  test("without services there is nothing to overview", () => {
    expect(grafana.emit(planOf([]), {})).toEqual([]);
  });
});

type Holder = { readonly panels: readonly (Panel | Row)[] };

function dashboardsOf(plan: Plan): Dashboard[] {
  return grafana.emit(plan, {}).map((artifact) => artifact.value as Dashboard);
}

function dashboardOf(plan: Plan, name: string): Dashboard {
  const found = dashboardsOf(plan).find(({ title }) => title === `SLOs: ${name}`);
  if (!found) throw new Error(`no dashboard of ${name}`);
  return found;
}

function filesOf(plan: Plan): [string, string][] {
  return grafana.emit(plan, {}).map((artifact) => [artifact.path, render(artifact)]);
}

function rowsOf(holder: Holder): Row[] {
  return holder.panels.filter((panel): panel is Row => panel.type === "row");
}

function panelsOf(holder: Holder): Panel[] {
  return holder.panels.flatMap((panel) => (panel.type === "row" ? [...(panel as Row).panels] : [panel as Panel]));
}

/** The panels between an SLO's heading and the next one. */
function sectionOf(dashboard: Dashboard, name: string): Holder {
  const start = dashboard.panels.findIndex((panel) => panel.type === "row" && panel.title.startsWith(`${name}:`));
  const rest = dashboard.panels.slice(start + 1);
  const end = rest.findIndex((panel) => panel.type === "row");
  return { panels: end === -1 ? rest : rest.slice(0, end) };
}

function queriesOf(holder: Holder | undefined): string[] {
  return holder === undefined ? [] : panelsOf(holder).flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
}

function cellsOf({ x, y, w, h }: Panel["gridPos"]): string[] {
  return Array.from({ length: w * h }, (_cell, index) => `${x + (index % w)},${y + Math.floor(index / w)}`);
}
