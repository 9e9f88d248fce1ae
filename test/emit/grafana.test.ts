/**
 * Laws of every dashboard: what Grafana, its linter (https://github.com/grafana/dashboard-linter) and a person at night
 * rely on. Tests name the linter's rules. Its rules on the variables and matchers `job` and `instance` do not apply: what
 * is recorded has no such labels, and is chosen by service and SLO.
 */
import { describe, expect, test } from "vitest";
import type { Panel } from "../../src/emit/grafana/panels/model.ts";
import { grafana } from "../../src/emit/grafana.ts";
import { parseExpression } from "../../src/promql/grammar/parse.ts";
import { HOSTILE, planOf, service, slo } from "./grafana/declarations.ts";
import { dashboardsOf, filesOf, panelsOf, rowsOf } from "./grafana/read-dashboards.ts";
import { plan } from "./grafana/world.ts";

const all = dashboardsOf(plan);

describe.each(all.map((dashboard) => [dashboard.title, dashboard] as const))("%s", (_title, dashboard) => {
  const panels = panelsOf(dashboard);

  test("target-promql: every query is PromQL", () => {
    for (const { title, targets } of panels) {
      for (const { expr } of targets)
        expect(parseExpression(filled(expr)), `${title}: ${expr}`).toMatchObject({ ok: true });
    }
  });

  test("template-label-promql, template-on-time-change-reload: every variable asks for what there is, anew when the time range changes", () => {
    for (const { query, refresh } of dashboard.templating.list.filter(({ type }) => type === "query")) {
      const [, labelled, asked] = /^(?:label_values\((.*), \w+\)|query_result\((.*)\))$/.exec(query) ?? [];
      expect(parseExpression(filled(labelled ?? asked ?? "")), query).toMatchObject({ ok: true });
      expect(refresh).toBe(2);
    }
  });

  test("panels and queries are numbered apart", () => {
    const ids = [...panels, ...rowsOf(dashboard)].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => Number.isInteger(id) && id > 0)).toBe(true);
    for (const { targets } of panels) expect(new Set(targets.map(({ refId }) => refId)).size).toBe(targets.length);
  });

  test("panel-title-description, panel-units, panel-no-targets: every panel says what it shows, in which unit, and asks", () => {
    for (const { title, description, targets, fieldConfig } of panels) {
      expect(title).not.toBe("");
      expect(description, title).toMatch(/\.$/);
      expect(targets, title).not.toEqual([]);
      expect(fieldConfig.defaults.unit, title).toBeTruthy();
    }
  });

  test("template-datasource, panel-datasource: every query goes to the data source that was chosen", () => {
    expect(dashboard.templating.list.filter(({ type }) => type === "datasource")).toMatchObject([
      { name: "datasource", label: "Data source", query: "prometheus" },
    ]);
    for (const { datasource, targets } of panels) {
      for (const source of [datasource, ...targets.map((target) => target.datasource)])
        expect(source).toEqual({ type: "prometheus", uid: "${datasource}" });
    }
  });

  test("target-rate-interval, target-counter-agg: there is no counter whose rate would follow the screen's width", () => {
    for (const { expr } of panels.flatMap(({ targets }) => targets))
      expect(expr.replaceAll(/"[^"]*"/g, "")).not.toMatch(/\b(i?rate|increase|i?delta)\(|_total\b/);
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

  test("uneditable-dashboard: it can be provisioned, and is not edited in Grafana", () => {
    expect(dashboard).toMatchObject({ id: null, editable: false, schemaVersion: 42, timezone: "browser" });
    expect(dashboard.uid).toMatch(/^[\w-]{1,40}$/);
  });

  test("nothing is left undefined", () => {
    expect(JSON.stringify(dashboard)).not.toMatch(/undefined|NaN|Infinity|\[object/);
    expect(JSON.parse(JSON.stringify(dashboard))).toEqual(dashboard);
  });
});

describe("what is declared", () => {
  const other = {
    groupBy: ["region"],
    objective: 95,
    window: "7d",
    sli: { kind: "gauge", metric: "x", op: "<", threshold: 1 },
  };
  const budget = {
    kind: "spend",
    name: "b",
    metric: "cost_dollars_total",
    per: "month",
    limit: { amount: 1, unit: "dollars" },
  };

  test("a new SLO, of a new kind and a new group, changes no byte of any dashboard", () => {
    const one = [service("a", [slo("x", { groupBy: ["model"] })])];
    const two = [...one, service("b", [slo("y", other)], { description: HOSTILE })];
    expect(filesOf(planOf(two))).toEqual(filesOf(planOf(one)));
  });

  test("a new budget of another unit, period and value changes none either", () => {
    const first = service("a", [slo("x")], { budgets: [budget] });
    const more = {
      kind: "tokens",
      name: "c",
      metric: "tokens_total",
      per: "day",
      by: ["team"],
      limit: { amount: 1000, unit: "tokens" },
    };
    const files = filesOf(planOf([first]));
    expect(files.map(([path]) => path)).toEqual(["grafana/slo.json", "grafana/overview.json", "grafana/spend.json"]);
    expect(filesOf(planOf([first, service("b", [], { budgets: [more] })]))).toEqual(files);
  });

  test("without declarations there are none", () => {
    expect(grafana.emit(planOf([]), {})).toEqual([]);
  });
});

/** As it is without a group. */
function filled(query: string): string {
  return query.replaceAll("${group:raw}", "");
}

function cellsOf({ x, y, w, h }: Panel["gridPos"]): string[] {
  return Array.from({ length: w * h }, (_cell, index) => `${x + (index % w)},${y + Math.floor(index / w)}`);
}
