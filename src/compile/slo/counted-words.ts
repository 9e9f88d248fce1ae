/** Good and bad in words, where the budget counts slices of time. */
import { type Budgeting, eventSlices } from "../../model/budgeting.ts";
import { printSeconds } from "../../promql/duration.ts";
import { printNumber } from "../../promql/number.ts";
import type { Words } from "../../sli/kind.ts";

/** Good and bad for people, and what the budget counts. */
export function budgetedWords(method: Budgeting, words: Words): Words {
  const judged = eventSlices({ budgeting: method });
  if (!judged) return words;
  const slices = `slices of ${printSeconds(judged.sliceSeconds)}`;
  const target = printNumber(judged.targetPercent);
  return {
    ...words,
    good: `${slices} that are at least ${target}% good, where good means: ${words.good}`,
    bad: `${slices} that are less than ${target}% good, where bad means: ${words.bad}`,
    unit: "slices",
  };
}
