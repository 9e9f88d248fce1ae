/** From a preset and its options to plain declarations. */
import { noteCallSite } from "../model/call-site.ts";
import type { BudgetDeclaration, Duration, SloDeclaration } from "../model/declaration.ts";
import { noteMistakes } from "../model/mistakes.ts";
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
    return { slos: [noteCallSite(mistaken, above)], budgets: [] };
  }
  const { options, blueprints, select } = asked;
  const kept = blueprints.filter(({ name }) => !options.without?.includes(name));
  return {
    slos: kept.map((blueprint) => noteCallSite(toSlo(blueprint, asked), above)),
    budgets: (preset.budgets?.(options, select) ?? []).map((budget) =>
      noteCallSite(withPrefix(budget, options), above),
    ),
  };
}

function toSlo<O>(blueprint: Blueprint, { options, blueprints }: Asked<O>): SloDeclaration {
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
    ...overrides,
  };
  return withPrefix(withoutUndefined(declared) as unknown as SloDeclaration, options);
}

/** Thresholds of all SLOs by name. */
function thresholdsOf(blueprints: readonly Blueprint[], options: PresetOptions): Record<string, Duration | number> {
  const all = blueprints.map(({ name, threshold }) => [name, options.thresholds?.[name] ?? threshold] as const);
  return Object.fromEntries(all.filter((entry): entry is [string, Duration | number] => entry[1] !== undefined));
}

function withBuckets({ sli }: Blueprint, chosen: Chosen, _options: PresetOptions) {
  return sli(chosen);
}

function withCompanion(description: string, companion: string | undefined): string {
  if (companion === undefined) return description;
  return `${description} What is never answered is in no histogram: \`${companion}\` counts it.`;
}

function withPrefix<T extends SloDeclaration | BudgetDeclaration>(declared: T, { namePrefix }: PresetOptions): T {
  return namePrefix === undefined ? declared : { ...declared, name: `${namePrefix}-${declared.name}` };
}

function withoutUndefined(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
