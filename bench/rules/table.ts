/** Tables, for a terminal or as Markdown. */
export interface Table {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export function printTable(table: Table, markdown: boolean): string {
  return markdown ? asMarkdown(table) : aligned(table);
}

function asMarkdown({ title, head, rows }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [`**${title}**`, "", line(head), `|${"---|".repeat(head.length)}`, ...rows.map(line)].join("\n");
}

function aligned({ title, head, rows }: Table): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => (column > 1 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join("  ");
  return [title, ...all.map((cells) => `  ${line(cells)}`.trimEnd())].join("\n");
}
