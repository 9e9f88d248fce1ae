/** Tables as Grafana takes them. */
import type { Override, PanelBody, Target, Transformation } from "./model.ts";
import { DATASOURCE, heading, type PanelWords, type Query, target } from "./panel.ts";

export interface Table extends PanelWords {
  /** Each becomes a column named after its query. */
  readonly queries: readonly Query[];
  readonly noValue: string;
  readonly overrides: readonly Override[];
  readonly transformations: readonly Transformation[];
  readonly sortBy: readonly { readonly displayName: string; readonly desc: boolean }[];
}

/** Rows of what is true now. */
export function table(panel: Table): PanelBody {
  return {
    ...heading("table", panel),
    datasource: DATASOURCE,
    targets: panel.queries.map((query, index): Target => ({ ...target(query, index, true), format: "table" })),
    fieldConfig: {
      defaults: {
        unit: "short",
        noValue: panel.noValue,
        custom: { align: "auto", cellOptions: { type: "auto" }, inspect: false },
      },
      overrides: panel.overrides,
    },
    transformations: panel.transformations,
    options: { cellHeight: "sm", showHeader: true, sortBy: panel.sortBy },
  };
}
