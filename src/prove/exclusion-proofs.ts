/** Proof of when exclusions begin and end. Their dates are years from a test's start, so no rule runs in it: what is shown is the rule's expression. */
import { excludedRule, spanOf } from "../compile/exclusions.ts";
import type { SloPlan } from "../compile/plan.ts";
import { startsBetween } from "../model/occurrences.ts";
import type { Exclusion } from "../model/service.ts";
import { print } from "../promql/print.ts";
import { isExcludedAt } from "./exclusion-oracle.ts";
import type { Claim, Proof } from "./proof.ts";

const SHOWN = 3;
const YEARS = 5 * 366 * 86_400;

/** Around the first occurrences of every exclusion: silent a second before, in force from the first to the last second. */
export function proveExclusions(plan: SloPlan): Proof[] {
  const [rule] = excludedRule(plan.slo, plan.measure);
  if (!rule) return [];
  const instants = [...new Set(plan.slo.exclusions.flatMap((exclusion) => edges(exclusion, plan)))];
  const query = print(rule.expr);
  const claims = instants.sort((a, b) => a - b).map((at) => claim(at, query, plan));
  return [
    {
      scenario: "exclusions",
      name: `${plan.slo.name}: exclusions begin and end to the second`,
      everySeconds: plan.slo.evaluationSeconds,
      input: [],
      claims,
    },
  ];
}

function edges(exclusion: Exclusion, { slo, measure }: SloPlan): number[] {
  const { occurrences, offsetSeconds } = exclusion;
  const { delay, length } = spanOf(exclusion, slo, measure);
  const to = occurrences.type === "fixed" ? Number.POSITIVE_INFINITY : YEARS;
  const starts = startsBetween(occurrences, 0, to).slice(0, SHOWN);
  const begins = starts.map((start) => start - offsetSeconds + delay).filter((begin) => begin > 0);
  return begins.flatMap((begin) => [begin - 1, begin, begin + length - 1, begin + length]);
}

function claim(atSeconds: number, query: string, { slo, measure }: SloPlan): Claim {
  return { atSeconds, query, samples: [{ labels: "{}", value: isExcludedAt(atSeconds, slo, measure) ? 1 : 0 }] };
}
