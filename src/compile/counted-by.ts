/** What SLOs, budgets and experiments say alike of how they are counted: by which labels, how often, how late. */
import type { Experiment, Platform, Slo, SpendBudget } from "../model/service.ts";
import type { Base } from "../sli/counting/base.ts";

type Paced = Pick<Slo | SpendBudget | Experiment, "evaluationSeconds" | "scrapeSeconds">;

/** @param by - Labels that tell groups apart; those of identity are added. */
export function countedBy(
  by: readonly string[],
  { evaluationSeconds, scrapeSeconds }: Paced,
  { identity, settleSeconds }: Platform,
): Pick<Base, "by" | "identity" | "intervalMs" | "settleMs" | "scrapeMs"> {
  return {
    by: [...new Set([...by, ...identity])].sort(),
    identity: [...identity].sort(),
    intervalMs: evaluationSeconds * 1000,
    settleMs: settleSeconds * 1000,
    scrapeMs: scrapeSeconds * 1000,
  };
}
