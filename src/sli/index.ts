/** The registry of SLI kinds: a new one is a file in this folder and a line here. */
import type { z } from "zod";
import type { ClassicHistogram, Combination, Component, DeclaredCounts, SliKind } from "./kind.ts";
import { composite } from "./kinds/composite.ts";
import { events } from "./kinds/events.ts";
import { freshness } from "./kinds/freshness.ts";
import { gauge } from "./kinds/gauge.ts";
import { latency } from "./kinds/latency.ts";
import { probe } from "./kinds/probe.ts";
import { ratio } from "./kinds/ratio.ts";
import { score } from "./kinds/score.ts";
import { throughput } from "./kinds/throughput.ts";

export const kinds = { events, latency, gauge, probe, freshness, throughput, score, ratio, composite } as const;

export type KindName = keyof typeof kinds;

type SliOf<K> = K extends SliKind<infer S> ? S : never;

/** Any parsed SLI. */
export type Sli = { [K in KindName]: SliOf<(typeof kinds)[K]> }[KindName];

/** The kind of an SLI, typed for any of them. */
export function kindOf(sli: Sli): SliKind<Sli> {
  // One cast for all: the registry pairs every kind with its own schema, which TypeScript cannot follow through the key.
  return kinds[sli.kind] as unknown as SliKind<Sli>;
}

/** The SLOs that an SLI is made of; none where it counts for itself. */
export function componentsOf(sli: Sli): readonly Component[] {
  return kindOf(sli).components?.(sli) ?? [];
}

/** Whether an SLI is made of other SLOs, and so counts nothing of its own. */
export function isComposite(sli: Sli): boolean {
  return kindOf(sli).components !== undefined;
}

/** How the ratios of its components become one; undefined where it has a ratio of its own. */
export function combinationOf(sli: Sli): Combination | undefined {
  return kindOf(sli).combination?.(sli);
}

/** The classic histogram that it reads, whose boundaries its threshold has to meet; undefined where there is none. */
export function classicHistogramOf(sli: Sli): ClassicHistogram | undefined {
  return kindOf(sli).classicHistogram?.(sli);
}

/** Whether it reads a histogram that is one series, without `_count` and `_bucket`. */
export function isNativeHistogram(sli: Sli): boolean {
  return sli.kind === "latency" && sli.type !== "classic";
}

/** The counts that it declares, of which bad and good have to be parts of the total; none where it counts in another way. */
export function declaredCounts(sli: Sli): DeclaredCounts {
  return kindOf(sli).declaredCounts?.(sli) ?? {};
}

/** Length of the slices that it judges itself; undefined where it counts events. */
export function ownSliceSeconds(sli: Sli): number | undefined {
  return "slice" in sli ? sli.slice : undefined;
}

/** Kind names, for messages. */
export const kindNames = Object.keys(kinds) as KindName[];

/** The kinds of SLI that have such a field. */
export function kindsWith(field: string): KindName[] {
  return kindNames.filter((name) => field !== "kind" && fieldsOf(kinds[name].schema).includes(field));
}

/** None of a schema that makes something else of what it reads. */
function fieldsOf(schema: z.ZodType): string[] {
  return "shape" in schema ? Object.keys(schema.shape as object) : [];
}

/** The schema of one kind by name, or undefined. */
export function schemaOf(kind: unknown): z.ZodType<Sli> | undefined {
  return typeof kind === "string" && Object.hasOwn(kinds, kind)
    ? (kinds[kind as KindName].schema as unknown as z.ZodType<Sli>)
    : undefined;
}
