/** Panels of a dashboard as HTML, from its own JSON and what Prometheus answers to its queries. */
import type { Panel, Target } from "../../src/emit/grafana/model.ts";
import { askInstant, askRange, type Range, type Series } from "./answers.ts";
import { chart, type DrawnSeries } from "./chart.ts";
import { escapeHtml } from "./html.ts";
import { colourOfQuery, paletteColour, shown, thresholdColour } from "./looks.ts";
import { drawTable } from "./table.ts";

export interface Source {
  readonly url: string;
  readonly range: Range;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The inside of one panel. */
export async function drawPanel(panel: Panel, source: Source, size: Size): Promise<string> {
  switch (panel.type) {
    case "stat":
      return drawStat(panel, source);
    case "bargauge":
      return drawBars(panel, source);
    case "timeseries":
      return drawGraph(panel, source, size);
    case "state-timeline":
      return drawTimeline(panel, source, size);
    case "table":
      return drawTable(panel, await Promise.all(targetsOf(panel).map((target) => now(target, source))));
    case "text":
      return `<div class="text">${markdown(String(panel.options.content))}</div>`;
    case "dashlist":
      return "";
  }
}

/** One number on its colour, or several side by side, each with its name. */
async function drawStat(panel: Panel, source: Source): Promise<string> {
  const [target] = targetsOf(panel);
  const series = target ? await now(target, source) : [];
  const field = panel.fieldConfig.defaults;
  const values = series.length === 0 ? [undefined] : series.map(({ points }) => points[0]?.[1]);
  const named = target && panel.options.textMode === "value_and_name";
  const cells = values.map((value, index) => {
    const name = named ? `<small>${escapeHtml(legend(target, series[index]?.labels ?? {}))}</small>` : "";
    return `<div class="stat" style="background:${thresholdColour(value, field)}">${name}${shown(value, field)}</div>`;
  });
  return `<div class="stats">${cells.join("")}</div>`;
}

/** A bar for each query and series. */
async function drawBars(panel: Panel, source: Source): Promise<string> {
  const field = panel.fieldConfig.defaults;
  const answers = await Promise.all(
    targetsOf(panel).map(async (target) => ({ target, series: await now(target, source) })),
  );
  const bars = answers.flatMap(({ target, series }) =>
    (series.length === 0 ? [{ labels: {}, points: [] }] : series).map((one: Series) => {
      const value = one.points[0]?.[1] ?? 0;
      const share = Math.min(1, value / (field.max ?? 1));
      const color = thresholdColour(value, field);
      return `<div class="bar"><span>${escapeHtml(legend(target, one.labels).trim())}</span><div><i style="width:${share * 100}%;background:${color}"></i></div><b style="color:${color}">${shown(value, field)}</b></div>`;
    }),
  );
  return `<div class="bars">${bars.join("")}</div>`;
}

async function drawGraph(panel: Panel, source: Source, { width, height }: Size): Promise<string> {
  const range = rangeOf(panel, source.range);
  const answers = await Promise.all(
    targetsOf(panel).map(async (target) => ({ target, series: await over(target, source.url, range) })),
  );
  let index = 0;
  const drawn = answers.flatMap(({ target, series }) =>
    series.map(({ labels, points }): DrawnSeries => {
      const color = colourOfQuery(panel, target.refId) ?? paletteColour(index++);
      return { name: legend(target, labels), color, dashed: isDashed(panel, target), points };
    }),
  );
  return chart(panel, drawn, range, width, height);
}

async function drawTimeline(panel: Panel, source: Source, { width, height }: Size): Promise<string> {
  const targets = targetsOf(panel);
  const bands = await Promise.all(
    targets.map(async (target) => (await over(target, source.url, source.range))[0]?.points ?? []),
  );
  const tall = (height - 24) / targets.length;
  const { from, to, step } = source.range;
  const x = (time: number): number => 150 + ((time - from) / (to - from)) * (width - 158);
  const rows = bands.map((points, row) => {
    const middle = (row * tall + tall / 2 + 4).toFixed(1);
    const cells = bandsOf(points, step).map(({ start, end, value }) => {
      const box = `x="${x(start).toFixed(1)}" y="${(row * tall + tall * 0.12).toFixed(1)}" width="${(x(Math.min(end, to)) - x(start)).toFixed(1)}" height="${(tall * 0.76).toFixed(1)}"`;
      const word = `<text class="word" x="${(x(start) + 6).toFixed(1)}" y="${middle}">${shown(value, panel.fieldConfig.defaults)}</text>`;
      return `<rect ${box} fill="${thresholdColour(value, panel.fieldConfig.defaults)}" fill-opacity="${value === 0 ? 0.3 : 0.9}"/>${word}`;
    });
    return `<text x="142" y="${middle}" text-anchor="end">${escapeHtml(targets[row]?.legendFormat ?? "")}</text>${cells.join("")}`;
  });
  const times = [0, 1, 2, 3, 4, 5]
    .map((index) => from + (index * (to - from)) / 6)
    .map(
      (time) =>
        `<text x="${x(time).toFixed(1)}" y="${height - 6}">${new Date(time * 1000).toISOString().slice(11, 16)}</text>`,
    );
  return `<svg width="${width}" height="${height}">${rows.join("")}${times.join("")}</svg>`;
}

interface Band {
  readonly start: number;
  readonly end: number;
  readonly value: number;
}

/** Equal neighbours are one band. */
function bandsOf(points: Series["points"], step: number): Band[] {
  const bands: Band[] = [];
  for (const [time, value] of points) {
    const before = bands.at(-1);
    if (before?.value === value) bands[bands.length - 1] = { ...before, end: time + step };
    else bands.push({ start: time, end: time + step, value });
  }
  return bands;
}

/** A panel with a time range of its own is drawn with few points, as Grafana does. */
function rangeOf(panel: Panel, range: Range): Range {
  if (panel.timeFrom === undefined) return range;
  return { from: range.to - Number.parseInt(panel.timeFrom, 10) * 86_400, to: range.to, step: 3600 };
}

function targetsOf(panel: Panel): readonly Target[] {
  return panel.targets ?? [];
}

/** Everything is chosen in every drop-down. */
function filled(target: Target): string {
  return target.expr.replaceAll(/\$(\w+)/g, (all, name: string) => (/^\d/.test(name) ? all : ".*"));
}

function now(target: Target, { url, range }: Source): Promise<Series[]> {
  return askInstant(url, filled(target), range.to);
}

function over(target: Target, url: string, range: Range): Promise<Series[]> {
  return askRange(url, filled(target), range);
}

function legend(target: Target, labels: Series["labels"]): string {
  return target.legendFormat.replaceAll(/\{\{(\w+)\}\}/g, (_all, label: string) => labels[label] ?? "");
}

function isDashed(panel: Panel, target: Target): boolean {
  const override = panel.fieldConfig.overrides.find(({ matcher }) => matcher.options === target.refId);
  return override?.properties.some(({ id }) => id === "custom.lineStyle") ?? false;
}

/** As much Markdown as the panels of these dashboards have. */
function markdown(text: string): string {
  return escapeHtml(text.replaceAll("\u2060", ""))
    .split("\n\n")
    .map((part) => `<p>${inline(part)}</p>`)
    .join("");
}

function inline(text: string): string {
  return text
    .replaceAll(/\*\*(.+?)\*\*/g, "<b>$1</b>")
    .replaceAll(/`(.+?)`/g, "<code>$1</code>")
    .replaceAll(/\[(.+?)\]\((.+?)\)/g, '<a href="$2">$1</a>')
    .replaceAll(/\\(.)/g, "$1");
}
