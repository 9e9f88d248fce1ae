/** Spend and token budgets as they are declared: their fields, and what they mean together. */
import {
  refuseEmptyValue,
  refuseNoLimit,
  refuseNoMeter,
  refuseNoValues,
  refuseOwnLabels,
  refuseUnits,
} from "./consistency.ts";
import { spendFields } from "./spend-fields.ts";

export type { SpendFields } from "./spend-fields.ts";

/** A budget. */
export const spendSchema = spendFields
  .superRefine(refuseNoMeter)
  .superRefine(refuseNoLimit)
  .superRefine(refuseEmptyValue)
  .superRefine(refuseNoValues)
  .superRefine(refuseOwnLabels)
  .superRefine(refuseUnits);
