/** Text in columns. */
import { stripVTControlCharacters } from "node:util";

/** Rows with their cells aligned, two spaces apart; colour codes take no room. */
export function alignColumns(rows: readonly (readonly string[])[], indent = ""): string {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_value, column) =>
    Math.max(...rows.map((row) => widthOf(row[column] ?? ""))),
  );
  return rows
    .map((row) => (indent + row.map((cell, column) => pad(cell, widths[column] ?? 0)).join("  ")).trimEnd())
    .join("\n");
}

function pad(cell: string, width: number): string {
  return cell + " ".repeat(width - widthOf(cell));
}

function widthOf(cell: string): number {
  return stripVTControlCharacters(cell).length;
}
