/** Group labels as dashboard variables: one drop-down per label, and the queries that follow it. */
import type { Expr, Matcher, Selector } from "../../promql/ast.ts";
import { aggregate, selector } from "../../promql/build.ts";
import { print } from "../../promql/print.ts";
import type { Variable } from "./model.ts";
import { DATASOURCE } from "./panel.ts";

/** A drop-down with the values that a group label has had in the dashboard's time range. */
export function groupVariable(label: string, service: string): Variable {
  const values = `label_values(${print(selector("slo:total:increase", { slo_service: service }))}, ${label})`;
  return queryVariable(variableName(label), label, values);
}

/** A drop-down of several values or all, filled by a query. */
export function queryVariable(name: string, label: string, query: string): Variable {
  return {
    type: "query",
    name,
    label,
    datasource: DATASOURCE,
    query,
    definition: query,
    refresh: 2,
    multi: true,
    includeAll: true,
    // Not `.+`: a series without the label belongs to "all" too.
    allValue: ".*",
    current: { selected: true, text: ["All"], value: ["$__all"] },
    sort: 1,
  };
}

/** The expression, reading only the groups that are chosen in the drop-downs. */
export function chosen(expr: Expr, labels: readonly string[]): Expr {
  return matching(expr, labels, "");
}

/** The same, and whatever concerns every group: some alerts carry no group label. */
export function chosenOrNone(expr: Expr, labels: readonly string[]): Expr {
  return matching(expr, labels, "|");
}

/** The highest value among the chosen groups. */
export function highest(expr: Expr, labels: readonly string[]): Expr {
  return aggregate("max", [], chosen(expr, labels));
}

/** The lowest value among the chosen groups. */
export function lowest(expr: Expr, labels: readonly string[]): Expr {
  return aggregate("min", [], chosen(expr, labels));
}

/** `gpt-4 / eu`, as Grafana fills it in per series. */
export function groupLegend(labels: readonly string[], otherwise: string): string {
  return labels.length === 0 ? otherwise : labels.map((label) => `{{${label}}}`).join(" / ");
}

function matching(expr: Expr, labels: readonly string[], suffix: string): Expr {
  const matchers = labels.map((label): Matcher => ({ label, op: "=~", value: `$${variableName(label)}${suffix}` }));
  return mapSelectors(expr, (found) => ({ ...found, matchers: [...found.matchers, ...matchers] }));
}

/** The data source has the one other variable. */
function variableName(label: string): string {
  return label === "datasource" ? "group_datasource" : label;
}

function mapSelectors(expr: Expr, change: (found: Selector) => Selector): Expr {
  switch (expr.node) {
    case "selector":
      return change(expr);
    case "call":
      return { ...expr, args: expr.args.map((part) => mapSelectors(part, change)) };
    case "aggregation":
    case "subquery":
      return { ...expr, expr: mapSelectors(expr.expr, change) };
    case "binary":
      return { ...expr, left: mapSelectors(expr.left, change), right: mapSelectors(expr.right, change) };
    case "number":
    case "string":
    case "raw":
      return expr;
  }
}
