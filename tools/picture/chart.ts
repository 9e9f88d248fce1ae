/** A time series panel as SVG: lines, fills, thresholds and axes. */
import type { Panel } from "../../src/emit/grafana/model.ts";
import type { Range } from "./answers.ts";
import { escapeHtml } from "./html.ts";
import { colourOf, inUnit } from "./looks.ts";

export interface DrawnSeries {
  readonly name: string;
  readonly color: string;
  readonly dashed: boolean;
  readonly points: readonly (readonly [number, number])[];
}

const LEFT = 56;
const BOTTOM = 22;
const TOP = 8;

/** Lines over time in a box of pixels, with their legend below. */
export function chart(
  panel: Panel,
  series: readonly DrawnSeries[],
  range: Range,
  width: number,
  height: number,
): string {
  const box = boxOf(panel, series, range, width, height - 22);
  const legend = series.map(
    ({ name, color, points }) =>
      `<span><i style="background:${color}"></i>${escapeHtml(name)} <b>${last(panel, points)}</b></span>`,
  );
  return `<svg width="${width}" height="${height - 22}">${grid(panel, box)}${series.map((one) => line(one, box)).join("")}${thresholds(panel, box)}</svg><div class="legend">${legend.join("")}</div>`;
}

interface Box {
  readonly x: (time: number) => number;
  readonly y: (value: number) => number;
  readonly low: number;
  readonly high: number;
  readonly range: Range;
  readonly width: number;
  readonly height: number;
  readonly fill: number;
}

function boxOf(panel: Panel, series: readonly DrawnSeries[], range: Range, width: number, height: number): Box {
  const custom = panel.fieldConfig.defaults.custom ?? {};
  const symlog = (custom.scaleDistribution as { type?: string } | undefined)?.type === "symlog";
  const scale = symlog ? (value: number) => (value <= 1 ? value : 1 + Math.log10(value)) : (value: number) => value;
  const values = series.flatMap(({ points }) => points.map(([, value]) => value));
  const softMin = Number(custom.axisSoftMin ?? 0);
  const low = Math.min(softMin, ...values);
  const lines = symlog ? (panel.fieldConfig.defaults.thresholds?.steps ?? []).map(({ value }) => value ?? 0) : [];
  const high = panel.fieldConfig.defaults.max ?? (Math.max(...values, ...lines) * 1.15 || 1);
  const [bottom, top] = [scale(low), scale(high)];
  return {
    x: (time) => LEFT + ((time - range.from) / (range.to - range.from)) * (width - LEFT - 8),
    y: (value) => TOP + (1 - (scale(value) - bottom) / (top - bottom)) * (height - TOP - BOTTOM),
    low,
    high,
    range,
    width,
    height,
    fill: Number(custom.fillOpacity ?? 0) / 100,
  };
}

function grid(panel: Panel, box: Box): string {
  const values = ticks(panel, box).map((value) => {
    const y = box.y(value).toFixed(1);
    return `<line x1="${LEFT}" x2="${box.width - 8}" y1="${y}" y2="${y}" class="grid"/><text x="${LEFT - 6}" y="${Number(y) + 4}" text-anchor="end">${axisLabel(panel, value)}</text>`;
  });
  const step = (box.range.to - box.range.from) / 6;
  const times = [1, 2, 3, 4, 5].map((index) => {
    const time = box.range.from + index * step;
    return `<text x="${box.x(time).toFixed(1)}" y="${box.height - 5}" text-anchor="middle">${timeLabel(time, step)}</text>`;
  });
  return values.join("") + times.join("");
}

/** Powers of ten where the scale is logarithmic, else four even steps. */
function ticks(panel: Panel, box: Box): number[] {
  const custom = panel.fieldConfig.defaults.custom ?? {};
  if (custom.scaleDistribution) return [0, 1, 3, 10, 30, 100, 1000].filter((value) => value <= box.high);
  return [0, 1, 2, 3, 4].map((index) => box.low + ((box.high - box.low) * index) / 4);
}

function axisLabel(panel: Panel, value: number): string {
  const { unit = "none", decimals } = panel.fieldConfig.defaults;
  const suffix = panel.fieldConfig.defaults.custom?.axisLabel ? "×" : "";
  return inUnit(value, unit, unit === "percentunit" ? Math.min(decimals ?? 1, 2) : undefined) + suffix;
}

function timeLabel(time: number, step: number): string {
  const iso = new Date(time * 1000).toISOString();
  return step > 43_200 ? iso.slice(5, 10) : iso.slice(11, 16);
}

function line(series: DrawnSeries, box: Box): string {
  const points = series.points.map(([time, value]) => `${box.x(time).toFixed(1)},${box.y(value).toFixed(1)}`);
  if (points.length === 0) return "";
  const dash = series.dashed ? ' stroke-dasharray="6 5" stroke-width="1.3"' : ' stroke-width="1.8"';
  const zero = box.y(Math.max(box.low, 0)).toFixed(1);
  const area =
    series.dashed || box.fill === 0
      ? ""
      : `<polygon points="${points[0]?.split(",")[0]},${zero} ${points.join(" ")} ${points.at(-1)?.split(",")[0]},${zero}" fill="${series.color}" fill-opacity="${box.fill}"/>`;
  return `${area}<polyline points="${points.join(" ")}" fill="none" stroke="${series.color}"${dash}/>`;
}

function thresholds(panel: Panel, box: Box): string {
  const style = panel.fieldConfig.defaults.custom?.thresholdsStyle as { mode?: string } | undefined;
  if (!style) return "";
  return (panel.fieldConfig.defaults.thresholds?.steps ?? [])
    .filter(({ value }) => value !== null && value >= box.low && value <= box.high)
    .map(({ color, value }) => {
      const y = box.y(value ?? 0).toFixed(1);
      return `<line x1="${LEFT}" x2="${box.width - 8}" y1="${y}" y2="${y}" stroke="${colourOf(color)}" stroke-dasharray="8 6" stroke-opacity="0.75"/>`;
    })
    .join("");
}

function last(panel: Panel, points: DrawnSeries["points"]): string {
  const value = points.at(-1)?.[1];
  const { unit = "none", decimals } = panel.fieldConfig.defaults;
  return value === undefined ? "" : inUnit(value, unit, decimals);
}
