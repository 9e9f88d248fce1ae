/** A table panel: one column per query, joined by labels as Grafana's `merge` does, renamed and ordered as `organize` says. */
import type { FieldDefaults, Mapping, Panel, Thresholds } from "../../src/emit/grafana/model.ts";
import type { Series } from "./answers.ts";
import { escapeHtml } from "./html.ts";
import { shown, thresholdColour } from "./looks.ts";

/** `answers` are in the order of the panel's queries. */
export function drawTable(panel: Panel, answers: readonly (readonly Series[])[]): string {
  const columns = columnsOf(panel);
  const rows = sorted(panel, joined(panel, answers));
  const head = columns.map(({ name }) => `<th>${escapeHtml(name)}</th>`).join("");
  const body = rows.map((row) => `<tr>${columns.map((column) => cell(column, row)).join("")}</tr>`).join("");
  return `<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
}

type Row = Readonly<Record<string, string | number>>;

interface Column {
  readonly field: string;
  readonly name: string;
  readonly settings: FieldDefaults;
  readonly cell: string | undefined;
}

interface Arrangement {
  readonly excludeByName: Readonly<Record<string, boolean>>;
  readonly indexByName: Readonly<Record<string, number>>;
  readonly renameByName: Readonly<Record<string, string>>;
}

function columnsOf(panel: Panel): Column[] {
  const { excludeByName, indexByName, renameByName } = arrangementOf(panel);
  const fields = Object.keys(indexByName)
    .filter((field) => !excludeByName[field])
    .sort((a, b) => (indexByName[a] ?? 0) - (indexByName[b] ?? 0));
  return fields.map((field) => {
    const name = renameByName[field] ?? field;
    const property = (id: string): unknown =>
      panel.fieldConfig.overrides
        .find(({ matcher }) => matcher.options === name)
        ?.properties.find((one) => one.id === id)?.value;
    const settings = {
      unit: (property("unit") as string | undefined) ?? "none",
      decimals: (property("decimals") as number | undefined) ?? 2,
      thresholds: (property("thresholds") as Thresholds | undefined) ?? { mode: "absolute", steps: [] },
      mappings: (property("mappings") as Mapping[] | undefined) ?? [],
    } as const;
    return { field, name, settings, cell: (property("custom.cellOptions") as { type?: string } | undefined)?.type };
  });
}

function arrangementOf(panel: Panel): Arrangement {
  return panel.transformations?.find(({ id }) => id === "organize")?.options as unknown as Arrangement;
}

function joined(panel: Panel, answers: readonly (readonly Series[])[]): Row[] {
  const rows = new Map<string, Record<string, string | number>>();
  answers.forEach((series, index) => {
    for (const { labels, points } of series) {
      const key = JSON.stringify(Object.entries(labels).sort());
      rows.set(key, {
        ...rows.get(key),
        ...labels,
        [`Value #${panel.targets?.[index]?.refId}`]: points[0]?.[1] ?? Number.NaN,
      });
    }
  });
  return [...rows.values()];
}

function sorted(panel: Panel, rows: readonly Row[]): Row[] {
  const { renameByName } = arrangementOf(panel);
  const fieldOf = (name: string): string =>
    Object.keys(renameByName).find((field) => renameByName[field] === name) ?? name;
  const by = panel.options.sortBy as readonly { displayName: string; desc: boolean }[];
  return [...rows].sort(
    (a, b) =>
      by
        .map(({ displayName, desc }) => {
          const field = fieldOf(displayName);
          return (Number(a[field] ?? 0) - Number(b[field] ?? 0)) * (desc ? -1 : 1);
        })
        .find((order) => order !== 0) ?? 0,
  );
}

function cell(column: Column, row: Row): string {
  const value = row[column.field];
  if (typeof value !== "number") return `<td>${escapeHtml(value ?? "")}</td>`;
  const color = thresholdColour(value, column.settings);
  const text = shown(value, column.settings);
  switch (column.cell) {
    case "color-background":
      return `<td><b class="pill" style="background:${color}">${text}</b></td>`;
    case "color-text":
      return `<td style="color:${color}">${text}</td>`;
    case "gauge":
      return `<td class="gauge"><div><i style="width:${Math.max(0, Math.min(1, value)) * 100}%;background:${color}"></i></div><b style="color:${color}">${text}</b></td>`;
    default:
      return `<td>${text}</td>`;
  }
}
