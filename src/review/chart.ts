/** A chart of lines before and after a change, as SVG with the page's own colours; a table beside it says the same. */
import { type ScaleContinuousNumeric, scaleLinear, scaleLog } from "d3-scale";
import { line } from "d3-shape";
import { escapeHtml } from "./html.ts";

export interface Curve {
  readonly name: "before" | "after";
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface Axis {
  readonly label: string;
  readonly kind: "linear" | "log";
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
  readonly words: (value: number) => string;
}

const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT] = [640, 300, 70, 50, 16, 16];

export interface Chart {
  readonly title: string;
  /** What the chart shows, for those who do not see it. */
  readonly caption: string;
  readonly curves: readonly Curve[];
  readonly x: Axis;
  readonly y: Axis;
}

export function chart({ title, caption, curves, x, y }: Chart): string {
  const [toX, toY] = [scaleOf(x, [LEFT, WIDTH - RIGHT]), scaleOf(y, [HEIGHT - BOTTOM, TOP])];
  const parts = [
    ...x.ticks.map(
      (tick) =>
        `<text x="${place(toX(tick))}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${escapeHtml(x.words(tick))}</text>`,
    ),
    ...y.ticks.map((tick) => {
      const at = place(toY(tick));
      return `<path class="axis" d="M${LEFT},${at}H${WIDTH - RIGHT}"/><text x="${LEFT - 6}" y="${at}" dy="4" text-anchor="end">${escapeHtml(y.words(tick))}</text>`;
    }),
    `<text x="${(LEFT + WIDTH) / 2}" y="${HEIGHT - 8}" text-anchor="middle">${escapeHtml(x.label)}</text>`,
    ...curves.map(({ name, points }) => curvePath(name, points, toX, toY)),
    ...curves.map(
      ({ name }, index) =>
        `<text class="${name}" x="${WIDTH - RIGHT}" y="${TOP + 14 + 16 * index}" text-anchor="end">${name === "before" ? "- - before" : "— after"}</text>`,
    ),
  ];
  return `<figure><figcaption>${escapeHtml(title)}</figcaption><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(`${title}. ${caption}`)}">${parts.join("")}</svg></figure>`;
}

type Scale = ScaleContinuousNumeric<number, number>;

function scaleOf({ kind, from, to }: Axis, range: [number, number]): Scale {
  const scale = kind === "log" ? scaleLog(range) : scaleLinear(range);
  return scale.domain([from, to]).clamp(true);
}

function curvePath(name: Curve["name"], points: Curve["points"], toX: Scale, toY: Scale): string {
  const path = line<readonly [number, number]>()
    .defined(([, value]) => Number.isFinite(value))
    .x(([at]) => place(toX(at)))
    .y(([, value]) => place(toY(value)))(points as (readonly [number, number])[]);
  return `<path class="curve ${name}" d="${path ?? ""}"/>`;
}

function place(value: number): number {
  return Math.round(value * 10) / 10;
}
