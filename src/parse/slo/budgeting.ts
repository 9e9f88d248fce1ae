/** What a budget counts: the events themselves, or slices of time that are judged by their events. */
import { z } from "zod";
import type { BudgetingDeclaration } from "../../declare/declaration.ts";
import type { Budgeting } from "../../model/budgeting.ts";
import { errorBudget } from "../../promql/number.ts";
import { meantSeconds, sliceSchema } from "../../sli/duration.ts";
import { fault, refuse } from "../../sli/fault.ts";
import { HOUR } from "../../time/units.ts";

const LONGEST_SLICE = HOUR;

const slice = z
  .string()
  .refine((text) => meantSeconds(text) <= LONGEST_SLICE, {
    error: "a slice is an hour at most: all of it is read again at every evaluation",
    params: fault("bad-duration", "Give a slice of minutes, such as `5m`."),
  })
  .pipe(sliceSchema);

const target = z.number().transform((percent, context): number => {
  if (percent > 1 && percent <= 100) return percent;
  return refuse(
    context,
    "bad-value",
    `a target of ${percent} is not a percentage of good events`,
    "Targets are percent, such as 99.",
  );
});

const timeSlices = z.strictObject({ kind: z.literal("timeSlices"), slice, target });

/** `"events"`, or slices of time. */
export const budgetingSchema = z.union([z.literal("events"), timeSlices]).transform((declared): Budgeting => {
  if (declared === "events") return { kind: "events" };
  const { kind, slice: sliceSeconds, target: targetPercent } = declared;
  return { kind, sliceSeconds, targetPercent, badShare: errorBudget(targetPercent) };
}) as unknown as z.ZodType<Budgeting, BudgetingDeclaration>;
