/** From a preset and its options to plain declarations. */
import { knownBuckets } from "../../buckets/registry.ts";
import { noteCallSite } from "../../declare/call-site.ts";
import type {
  BudgetDeclaration,
  CheckDeclaration,
  LatencyThreshold,
  SloDeclaration,
} from "../../declare/declaration.ts";
import { noteMistakes } from "../../parse/read/mistakes.ts";
import { markOrigin } from "../../parse/read/preset-origin.ts";
import { bucketFor } from "./bucket-for.ts";
import type { PresetOptions, ServiceParts } from "./options.ts";
import type { Blueprint, Chosen, Preset } from "./preset.ts";
import { type Asked, readOptions } from "./read-options.ts";

/**
 * The declarations that a preset makes of its options. Mistakes in them become issues when the service is read.
 *
 * @param above - The public function that the user called: the declarations have the place of its call.
 */
export function assemble<O>(preset: Preset<O>, given: unknown, above: (...args: never[]) => unknown): ServiceParts {
  const asked = readOptions(preset, given);
  if (asked.problems.length > 0) {
    const mistaken = noteMistakes({} as SloDeclaration, asked.problems);
    return markOrigin({ slos: [noteCallSite(mistaken, above)], budgets: [] }, preset, asked.problems);
  }
  const { options, blueprints, select } = asked;
  const kept = blueprints.filter(({ name }) => !options.without?.includes(name));
  const checks = preset.checks?.(options, select);
  const parts: ServiceParts = {
    slos: kept.map((blueprint) => noteCallSite(toSlo(blueprint, asked, checks), above)),
    budgets: (preset.budgets?.(options, select) ?? []).map((budget) =>
      noteCallSite(withPrefix(budget, options), above),
    ),
  };
  return markOrigin(parts, preset, [], options.namePrefix === undefined ? "" : `${options.namePrefix}-`);
}

function toSlo<O>(
  blueprint: Blueprint,
  { options, blueprints }: Asked<O>,
  checks: readonly CheckDeclaration[] | undefined,
): SloDeclaration {
  const { name, description, objective, companion, lacks = [], window, alerting, minEvents, minBad } = blueprint;
  const { noTraffic } = blueprint;
  const overrides = options.overrides?.[name] ?? {};
  const groupBy =
    overrides.groupBy ?? (options.groupBy ?? blueprint.groupBy)?.filter((label) => !lacks.includes(label));
  const thresholds = thresholdsOf(blueprints, options);
  const chosen: Chosen = { threshold: thresholds[name] ?? 0, groupBy: groupBy ?? [], thresholds };
  const proposed = { window: options.window ?? window, alerting, minEvents, minBad, noTraffic };
  const declared = {
    name,
    description: withCompanion(description, companion),
    objective: options.objectives?.[name] ?? objective,
    ...(groupBy === undefined || groupBy.length === 0 ? {} : { groupBy }),
    ...proposed,
    eventsPerDay: options.eventsPerDay?.[name],
    sli: withBuckets(blueprint, chosen, options),
    checks,
    ...overrides,
  };
  return withPrefix(withoutUndefined(declared) as unknown as SloDeclaration, options);
}

/** Thresholds of all SLOs by name, brought to a bucket boundary where that was asked for. */
function thresholdsOf(
  blueprints: readonly Blueprint[],
  options: PresetOptions,
): Record<string, LatencyThreshold | number> {
  const all = blueprints.flatMap((blueprint) => {
    const threshold = thresholdOf(blueprint, options);
    return threshold === undefined ? [] : [[blueprint.name, threshold] as const];
  });
  return Object.fromEntries(all);
}

function thresholdOf({ name, threshold, histogram, version }: Blueprint, options: PresetOptions) {
  const wanted = options.thresholds?.[name] ?? threshold;
  const { snap = false } = options;
  if (wanted === undefined || histogram === undefined || snap === false) return wanted;
  const buckets = options.buckets?.[name];
  const direction = snap === true ? "up" : snap;
  return bucketFor(histogram, wanted, { direction, ...(version && { version }), ...(buckets && { buckets }) });
}

/** The boundaries that were given, or those of the version that was. */
function withBuckets({ name, sli, histogram, version }: Blueprint, chosen: Chosen, { buckets }: PresetOptions) {
  const made = sli(chosen);
  if (!("histogram" in made) || made.type === "native" || histogram === undefined) return made;
  const own = buckets?.[name] ?? (version && knownBuckets(histogram, version)[0]?.boundaries);
  return own ? { ...made, buckets: own } : made;
}

function withCompanion(description: string, companion: string | undefined): string {
  if (companion === undefined) return description;
  return `${description} Requests that never finish are not in this histogram: see the SLO ${companion}.`;
}

function withPrefix<T extends SloDeclaration | BudgetDeclaration>(declared: T, { namePrefix }: PresetOptions): T {
  return namePrefix === undefined ? declared : { ...declared, name: `${namePrefix}-${declared.name}` };
}

function withoutUndefined(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
