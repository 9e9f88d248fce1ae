/** Panels of numbers: one builder per visualisation, with the options that this project wants everywhere. */
import { MINUTE_MS } from "../../../time/units.ts";
import type { FieldColor, FieldDefaults, Mapping, Override, PanelBody, PanelType, Thresholds } from "./model.ts";
import { DATASOURCE, heading, type PanelWords, type Query, target } from "./panel.ts";

export interface Measured extends PanelWords {
  readonly queries: readonly Query[];
  readonly unit: string;
  readonly decimals?: number;
  readonly min?: number;
  readonly max?: number;
  readonly thresholds?: Thresholds;
  readonly mappings?: readonly Mapping[];
  /** Several numbers side by side: each says whose it is. */
  readonly named?: boolean;
}

/** One number, large, on the colour of its state. */
export function stat(panel: Measured): PanelBody {
  return measured("stat", panel, {
    instant: true,
    color: { mode: "thresholds" },
    options: {
      colorMode: "background_solid",
      graphMode: "none",
      justifyMode: "center",
      orientation: "auto",
      reduceOptions: LAST_VALUE,
      textMode: panel.named ? "value_and_name" : "value",
      wideLayout: true,
    },
  });
}

export interface Graph extends Measured {
  readonly stepSeconds: number;
  readonly overrides?: readonly Override[];
  readonly color?: FieldColor;
  /** Changes to how lines are drawn, over the defaults. */
  readonly lines?: Readonly<Record<string, unknown>>;
  readonly timeFrom?: string;
}

/** Lines over time. */
export function graph(panel: Graph): PanelBody {
  return {
    ...measured("timeseries", panel, {
      instant: false,
      color: panel.color ?? { mode: "palette-classic" },
      overrides: panel.overrides ?? [],
      custom: { ...LINES, ...panel.lines },
      options: {
        legend: { calcs: ["lastNotNull"], displayMode: "list", placement: "bottom", showLegend: true },
        tooltip: { mode: "multi", sort: "desc" },
      },
    }),
    interval: `${panel.stepSeconds}s`,
    ...(panel.timeFrom === undefined ? {} : { timeFrom: panel.timeFrom }),
  };
}

/** Bands of state over time, one per query. */
export function stateTimeline(panel: Measured & { readonly stepSeconds: number }): PanelBody {
  return {
    ...measured("state-timeline", panel, {
      instant: false,
      color: { mode: "thresholds" },
      custom: { fillOpacity: 85, lineWidth: 0 },
      options: {
        alignValue: "left",
        legend: { displayMode: "list", placement: "bottom", showLegend: false },
        mergeValues: true,
        rowHeight: 0.8,
        showValue: "auto",
        tooltip: { mode: "single", sort: "none" },
      },
    }),
    interval: `${panel.stepSeconds}s`,
  };
}

const LAST_VALUE = { calcs: ["lastNotNull"], fields: "", values: false } as const;

const LINES = {
  axisSoftMin: 0,
  drawStyle: "line",
  fillOpacity: 8,
  gradientMode: "none",
  lineInterpolation: "linear",
  lineWidth: 2,
  pointSize: 4,
  showPoints: "never",
  // Up to five minutes: a missed evaluation is no outage, a longer gap is to be seen.
  spanNulls: 5 * MINUTE_MS,
} as const;

interface Drawing {
  readonly instant: boolean;
  readonly color: FieldColor;
  readonly options: Readonly<Record<string, unknown>>;
  readonly overrides?: readonly Override[];
  readonly custom?: Readonly<Record<string, unknown>>;
}

function measured(type: PanelType, panel: Measured, drawing: Drawing): PanelBody {
  return {
    ...heading(type, panel),
    datasource: DATASOURCE,
    targets: panel.queries.map((query, index) => target(query, index, drawing.instant)),
    fieldConfig: { defaults: fieldDefaults(panel, drawing), overrides: drawing.overrides ?? [] },
    options: drawing.options,
  };
}

function fieldDefaults(panel: Measured, drawing: Drawing): FieldDefaults {
  const { unit, decimals, min, max, thresholds, mappings } = panel;
  return {
    unit,
    ...(decimals === undefined ? {} : { decimals }),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    color: drawing.color,
    ...(thresholds === undefined ? {} : { thresholds }),
    ...(mappings === undefined ? {} : { mappings }),
    ...(drawing.custom === undefined ? {} : { custom: drawing.custom }),
  };
}
