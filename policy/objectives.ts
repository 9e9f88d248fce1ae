/** Objectives: high enough to mean something, low enough to be kept. */
import type { ResourceValidationPolicy } from "@pulumi/policy";
import { SERVICE } from "./resource.ts";

/** Percent. Above four nines a month's budget is four minutes: nobody reacts that fast. */
const BOUNDS = { lowest: 50, highest: 99.99 };

export const objectiveBounds: ResourceValidationPolicy = {
  name: "objective-bounds",
  description: "Objectives are within the bounds of the organisation.",
  configSchema: {
    properties: {
      lowest: { type: "number", default: BOUNDS.lowest },
      highest: { type: "number", default: BOUNDS.highest },
    },
  },
  validateResource: ({ type, props, getConfig }, report) => {
    if (type !== SERVICE) return;
    const { lowest, highest } = { ...BOUNDS, ...getConfig<Partial<typeof BOUNDS>>() };
    const slos = (props.slos ?? {}) as Readonly<Record<string, { readonly objective: number }>>;
    for (const [name, { objective }] of Object.entries(slos))
      if (objective < lowest || objective > highest)
        report(`${name} has the objective ${objective}, which is not between ${lowest} and ${highest}.`);
  },
};
