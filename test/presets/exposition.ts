/** Exposition text of a system: its series, which of them match a selector, and the same text a while later. */
import { readFileSync } from "node:fs";
import type { Matcher, Selector } from "../../src/promql/ast.ts";
import { matchesAll } from "../../src/sli/sample-labels.ts";

export interface Series {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  /** The metric that it is a part of, and that one's type. */
  readonly family: string;
  readonly type: string;
  /** Counters and parts of histograms only rise. */
  readonly rises: boolean;
}

/** The exposition of `samples/<name>.prom`. */
export function readSample(name: string): readonly Series[] {
  return parseExposition(readFileSync(new URL(`samples/${name}.prom`, import.meta.url), "utf8"));
}

/** As Prometheus stores them with `convert_classic_histograms_to_nhcb`: one series for each histogram. */
export function withNativeHistograms(series: readonly Series[]): readonly Series[] {
  const isPart = ({ name, rises }: Series) => rises && /_(bucket|sum|count)$/.test(name);
  const whole = series.filter(({ name }) => name.endsWith("_count"));
  const native = whole.map((each) => ({ ...each, name: each.name.replace(/_count$/, "") }));
  return [...series.filter((each) => !isPart(each)), ...native];
}

export function parseExposition(text: string): Series[] {
  const types = new Map(
    [...text.matchAll(/^# TYPE "?([^\s"]+)"? (\S+)$/gm)].map(([, name, type]) => [name ?? "", type]),
  );
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return lines.map((line) => toSeries(line, types));
}

/** Series that a selector would find, were they scraped as this job. */
export function matching(series: readonly Series[], selector: Selector, job: string): Series[] {
  const matchers: readonly Matcher[] = [...selector.matchers, { label: "__name__", op: "=", value: selector.metric }];
  return series.filter(({ name, labels }) => matchesAll(matchers, { job, instance: "a", ...labels, __name__: name }));
}

/** The exposition after so many seconds: what rises grows by 200 times its own value every second, gauges stand still. */
export function expositionAfter(series: readonly Series[], seconds: number): string {
  const lines = series.flatMap((each, index) => [
    ...(series.findIndex(({ family }) => family === each.family) === index ? [typeLine(each)] : []),
    `${seriesText(each)} ${valueAfter(each, seconds)}`,
  ]);
  return `${lines.join("\n")}\n`;
}

/** A name in quotes, for one with dots, stands among the labels. */
const LINE = /^(?:([a-zA-Z_:][\w:]*)(?:\{(.*)\})?|\{"([^"]+)",?(.*)\}) (\S+)$/;
const LABEL = /"?([a-zA-Z_][\w.]*)"?="((?:[^"\\]|\\.)*)",?/g;

function toSeries(line: string, types: ReadonlyMap<string, string | undefined>): Series {
  const [, plain, own, quoted, rest, value] = LINE.exec(line) ?? [];
  const [name, labels = ""] = [plain ?? quoted, own ?? rest];
  if (name === undefined) throw new Error(`this is no sample: ${line}`);
  const whole = name.replace(/_(bucket|sum|count)$/, "");
  const family = types.has(name) ? name : whole;
  const type = types.get(family);
  if (type === undefined) throw new Error(`${name} has no type`);
  return {
    name,
    labels: Object.fromEntries([...labels.matchAll(LABEL)].map(([, label = "", text = ""]) => [label, text])),
    value: value === "+Inf" ? Number.POSITIVE_INFINITY : Number(value),
    family,
    type,
    rises: type === "counter" || type === "histogram",
  };
}

function typeLine({ family, type }: Series): string {
  return `# TYPE ${quoted(family)} ${type}`;
}

function seriesText({ name, labels }: Series): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${quoted(label)}="${value}"`);
  return name.includes(".") ? `{${[quoted(name), ...pairs].join(",")}}` : `${name}{${pairs.join(",")}}`;
}

function quoted(name: string): string {
  return name.includes(".") ? `"${name}"` : name;
}

/** Whole counts stay whole and in order: a histogram's buckets never cross. */
function valueAfter({ value, rises }: Series, seconds: number): string {
  if (!rises) return value === Number.POSITIVE_INFINITY ? "+Inf" : String(value);
  const grown = value * (1 + seconds * 200);
  return String(Number.isInteger(value) ? Math.floor(grown) : grown);
}
