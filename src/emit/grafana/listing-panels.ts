/** Panels of text and lists: tables, Markdown, links to dashboards. */
import type { Override, PanelBody, Target, Transformation } from "./model.ts";
import { DATASOURCE, heading, linked, type PanelWords, type Query, target } from "./panel.ts";

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
    ...linked(panel),
  };
}

/** Markdown. */
export function markdown(panel: PanelWords & { readonly content: string }): PanelBody {
  return {
    ...heading("text", panel),
    fieldConfig: { defaults: {}, overrides: [] },
    options: { mode: "markdown", content: panel.content },
    ...linked(panel),
  };
}

/** Links to every dashboard that carries the tags. */
export function dashboardList(panel: PanelWords & { readonly tags: readonly string[] }): PanelBody {
  return {
    ...heading("dashlist", panel),
    fieldConfig: { defaults: {}, overrides: [] },
    options: {
      includeVars: false,
      keepTime: true,
      maxItems: 100,
      query: "",
      showFolderNames: false,
      showHeadings: false,
      showRecentlyViewed: false,
      showSearch: true,
      showStarred: false,
      tags: panel.tags,
    },
  };
}
