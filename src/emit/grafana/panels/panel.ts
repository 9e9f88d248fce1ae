/** What every panel is made of: words, a data source and queries. */
import type { PanelBody, PanelType, Target } from "./model.ts";

/** The one data source variable of every dashboard. */
export const DATASOURCE = { type: "prometheus", uid: "${datasource}" } as const;

export interface Query {
  /** PromQL with the dashboard's variables. */
  readonly expr: string;
  readonly legend?: string;
}

/** What every panel says. */
export interface PanelWords {
  readonly title: string;
  readonly description: string;
}

/** What a panel is and says. */
export function heading(
  type: PanelType,
  { title, description }: PanelWords,
): Pick<PanelBody, "type" | "title" | "description"> {
  return { type, title, description };
}

/** One query, lettered by its place: of this moment, or of the time range. */
export function target(query: Query, index: number, instant: boolean): Target {
  return {
    refId: refId(index),
    datasource: DATASOURCE,
    expr: query.expr,
    editorMode: "code",
    legendFormat: query.legend ?? "__auto",
    instant,
    range: !instant,
  };
}

/** A, B, … Z, AA: how Grafana numbers queries. */
export function refId(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : refId(Math.floor(index / 26) - 1) + letter;
}
