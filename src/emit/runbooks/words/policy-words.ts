/** The error-budget policy of an SLO, in words. */
import type { Policy } from "../../../model/service.ts";
import { printPercent } from "../../../promql/number.ts";

export interface PolicyWords {
  readonly freezeAt: string;
  readonly warnBelow: string | undefined;
  readonly exceptions: Policy["exceptions"];
  readonly says: string | undefined;
}

export function policyWords({ freezeAt, warnBelow, exceptions, says }: Policy): PolicyWords {
  return {
    freezeAt: freezeAt === 0 ? "the budget is spent" : `${printPercent(freezeAt)} of the budget is left`,
    warnBelow: warnBelow === undefined ? undefined : printPercent(warnBelow),
    exceptions,
    says,
  };
}
