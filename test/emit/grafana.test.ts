/** Laws of every dashboard: what Grafana, its linter and a person at night rely on. */
import { describe, expect, test } from "vitest";
import type { Panel } from "../../src/emit/grafana/model.ts";
import { grafana } from "../../src/emit/grafana.ts";
import { parseExpression } from "../../src/promql/parse.ts";
import { everyKind, hostileService, planOf, service, slo } from "./grafana/declarations.ts";
import {
  dashboardOf,
  dashboardsOf,
  filesOf,
  panelsOf,
  queriesOf,
  rowsOf,
  sectionOf,
} from "./grafana/read-dashboards.ts";

const all = dashboardsOf(planOf([...everyKind(), hostileService()]));

describe.each(all.map((dashboard) => [dashboard.title, dashboard] as const))("%s", (_title, dashboard) => {
  const panels = panelsOf(dashboard);

  test("every query is PromQL", () => {
    for (const { title, targets } of panels) {
      for (const { expr } of targets ?? [])
        expect(parseExpression(expr), `${title}: ${expr}`).toMatchObject({ ok: true });
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
    expect(dashboard.templating.list.filter(({ type }) => type === "datasource").map(({ name }) => name)).toEqual([
      "datasource",
    ]);
    for (const { datasource, targets = [] } of panels.filter((panel) => panel.targets)) {
      for (const source of [datasource, ...targets.map((target) => target.datasource)])
        expect(source).toEqual({ type: "prometheus", uid: "${datasource}" });
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

function cellsOf({ x, y, w, h }: Panel["gridPos"]): string[] {
  return Array.from({ length: w * h }, (_cell, index) => `${x + (index % w)},${y + Math.floor(index / w)}`);
}
