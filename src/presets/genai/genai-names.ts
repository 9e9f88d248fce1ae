/**
 * How OpenTelemetry's GenAI conventions are called in Prometheus: by translation strategy, and by how histograms are stored.
 * https://prometheus.io/docs/guides/opentelemetry/, otlp.translation_strategy
 */
import type { Expr } from "../../promql/ast.ts";
import { call, sumBy } from "../../promql/build.ts";
import type { Select } from "../assemble/select.ts";
import { overWindow } from "../assemble/window.ts";

/** How names are translated: Prometheus' default, without units, dots kept with units, or as they are. */
export type GenaiNaming = "suffixes" | "no-suffixes" | "utf8" | "none";

/** How histograms are stored. */
export type GenaiHistogram = "classic" | "native" | "nhcb";

export interface GenaiNames {
  /** `gen_ai.client.operation.duration` in seconds, as Prometheus calls it. */
  readonly seconds: (name: string) => string;
  /** A metric whose unit leaves no trace. */
  readonly plain: (name: string) => string;
  /** `error.type` as a label in a matcher. */
  readonly label: (name: string) => string;
  /** `gen_ai.request.model` as a label to group by. */
  readonly group: (name: string) => string;
}

/** The names under one translation. */
export function genaiNames(naming: GenaiNaming): GenaiNames {
  const dotted = naming === "utf8" || naming === "none";
  const suffix = naming === "suffixes" || naming === "utf8" ? "_seconds" : "";
  const plain = (name: string) => (dotted ? name : underscored(name));
  return {
    seconds: (name) => `${plain(name)}${suffix}`,
    plain,
    label: (name) => (dotted ? `"${name}"` : underscored(name)),
    group: plain,
  };
}

/** The name by which the bucket registry knows it. */
export function registryName(name: string): string {
  return `${underscored(name)}_seconds`;
}

/** Observations per second of a histogram, however it is stored. */
export function observations(
  { node }: Select,
  { name, matchers, by, stored }: Observed & { readonly by: readonly string[] },
): Expr {
  if (stored === "native" || stored === "nhcb")
    return call("histogram_count", sumBy(by, call("rate", overWindow(node(name, matchers)))));
  return sumBy(by, call("rate", overWindow(node(`${name}_count`, matchers))));
}

interface Observed {
  readonly name: string;
  readonly matchers: string;
  readonly stored: GenaiHistogram;
}

function underscored(name: string): string {
  return name.replaceAll(".", "_");
}
