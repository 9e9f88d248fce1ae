/** Whether a page can be held back by that of what its SLO depends on, or is out before. */
import { dependencies, foundFirst } from "../../explain/dependency-order.ts";
import { printTime } from "../../explain/words.ts";
import { issue } from "../../issue.ts";
import type { Check } from "../check.ts";

export const dependencyOrder: Check = {
  name: "dependency order",
  check: (plan) =>
    dependencies(plan).flatMap(({ dependant, upstream }) => {
      const found = foundFirst(plan, dependant, upstream);
      if (found === undefined) return [];
      const { slo } = dependant;
      return [
        issue(
          "depends-on-slower",
          [...slo.path, "dependsOn"],
          `in a full outage of both, \`${slo.id}\` pages after ${printTime(found.dependantSeconds)} and \`${upstream.slo.id}\` after ` +
            `${printTime(found.upstreamSeconds)}, so both page: an alert that is already sent cannot be held back.`,
          `Give ${upstream.slo.id} faster tiers or a higher objective, give ${slo.id} slower tiers, or remove dependsOn.`,
          slo.source,
        ),
      ];
    }),
};
