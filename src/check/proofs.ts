/** Tiers that no generated test proves, because their history is longer than promtool takes. */
import { isLong } from "../compile/measure.ts";
import { issue } from "../issue.ts";
import { printSeconds } from "../promql/duration.ts";
import { isProvable } from "../prove/limits.ts";
import type { Check } from "./check.ts";

export const proofs: Check = {
  name: "proofs",
  check: ({ services }) =>
    services
      .flatMap(({ slos }) => slos)
      .flatMap(({ slo, tiers, measure }) =>
        tiers
          .filter((tier) => !isProvable(tier, measure) || (slo.rawWindows && isLong(measure, tier.longSeconds)))
          .map((tier) =>
            issue(
              "not-proven",
              [...slo.path, "alerting"],
              `no test proves tier ${tier.name} of ${slo.id}: ${printSeconds(tier.longSeconds)} of ${slo.rawWindows ? "raw series" : "history"} is more than promtool takes.`,
              "Nothing needs to be done: the same rules are proven for shorter windows.",
              slo.source,
            ),
          ),
      ),
};
