/** Composites and their components, which may be declared anywhere. Read from the declarations as they stand. */

import { eventSlices } from "../../model/budgeting.ts";
import type { Platform } from "../../model/service.ts";
import { isComposite } from "../../sli/index.ts";
import { nameOf, type Placed } from "../read/duplicates.ts";
import { isRecord } from "../read/plain-data.ts";
import type { Problem } from "../read/read.ts";
import { componentsOf } from "../service/dependencies.ts";
import type { SloFields } from "./slo-schema.ts";

/** Composites of composites, and groups that a component does not have. */
export function compositeProblems(services: readonly unknown[], platform: Platform): Placed[] {
  const slos = new Map(
    services.flatMap((service) => slosOf(service).map((slo) => [`${nameOf(service)}/${nameOf(slo)}`, slo])),
  );
  return services.flatMap((declared, service) =>
    slosOf(declared).flatMap((slo, index) =>
      problemsOf(slo, slos, platform).map((problem) => ({
        service,
        problem: { ...problem, path: ["slos", index, ...problem.path] },
      })),
    ),
  );
}

/** Fields that say how events are counted: a composite counts none. */
export function compositeContradictions(fields: SloFields): Problem[] {
  if (!isComposite(fields.sli)) return [];
  const counting = (["minEvents", "minBad", "eventsPerDay", "noTraffic"] as const).filter(
    (field) => fields[field] !== undefined,
  );
  const given = [...counting, ...(eventSlices(fields) ? ["budgeting"] : [])];
  return given.map((field) => ({
    code: "bad-value",
    path: [field],
    message: "a composite counts no events of its own.",
    hint: `Leave \`${field}\` out, and give it to the components.`,
  }));
}

type Declared = Readonly<Record<string, unknown>>;

function slosOf(service: unknown): Declared[] {
  const slos = isRecord(service) && Array.isArray(service.slos) ? (service.slos as readonly unknown[]) : [];
  return slos.map((slo) => (isRecord(slo) ? slo : {}));
}

function problemsOf(slo: Declared, all: ReadonlyMap<string, Declared>, platform: Platform): Problem[] {
  return componentsOf(slo).flatMap(({ id, path }) => {
    const component = typeof id === "string" ? all.get(id) : undefined;
    if (!component || component === slo) return [];
    if (componentsOf(component).length > 0) return [nested(String(id), path)];
    return missingLabels(slo, component, platform).map((label) => ungrouped(String(id), label));
  });
}

function nested(id: string, path: Problem["path"]): Problem {
  return {
    code: "bad-value",
    path,
    message: `\`${id}\` is a composite itself.`,
    hint: "Name what it is made of.",
  };
}

function missingLabels(slo: Declared, component: Declared, platform: Platform): string[] {
  const there = [...labelsOf(component), ...platform.identity];
  return labelsOf(slo).filter((label) => !there.includes(label));
}

function labelsOf({ groupBy }: Declared): string[] {
  return Array.isArray(groupBy) ? groupBy.filter((label) => typeof label === "string") : [];
}

function ungrouped(id: string, label: string): Problem {
  return {
    code: "bad-value",
    path: ["groupBy"],
    message: `\`${id}\` is not grouped by \`${label}\`, so its share of a group is not known.`,
    hint: "Group by labels that all components are grouped by.",
  };
}
