/** Tables whose rows are what Prometheus answers: labels are columns, and so is every query. */

import type { Mapping, Override, PanelBody, Thresholds } from "./model.ts";
import { type PanelWords, refId } from "./panel.ts";
import { table } from "./table-panel.ts";

/** One query. Rows of several are joined by the labels that all have. */
export interface Column {
  readonly name: string;
  readonly expr: string;
  readonly unit: string;
  readonly decimals?: number;
  readonly width?: number;
  readonly thresholds?: Thresholds;
  readonly mappings?: readonly Mapping[];
  readonly cell?: "background" | "text" | "gauge";
}

export interface Rows extends PanelWords {
  readonly columns: readonly Column[];
  /** What labels are called as columns, in their order; others stand at the end under their own names. */
  readonly labels: Readonly<Record<string, string>>;
  /** Labels and values that have no column. */
  readonly hidden?: readonly string[];
  /** What a click on a column opens. */
  readonly opens?: { readonly column: string; readonly title: string; readonly url: string };
  readonly sortBy: readonly { readonly displayName: string; readonly desc: boolean }[];
}

/** The table. */
export function rows(options: Rows): PanelBody {
  const { columns, opens } = options;
  return table({
    ...options,
    queries: columns.map(({ expr, name }) => ({ expr, legend: name })),
    noValue: "–",
    overrides: [...columns.map(styled), ...(opens === undefined ? [] : [link(opens)])],
    transformations: [
      { id: "merge", options: {} },
      { id: "organize", options: arrangement(options) },
    ],
  });
}

/** The first column leads, as it says how urgent a row is; then the labels. */
function arrangement({ columns, labels, hidden = [] }: Rows): Readonly<Record<string, unknown>> {
  const [first, ...figures] = columns.map(({ name }, index) => [fieldOf(index, columns), name] as const);
  const order = [...(first ? [first] : []), ...Object.entries(labels), ...figures];
  return {
    excludeByName: Object.fromEntries(["Time", ...hidden].map((name) => [name, true])),
    indexByName: Object.fromEntries(order.map(([field], index) => [field, index])),
    renameByName: Object.fromEntries(order),
  };
}

/** Grafana letters the values where there are several. */
function fieldOf(index: number, { length }: readonly Column[]): string {
  return length === 1 ? "Value" : `Value #${refId(index)}`;
}

function link({ column, title, url }: NonNullable<Rows["opens"]>): Override {
  const links = [{ title, url, targetBlank: false }];
  return { matcher: { id: "byName", options: column }, properties: [{ id: "links", value: links }] };
}

function styled(column: Column): Override {
  const { name, unit, decimals, width, thresholds, mappings, cell } = column;
  const properties = {
    unit,
    decimals,
    min: cell === "gauge" ? 0 : undefined,
    max: cell === "gauge" ? 1 : undefined,
    thresholds,
    color: thresholds && { mode: "thresholds" },
    mappings,
    "custom.cellOptions": cell && CELLS[cell],
    "custom.width": width,
  };
  const given = Object.entries(properties).filter(([, value]) => value !== undefined);
  return { matcher: { id: "byName", options: name }, properties: given.map(([id, value]) => ({ id, value })) };
}

const CELLS = {
  background: { type: "color-background", mode: "basic" },
  text: { type: "color-text" },
  gauge: { type: "gauge", mode: "basic", valueDisplayMode: "text" },
} as const;
