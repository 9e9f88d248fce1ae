/** Colours, units and words of a panel's values, as Grafana would show them. */
import type { FieldDefaults, Mapping, Panel } from "../../src/emit/grafana/model.ts";

/** Grafana's named colours in its dark theme. */
const COLOURS: Readonly<Record<string, string>> = {
  green: "#73bf69",
  yellow: "#fade2a",
  orange: "#ff9830",
  red: "#f2495c",
  blue: "#5794f2",
  purple: "#b877d9",
  transparent: "transparent",
};

/** Series without a colour of their own take these in turn. */
const PALETTE = ["#73bf69", "#5794f2", "#ff9830", "#b877d9", "#fade2a", "#f2495c"] as const;

export function colourOf(name: string): string {
  return COLOURS[name] ?? name;
}

export function paletteColour(index: number): string {
  return PALETTE[index % PALETTE.length] ?? PALETTE[0];
}

/** The colour of the highest threshold that a value has reached. */
export function thresholdColour(value: number | undefined, field: FieldDefaults): string {
  const mapped = mappedValue(value, field.mappings);
  if (mapped) return colourOf(mapped.color);
  const steps = field.thresholds?.steps ?? [];
  const reached = steps.filter((step) => step.value === null || (value !== undefined && value >= step.value));
  return colourOf(reached.at(-1)?.color ?? "blue");
}

/** The value in its unit, or the words that stand for it. */
export function shown(value: number | undefined, field: FieldDefaults): string {
  const mapped = mappedValue(value, field.mappings);
  if (mapped) return mapped.text;
  return value === undefined || Number.isNaN(value)
    ? (field.noValue ?? "–")
    : inUnit(value, field.unit ?? "none", field.decimals);
}

/** The whole of a panel's field settings for one query: its defaults and what overrides them. */
export function colourOfQuery(panel: Panel, refId: string): string | undefined {
  const override = panel.fieldConfig.overrides.find(
    ({ matcher }) => matcher.id === "byFrameRefID" && matcher.options === refId,
  );
  const colour = override?.properties.find(({ id }) => id === "color")?.value as { fixedColor?: string } | undefined;
  const fixed =
    colour?.fixedColor ??
    (panel.fieldConfig.defaults.color?.mode === "fixed" ? panel.fieldConfig.defaults.color.fixedColor : undefined);
  return fixed === undefined ? undefined : colourOf(fixed);
}

export function inUnit(value: number, unit: string, decimals?: number): string {
  if (unit === "percentunit") return `${trimmed(value * 100, decimals ?? 1)}%`;
  if (unit === "s") return duration(value);
  if (unit === "cps") return `${trimmed(value, value < 1 ? 3 : 1)} c/s`;
  if (unit === "currencyUSD") return `$${trimmed(value, decimals ?? 2)}`;
  if (unit.startsWith("suffix:")) return `${trimmed(value, decimals ?? 1)}${unit.slice("suffix:".length)}`;
  return trimmed(value, decimals ?? 2);
}

function trimmed(value: number, decimals: number): string {
  return value
    .toFixed(decimals)
    .replace(/(\.\d*?)0+$/, "$1")
    .replace(/\.$/, "");
}

function duration(seconds: number): string {
  if (seconds >= 86_400) return `${trimmed(seconds / 86_400, 1)} days`;
  return seconds >= 3600 ? `${trimmed(seconds / 3600, 1)} hours` : `${trimmed(seconds / 60, 1)} mins`;
}

function mappedValue(value: number | undefined, mappings: readonly Mapping[] = []) {
  for (const mapping of mappings) {
    if (mapping.type === "special" && (value === undefined || Number.isNaN(value))) return mapping.options.result;
    if (mapping.type === "value" && value !== undefined && mapping.options[String(value)])
      return mapping.options[String(value)];
  }
  return undefined;
}
