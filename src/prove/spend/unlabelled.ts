/** Counters that have none of the labels that split the budget, and later have them. */
import { downTo, upTo } from "../arithmetic.ts";
import type { AlertId, Proof } from "../proof.ts";
import { seriesName } from "../series-text.ts";
import { expectationOf, identityOf, proofOf } from "./acts.ts";
import { shareOfTightest } from "./oracle.ts";
import { startIn } from "./pace.ts";
import type { Stage } from "./stage.ts";

const QUARTER = 900;
const ID: AlertId = { alert: "BudgetBroken", tier: "broken", reason: "by-label-missing" };

/** Nothing where the metric's own matchers or its prices ask for one of the labels. */
export function proveUnlabelled(stage: Stage): Proof[] {
  const { plan, spenders, scrape, every, lateSum, target } = stage;
  const { by } = plan.budget;
  const [spender] = spenders;
  const own = plan.alerts.some(({ labels }) => labels.reason === ID.reason);
  if (!own || !spender || spenders.length === 1 || isFixed(stage)) return [];
  const appears = upTo(stage.tile, scrape) + upTo(QUARTER + lateSum + 2 * every, scrape);
  const over = upTo(appears + lateSum, every);
  const rest = Object.entries(spender.series).filter(([label]) => !by.includes(label));
  const series = seriesName(spender.metric, { ...target, ...Object.fromEntries(rest) });
  const at = (seconds: number, fires: boolean) =>
    expectationOf(ID, downTo(seconds, every), stage, fires ? [identityOf(stage)] : []);
  return [
    proofOf(
      {
        scenario: "a label is missing, then comes",
        story: `counters have no ${by.join(", nor ")} for over a quarter of an hour, and then they have`,
        ...startIn(stage),
        untilSeconds: over,
        expectations: [at(QUARTER - every, false), at(appears, true), at(over, false)],
        proves: [ID],
      },
      {
        charges: [{ atSeconds: appears, amounts: shareOfTightest(0.01, stage) }],
        others: [{ series, at: () => 0 }],
      },
      stage,
    ),
  ];
}

/** Everybody has the same value. */
function isFixed({ plan, spenders }: Stage): boolean {
  return plan.budget.by.some((label) => new Set(spenders.map(({ series }) => series[label])).size === 1);
}
