/** Dashboards of a plan, and what is in them. */
import type { Plan } from "../../../src/compile/plan.ts";
import { render } from "../../../src/emit/artifact.ts";
import type { Dashboard, Panel, Row } from "../../../src/emit/grafana/model.ts";
import { grafana } from "../../../src/emit/grafana.ts";

/** A dashboard, or a part of one. */
export type Holder = { readonly panels: readonly (Panel | Row)[] };

/** Every dashboard of a plan, the overview last. */
export function dashboardsOf(plan: Plan): Dashboard[] {
  return grafana.emit(plan, {}).map((artifact) => artifact.value as Dashboard);
}

/** The dashboard of one service. */
export function dashboardOf(plan: Plan, name: string): Dashboard {
  const found = dashboardsOf(plan).find(({ title }) => title === `SLOs: ${name}`);
  if (!found) throw new Error(`no dashboard of ${name}`);
  return found;
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

/** The panels between an SLO's heading and the next one. */
export function sectionOf(dashboard: Dashboard, name: string): Holder {
  const start = dashboard.panels.findIndex((panel) => panel.type === "row" && panel.title.startsWith(`${name}:`));
  const rest = dashboard.panels.slice(start + 1);
  const end = rest.findIndex((panel) => panel.type === "row");
  return { panels: end === -1 ? rest : rest.slice(0, end) };
}

/** The PromQL of every panel. */
export function queriesOf(holder: Holder | undefined): string[] {
  return holder === undefined ? [] : panelsOf(holder).flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
}
