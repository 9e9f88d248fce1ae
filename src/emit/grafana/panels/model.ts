/**
 * The parts of Grafana's classic dashboard JSON (schemaVersion 42) that this project writes, as plain types.
 * Classic, because file provisioning and the sidecar take it in every Grafana version:
 * https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/
 */

export interface Dashboard {
  /** Null: Grafana numbers it; `uid` is the identity. */
  readonly id: null;
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly editable: false;
  readonly graphTooltip: 0 | 1 | 2;
  readonly timezone: "browser";
  readonly time: { readonly from: string; readonly to: string };
  readonly refresh: string;
  readonly schemaVersion: 42;
  readonly annotations: { readonly list: readonly Annotation[] };
  readonly links: readonly Link[];
  readonly templating: { readonly list: readonly Variable[] };
  readonly panels: readonly (Panel | Row)[];
}

export interface Datasource {
  readonly type: string;
  readonly uid: string;
}

/** A line or band across every graph. */
export interface Annotation {
  readonly name: string;
  readonly datasource: Datasource;
  readonly enable: boolean;
  readonly iconColor: string;
  readonly [key: string]: unknown;
}

export interface Link {
  readonly type: "link" | "dashboards";
  readonly title: string;
  readonly icon: string;
  readonly tooltip: string;
  readonly url: string;
  readonly tags: readonly string[];
  readonly asDropdown: boolean;
  readonly includeVars: boolean;
  readonly keepTime: boolean;
  readonly targetBlank: boolean;
}

export interface Variable {
  readonly type: "datasource" | "query";
  readonly name: string;
  readonly label: string;
  readonly query: string;
  readonly refresh: 1 | 2;
  readonly [key: string]: unknown;
}

export interface Row {
  readonly id: number;
  readonly type: "row";
  readonly title: string;
  readonly collapsed: boolean;
  readonly gridPos: GridPosition;
  /** Filled only when collapsed: else the row's panels follow it. */
  readonly panels: readonly Panel[];
}

/** A panel without its place: what the builders of `panels.ts` make. */
export interface PanelBody {
  readonly type: PanelType;
  readonly title: string;
  readonly description: string;
  readonly datasource: Datasource;
  readonly targets: readonly Target[];
  readonly fieldConfig: FieldConfig;
  readonly options: Readonly<Record<string, unknown>>;
  readonly transformations?: readonly Transformation[];
  /** Shortest step, so that no point is drawn twice: the evaluation interval. */
  readonly interval?: string;
  /** The panel's own time range, such as `30d`. */
  readonly timeFrom?: string;
}

export interface Panel extends PanelBody {
  readonly id: number;
  readonly gridPos: GridPosition;
}

export type PanelType = "stat" | "timeseries" | "table" | "state-timeline";

export interface GridPosition {
  readonly h: number;
  readonly w: number;
  readonly x: number;
  readonly y: number;
}

export interface Target {
  readonly refId: string;
  readonly datasource: Datasource;
  readonly expr: string;
  readonly editorMode: "code";
  readonly legendFormat: string;
  readonly instant: boolean;
  readonly range: boolean;
  readonly format?: "table";
}

export interface FieldConfig {
  readonly defaults: FieldDefaults;
  readonly overrides: readonly Override[];
}

export interface FieldDefaults {
  readonly unit?: string;
  readonly decimals?: number;
  readonly min?: number;
  readonly max?: number;
  readonly noValue?: string;
  readonly color?: FieldColor;
  readonly thresholds?: Thresholds;
  readonly mappings?: readonly Mapping[];
  readonly custom?: Readonly<Record<string, unknown>>;
}

export interface FieldColor {
  readonly mode: "fixed" | "thresholds" | "palette-classic";
  readonly fixedColor?: string;
}

export interface Thresholds {
  readonly mode: "absolute";
  readonly steps: readonly Step[];
}

/** A colour from `value` upwards; null stands for minus infinity. */
export interface Step {
  readonly color: string;
  readonly value: number | null;
}

export type Mapping =
  | { readonly type: "value"; readonly options: Readonly<Record<string, MappedValue>> }
  | { readonly type: "special"; readonly options: { readonly match: string; readonly result: MappedValue } };

export interface MappedValue {
  readonly text: string;
  readonly color: string;
  readonly index: number;
}

export interface Override {
  readonly matcher: { readonly id: "byName" | "byFrameRefID"; readonly options: string };
  readonly properties: readonly { readonly id: string; readonly value: unknown }[];
}

export interface Transformation {
  readonly id: "merge" | "organize";
  readonly options: Readonly<Record<string, unknown>>;
}
