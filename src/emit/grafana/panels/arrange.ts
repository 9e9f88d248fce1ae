/** Where panels stand: sections of lines on Grafana's 24 columns, and numbers that stay when a neighbour comes or goes. */
import { hash } from "../../../compile/hash.ts";
import type { Panel, PanelBody, Row } from "./model.ts";

/** A panel with its name in its section, and its width in columns. */
export interface Placed {
  readonly name: string;
  readonly width: number;
  readonly body: PanelBody;
}

/** Panels side by side. */
export interface Line {
  readonly height: number;
  readonly panels: readonly Placed[];
}

/** Lines under a heading, or without one at the top of a dashboard. */
export interface Section {
  readonly name: string;
  readonly heading?: { readonly title: string; readonly collapsed: boolean };
  readonly lines: readonly Line[];
}

/** The `panels` of a dashboard, top to bottom. */
export function arrange(sections: readonly Section[]): (Panel | Row)[] {
  const cursor: Cursor = { y: 0, taken: new Set() };
  return sections.flatMap((section) => arrangeSection(section, cursor));
}

interface Cursor {
  y: number;
  readonly taken: Set<number>;
}

function arrangeSection(section: Section, cursor: Cursor): (Panel | Row)[] {
  const { heading } = section;
  if (!heading) return arrangeLines(section, cursor);
  const start = { id: panelId(section.name, cursor), y: cursor.y };
  cursor.y += 1;
  const panels = arrangeLines(section, cursor);
  if (heading.collapsed) cursor.y = start.y + 1;
  const row: Row = {
    id: start.id,
    type: "row",
    title: heading.title,
    collapsed: heading.collapsed,
    gridPos: { h: 1, w: 24, x: 0, y: start.y },
    panels: heading.collapsed ? panels : [],
  };
  return heading.collapsed ? [row] : [row, ...panels];
}

function arrangeLines(section: Section, cursor: Cursor): Panel[] {
  return section.lines.flatMap((line) => arrangeLine(section.name, line, cursor));
}

function arrangeLine(section: string, line: Line, cursor: Cursor): Panel[] {
  let x = 0;
  const panels = line.panels.map(({ name, width, body }): Panel => {
    const gridPos = { h: line.height, w: width, x, y: cursor.y };
    x += width;
    return { id: panelId(`${section}/${name}`, cursor), gridPos, ...body };
  });
  cursor.y += line.height;
  return panels;
}

/** From the panel's name, not its place: links to a panel hold, and a diff stays where the change is. */
function panelId(name: string, cursor: Cursor): number {
  let id = Number.parseInt(hash(name).slice(0, 8), 16) & 0x7fffffff;
  while (id === 0 || cursor.taken.has(id)) id += 1;
  cursor.taken.add(id);
  return id;
}
