/** The page that is photographed: a dashboard's panels on its own grid, in the colours of Grafana's dark theme. */
import type { Dashboard, Panel, Row } from "../../src/emit/grafana/model.ts";
import { drawPanel, type Source } from "./draw.ts";
import { escapeHtml } from "./html.ts";

export const WIDTH = 1560;

const COLUMN = WIDTH / 24;
const UNIT = 34;
const GAP = 8;

/** The dashboard down to the end of one section. */
export async function page(dashboard: Dashboard, section: string, source: Source, caption: string): Promise<string> {
  const chosen = untilEnd(dashboard, section);
  const top = Math.min(...chosen.map(({ gridPos }) => gridPos.y));
  const drawn = await Promise.all(
    chosen.map((panel) => (panel.type === "row" ? rowHtml(panel as Row, top) : panelHtml(panel as Panel, source, top))),
  );
  const height = Math.max(...chosen.map(({ gridPos }) => gridPos.y + gridPos.h - top)) * UNIT;
  return `<!doctype html><meta charset="utf-8"><style>${STYLE}</style><header>${escapeHtml(dashboard.title)}<span>${timesOf(source)}</span></header>
<main style="height:${height}px">${drawn.join("\n")}</main><footer>${escapeHtml(caption)}</footer>`;
}

/** The summary on top, and the section itself. */
function untilEnd({ panels }: Dashboard, section: string): (Panel | Row)[] {
  const start = panels.findIndex((panel) => panel.type === "row" && panel.title.startsWith(`${section}:`));
  const next = panels.findIndex((panel, index) => index > start && panel.type === "row");
  const first = panels.findIndex((panel) => panel.type === "row");
  const own = panels.slice(start, next === -1 ? undefined : next);
  const lift = (own[0]?.gridPos.y ?? 0) - (panels[first]?.gridPos.y ?? 0);
  return [
    ...panels.slice(0, first),
    ...own.map((panel) => ({ ...panel, gridPos: { ...panel.gridPos, y: panel.gridPos.y - lift } })),
  ];
}

function rowHtml({ title, gridPos }: Row, top: number): string {
  return `<h2 style="top:${(gridPos.y - top) * UNIT}px">⌄ ${escapeHtml(title)}</h2>`;
}

async function panelHtml(panel: Panel, source: Source, top: number): Promise<string> {
  const { x, y, w, h } = panel.gridPos;
  const size = { width: w * COLUMN - GAP, height: h * UNIT - GAP };
  const inside = await drawPanel(panel, source, { width: size.width - 18, height: size.height - 36 });
  const range = panel.timeFrom ? `<small>Last ${panel.timeFrom}</small>` : "";
  return `<section style="left:${x * COLUMN}px;top:${(y - top) * UNIT}px;width:${size.width}px;height:${size.height}px"><h3>${escapeHtml(panel.title)}${range}</h3>${inside}</section>`;
}

function timesOf({ range }: Source): string {
  const time = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 16).replace("T", " ");
  return `${time(range.from)} to ${time(range.to)} UTC`;
}

const STYLE = `
body { margin: 14px; width: ${WIDTH}px; background: #111217; color: #ccccdc; font: 13px Inter, "DejaVu Sans", Arial, sans-serif }
header { font-size: 20px; margin: 2px 4px 12px; display: flex; justify-content: space-between } header span { font-size: 13px; color: #8e8e99 }
main { position: relative } footer { color: #8e8e99; margin: 6px 4px }
section { position: absolute; background: #181b1f; border: 1px solid #24272e; border-radius: 4px; box-sizing: border-box; padding: 6px 8px; overflow: hidden }
h2 { position: absolute; font-size: 15px; margin: 6px 4px; font-weight: 500 } h3 { font-size: 13px; margin: 0 0 6px; font-weight: 500 } h3 small { color: #5794f2; margin-left: 8px; font-weight: 400 }
.stats { height: calc(100% - 24px); margin: 0 -8px -6px; display: flex; gap: 4px } .stats small { font-size: 13px; margin-right: 12px }
.stat { flex: 1; display: flex; align-items: center; justify-content: center; font-size: 34px; font-weight: 600; color: #0b0c0e; border-radius: 0 0 4px 4px }
svg text { fill: #8e8e99; font-size: 11px } svg .word { fill: #fff } .grid { stroke: #2a2d34 }
.legend { display: flex; gap: 16px; font-size: 12px; padding-left: 8px; white-space: nowrap } .legend i { display: inline-block; width: 12px; height: 3px; margin-right: 6px; vertical-align: middle } .legend b { font-weight: 500; color: #fff }
.bars { display: flex; flex-direction: column; justify-content: space-around; height: calc(100% - 26px) } .bar { display: flex; align-items: center; gap: 10px } .bar span { width: 210px; text-align: right }
.bar div, .gauge div { flex: 1; background: #22252b; height: 22px } .bar i, .gauge i { display: block; height: 100% } .bar b { width: 54px; font-size: 15px }
table { width: 100%; border-collapse: collapse } th { text-align: left; color: #6e9fff; font-weight: 500; padding: 5px 8px } td { padding: 5px 8px; border-top: 1px solid #24272e }
.pill { color: #0b0c0e; display: inline-block; padding: 1px 14px; border-radius: 2px } .gauge { display: flex; gap: 10px; align-items: center } .gauge div { height: 14px } .gauge b { width: 52px }
.text p { margin: 0 0 9px; line-height: 1.45 } code { background: #22252b; padding: 0 4px; border-radius: 2px } a { color: #6e9fff }
`;
