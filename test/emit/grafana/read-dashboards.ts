/** Dashboards of a plan, and what is in them. */
import type { Plan } from "../../../src/compile/plan.ts";
import { render } from "../../../src/emit/artifact.ts";
import type { Dashboard, Panel, Row } from "../../../src/emit/grafana/panels/model.ts";
import { grafana } from "../../../src/emit/grafana.ts";

/** A dashboard, or a part of one. */
export type Holder = { readonly panels: readonly (Panel | Row)[] };

/** Every dashboard of a plan. */
export function dashboardsOf(plan: Plan): Dashboard[] {
  return grafana.emit(plan, {}).map((artifact) => artifact.value as Dashboard);
}

/** Paths and bytes. */
export function filesOf(plan: Plan): [string, string][] {
  return grafana.emit(plan, {}).map((artifact) => [artifact.path, render(artifact)]);
}

export function rowsOf(holder: Holder): Row[] {
  return holder.panels.filter((panel): panel is Row => panel.type === "row");
}

/** Every panel, those of folded sections too. */
export function panelsOf(holder: Holder): Panel[] {
  return holder.panels.flatMap((panel) => (panel.type === "row" ? [...(panel as Row).panels] : [panel as Panel]));
}
