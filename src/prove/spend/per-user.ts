/** What an active user costs: everybody has users of their own, and everybody spends once. */
import { perUserRecord, spendLabels } from "../../compile/names.ts";
import { quote } from "../../promql/print-selector.ts";
import { sum, upTo } from "../arithmetic.ts";
import type { Expectation, Proof } from "../proof.ts";
import type { Labels } from "../raw-series.ts";
import { seriesName } from "../series-text.ts";
import { counterOf } from "./absence.ts";
import { identityOf, proofOf } from "./acts.ts";
import { shareOfTightest } from "./oracle.ts";
import { startIn } from "./pace.ts";
import type { Spender, Stage } from "./stage.ts";

export function provePerUser(stage: Stage): Proof[] {
  const { activeUsers } = stage.plan.budget;
  if (!activeUsers || stage.spenders.some((spender) => !counterOf(activeUsers, stage, own(spender)))) return [];
  const spends = upTo(stage.tile, stage.scrape);
  const atSeconds = upTo(spends + stage.lateSum, stage.every);
  const amounts = shareOfTightest(0.1, stage);
  const others = stage.spenders.map((spender, place) => ({
    series: counterOf(activeUsers, stage, own(spender)) ?? "",
    at: () => usersOf(place),
  }));
  return [
    proofOf(
      {
        scenario: "what a user costs",
        story: "a tenth of the tightest limit is spent, once, for users who are there all the time",
        ...startIn(stage),
        untilSeconds: atSeconds,
        expectations: [expectationOf(atSeconds, amounts, stage)],
        proves: [],
      },
      { charges: [{ atSeconds: spends, amounts }], others },
      stage,
    ),
  ];
}

/** The gauge of a spender's users tells them apart by what the budget is split by. */
function own({ labels }: Spender): Labels {
  return labels;
}

function usersOf(place: number): number {
  return 8 * (place + 1);
}

/** In all, and for everybody. */
function expectationOf(
  atSeconds: number,
  amounts: readonly number[],
  { plan, spenders, ...stage }: Stage,
): Expectation {
  const { budget } = plan;
  const identity = identityOf({ plan, spenders, ...stage });
  const users = spenders.map((_, place) => usersOf(place));
  const [spent, active] = [sum(amounts), sum(users)];
  const each =
    budget.by.length === 0
      ? []
      : spenders.map(({ labels }, place) => [labels, (amounts[place] ?? 0) / usersOf(place)] as const);
  const all = [[identity, spent / active] as const, ...each];
  const digits = 10 ** (5 - Math.floor(Math.log10(Math.min(...all.map(([, value]) => value)))));
  return {
    atSeconds,
    query: `round(${perUserRecord(budget)}{budget=${quote(budget.name)}} * ${digits})`,
    samples: all.map(([labels, value]) => ({
      labels: seriesName("", { ...spendLabels(budget), ...labels }),
      value: Math.floor(value * digits + 0.5),
    })),
  };
}
